import {
  bytes,
  count,
  counted,
  enumeration,
  fixed,
  flags,
  list,
  pad,
  pdu,
  rest,
  struct,
  u32,
  u64,
  u8,
  utf16,
  type Infer,
  type ValueOf,
} from "@railvail/wire";

/** Mapping modes of a packed metafile: [MS-RDPECLIP] 2.2.5.2.1. */
export const MappingMode = {
  text: 1,
  loMetric: 2,
  hiMetric: 3,
  loEnglish: 4,
  hiEnglish: 5,
  twips: 6,
  isotropic: 7,
  anisotropic: 8,
} as const;

/** Data of the format CF_METAFILEPICT: extents in units of the mapping mode, then a WMF. */
export const PackedMetafile = pdu("CLIPRDR_MFPICT", "[MS-RDPECLIP] 2.2.5.2.1", {
  mappingMode: enumeration(u32, MappingMode),
  xExt: u32,
  yExt: u32,
  metaFileData: bytes(rest),
});
export type PackedMetafile = Infer<typeof PackedMetafile>;

/** Data of the format CF_PALETTE. */
export const PackedPalette = pdu("CLIPRDR_PALETTE", "[MS-RDPECLIP] 2.2.5.2.2", {
  paletteEntries: list(struct({ red: u8, green: u8, blue: u8, extra: u8 }), rest),
});
export type PackedPalette = Infer<typeof PackedPalette>;

/** Which members of a file descriptor are valid: [MS-RDPECLIP] 2.2.5.2.3.1. */
export const FileDescriptorFlags = {
  attributes: 0x0000_0004,
  writesTime: 0x0000_0020,
  fileSize: 0x0000_0040,
  showProgressUi: 0x0000_4000,
} as const;

/** Windows file attributes of a descriptor: [MS-RDPECLIP] 2.2.5.2.3.1. */
export const FileAttributes = {
  readOnly: 0x0000_0001,
  hidden: 0x0000_0002,
  system: 0x0000_0004,
  directory: 0x0000_0010,
  archive: 0x0000_0020,
  normal: 0x0000_0080,
} as const;

const fileDescriptorFields = {
  flags: flags(u32, FileDescriptorFlags),
  reserved1: pad(32),
  fileAttributes: flags(u32, FileAttributes),
  reserved2: pad(16),
  lastWriteTime: u64,
  /** The size is in bytes, its halves apart: see `listedFileSize`. */
  fileSizeHigh: u32,
  fileSizeLow: u32,
  fileName: utf16(fixed(520), { nul: "padded" }),
};
/** A file of a list: [MS-RDPECLIP] 2.2.5.2.3.1. */
export type FileDescriptor = ValueOf<typeof fileDescriptorFields>;

/**
 * Data of the format named "FileGroupDescriptorW". `lastWriteTime` counts units of 100 ns since
 * 1601-01-01 UTC; a name is at most 260 units, with backslashes between directories.
 */
export const PackedFileList = pdu("CLIPRDR_FILELIST", "[MS-RDPECLIP] 2.2.5.2.3", {
  cItems: count(u32),
  fileDescriptorArray: list(struct(fileDescriptorFields), counted("cItems")),
});
export type PackedFileList = Infer<typeof PackedFileList>;
