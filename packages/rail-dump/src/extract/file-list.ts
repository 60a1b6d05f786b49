import { FileAttributes, FileDescriptorFlags, type PackedFileList } from "@railvail/cliprdr";
import { escapeJson } from "@railvail/wire";
import { isoTime } from "../iso-time.js";

/** A file on a clipboard. */
export interface ListedFile {
  readonly name: string;
  /** In bytes; 0 also where the list does not say. */
  readonly size: number;
}

/** Between 1601, from which Windows counts units of 100 ns, and 1970. */
const unitsTo1970 = 116_444_736_000_000_000n;

const attributeNames = (attributes: number): string[] =>
  Object.entries(FileAttributes)
    .filter(([, bit]) => (attributes & bit) !== 0)
    .map(([name]) => name);

/** A list of files as people and programs read it: what a descriptor marks as not valid is left out. */
export function fileListJson(descriptors: PackedFileList["fileDescriptorArray"]): string {
  const plain = descriptors.map((file) => {
    const has = (bit: number): boolean => (file.flags & bit) !== 0;
    return {
      name: file.fileName,
      size: has(FileDescriptorFlags.fileSize) ? file.fileSizeHigh * 2 ** 32 + file.fileSizeLow : undefined,
      attributes: has(FileDescriptorFlags.attributes) ? attributeNames(file.fileAttributes) : undefined,
      written: has(FileDescriptorFlags.writesTime) ? isoTime((file.lastWriteTime - unitsTo1970) * 100n) : undefined,
    };
  });
  return `${escapeJson(JSON.stringify(plain, null, 1))}\n`;
}
