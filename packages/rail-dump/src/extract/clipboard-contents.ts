import { dibToBmp, FormatId, FormatName, PackedFileList, parseCfHtml, unicodeTextToString } from "@railvail/cliprdr";
import { DecodeError } from "@railvail/wire";
import { ansiText } from "./ansi-text.js";
import type { Details } from "./extract-report.js";
import { fileListJson, type ListedFile } from "./file-list.js";

/** Contents of the clipboard as a file. */
export interface ClipboardFile {
  readonly extension: string;
  readonly contents: Uint8Array;
  readonly details?: Details;
  /** The files that the contents list. */
  readonly list?: readonly ListedFile[];
  /** Why the contents are not what their format promises: they are kept as they are. */
  readonly fault?: string;
}

/** Windows' formats that have a number and no name; for names of files. */
const standardNames: ReadonlyMap<number, string> = new Map([
  ...Object.entries(FormatId).map(([name, id]) => [id, name] as const),
  [7, "oemText"],
]);

/** Units of a name that a short format list has room for, without and with a NUL. */
const shortNameUnits = 15;

/** Whether a name in a format list is this one, which may be cut. */
const isName = (name: string, full: string): boolean =>
  name === full || (name.length >= shortNameUnits && full.startsWith(name));

/** The name of a format: as listed, or that of its number. */
export const formatName = (id: number, listed: string | undefined): string =>
  listed !== undefined && listed !== "" ? listed : (standardNames.get(id) ?? `format ${id}`);

const starts = (data: Uint8Array, ...bytes: readonly number[]): boolean =>
  bytes.every((byte, index) => data[index] === byte);

const utf8 = (text: string): Uint8Array => Buffer.from(text, "utf8");

function bitmap(data: Uint8Array): ClipboardFile {
  const bmp = dibToBmp(data);
  if (bmp instanceof Uint8Array) return { extension: "bmp", contents: bmp };
  return { extension: "bin", contents: data, fault: `a bitmap is not one: ${bmp}` };
}

function html(data: Uint8Array): ClipboardFile {
  const { html, sourceUrl, faults } = parseCfHtml(data);
  const details = { sourceUrl, faults: faults.length === 0 ? undefined : faults };
  return { extension: "html", contents: utf8(html), details };
}

function fileList(data: Uint8Array): ClipboardFile {
  try {
    const { fileDescriptorArray } = PackedFileList.decode(data);
    const list = fileDescriptorArray.map(({ fileName, fileSizeHigh, fileSizeLow }) => ({
      name: fileName,
      size: fileSizeHigh * 2 ** 32 + fileSizeLow,
    }));
    return {
      extension: "json",
      contents: utf8(fileListJson(fileDescriptorArray)),
      details: { files: list.length },
      list,
    };
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    return { extension: "bin", contents: data, fault: "a list of files is not one" };
  }
}

/** An image that is a file already, if its first bytes say so. */
const image = (extension: string, signature: readonly number[], data: Uint8Array): ClipboardFile =>
  starts(data, ...signature)
    ? { extension, contents: data }
    : { extension: "bin", contents: data, fault: `an image is not the ${extension} that its format promises` };

type Convert = (data: Uint8Array) => ClipboardFile;

const named: readonly (readonly [name: string, convert: Convert])[] = [
  [FormatName.html, html],
  [FormatName.rtf, (data) => ({ extension: "rtf", contents: data.subarray(0, withoutNul(data)) })],
  [FormatName.fileGroupDescriptor, fileList],
  [FormatName.png, (data) => image("png", [0x89, 0x50, 0x4e, 0x47], data)],
  ["image/png", (data) => image("png", [0x89, 0x50, 0x4e, 0x47], data)],
  ["JFIF", (data) => image("jpg", [0xff, 0xd8], data)],
  ["image/jpeg", (data) => image("jpg", [0xff, 0xd8], data)],
  ["image/bmp", (data) => image("bmp", [0x42, 0x4d], data)],
];

const numbered: ReadonlyMap<number, Convert> = new Map<number, Convert>([
  [FormatId.unicodeText, unicodeText],
  [FormatId.text, plainText],
  [7, plainText],
  [FormatId.dib, bitmap],
  [FormatId.dibV5, bitmap],
]);

function unicodeText(data: Uint8Array): ClipboardFile {
  return { extension: "txt", contents: utf8(unicodeTextToString(data, { loneSurrogates: "replace" })) };
}

function plainText(data: Uint8Array): ClipboardFile {
  const { text, encoding } = ansiText(data);
  return { extension: "txt", contents: utf8(text), details: { encoding } };
}

function withoutNul(data: Uint8Array): number {
  let end = data.length;
  while (end > 0 && data[end - 1] === 0) end--;
  return end;
}

/**
 * What data of a format becomes: text in UTF-8, bitmaps with their file header, lists of files in
 * JSON, anything else as it is. `listed` is the name of the format where it has one.
 */
export function clipboardFile(id: number, listed: string | undefined, data: Uint8Array): ClipboardFile {
  const name = listed ?? "";
  const convert = name === "" ? numbered.get(id) : named.find(([full]) => isName(name, full))?.[1];
  return convert?.(data) ?? { extension: "bin", contents: data };
}
