import { existsSync, readFileSync } from "node:fs";
import { DecodeError, sourceOf, tilingFault, type Pdu } from "@railvail/wire";
import { describe, expect, test } from "vitest";
import { clipboardMessages, clipboardPdu } from "./messages.js";
import { ClipCaps } from "./pdu/clip-caps.js";
import { FormatDataResponse } from "./pdu/format-data.js";
import { FormatListShort } from "./pdu/format-list.js";
import { RawClipboardMessage } from "./pdu/header.js";
import { PackedFileList, PackedMetafile, PackedPalette } from "./pdu/packed-payload.js";

const bytesOf = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex.replaceAll(" ", ""), "hex"));
const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");

interface Vector {
  name: string;
  hex: string;
}
const file = "../shared/vectors/open/cliprdr.json";
const vectors: Vector[] = existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Vector[]) : [];
const vector = (name: string): Uint8Array =>
  bytesOf(vectors.find((each) => each.name === `cliprdr.${name}`)?.hex ?? "");
const described = vectors.length === 0 ? describe.skip : describe;

/** What the vectors hold, in our names. */
const expected: Readonly<Record<string, object>> = {
  "monitor-ready": { msgFlags: 0 },
  "format-list-response": { msgFlags: 1 },
  lock: { clipDataId: 8 },
  unlock: { clipDataId: 8 },
  "format-data-request": { msgFlags: 0, requestedFormatId: 13 },
  "file-contents-request-size": {
    streamId: 2,
    lindex: 1,
    dwFlags: 1,
    nPositionLow: 0,
    nPositionHigh: 0,
    cbRequested: 8,
    clipDataId: undefined,
  },
  "file-contents-response-size": {
    msgFlags: 1,
    streamId: 2,
    requestedFileContentsData: bytesOf("2c00000000000000"),
  },
  "format-list": {
    formats: [
      { formatId: 49156, formatName: "Native" },
      { formatId: 3, formatName: "" },
      { formatId: 8, formatName: "" },
      { formatId: 17, formatName: "" },
    ],
  },
  "format-list-short-ascii": {
    msgFlags: 4,
    formats: [
      { formatId: 42, formatName: "Hello" },
      { formatId: 24, formatName: "" },
      { formatId: 11, formatName: "World" },
    ],
  },
  "format-list-short-unicode": {
    msgFlags: 0,
    formats: [
      { formatId: 42, formatName: "Hello" },
      { formatId: 24, formatName: "" },
      { formatId: 11, formatName: "World" },
    ],
  },
  "file-contents-request-range-64": {
    streamId: 0x0102_0304,
    lindex: 5,
    dwFlags: 2,
    nPositionLow: 0x8000_0010,
    nPositionHigh: 1,
    cbRequested: 65_536,
    clipDataId: 7,
  },
  "capabilities-b": {
    capabilitySets: [{ capabilityData: { type: "general", version: 2, generalFlags: 62 } }],
  },
  "temp-directory-b": { wszTempDir: "C:\\Users\\Ünïcode\\AppData\\Local\\Temp" },
  "file-contents-response-data-b": {
    streamId: 0x0a0b_0c0d,
    requestedFileContentsData: bytesOf("ffd8ffe000"),
  },
  "format-data-response-b": { msgFlags: 1, requestedFormatData: bytesOf("680069000000") },
};

function lawsHold(pdu: Pdu, bytes: Uint8Array): void {
  expect(hexOf(pdu.encode(pdu.decode(bytes)))).toBe(hexOf(bytes));
  expect(tilingFault(pdu.inspect(bytes).fields, bytes.length)).toBe(-1);
  if (!pdu.delimited) return;
  for (let size = 0; size < bytes.length; size++) {
    expect(() => pdu.decode(bytes.subarray(0, size))).toThrow(DecodeError);
  }
}

// Skipped only where the bytes of other projects are not beside the repository.
described(`vectors of ${file} (skipped where it is missing)`, () => {
  test.each(Object.entries(expected))("%s", (name, fields) => {
    const bytes = vector(name);
    // The form of the format lists is guessed here: the guess must be right.
    const pdu = clipboardPdu(sourceOf(bytes), 0, bytes.length, "client");
    expect(pdu?.decode(bytes)).toMatchObject(fields);
    lawsHold(pdu as Pdu, bytes);
  });

  test("file list", () => {
    const { requestedFormatData: data } = FormatDataResponse.decode(vector("file-list"));
    const common = {
      flags: 0x4064,
      fileAttributes: 32,
      lastWriteTime: 0x1ca_55f3_2c30_5d08n,
      fileSizeHigh: 0,
    };
    expect(PackedFileList.decode(data).fileDescriptorArray).toMatchObject([
      { ...common, fileSizeLow: 44, fileName: "File1.txt" },
      { ...common, fileSizeLow: 10, fileName: "File2.txt" },
    ]);
    lawsHold(PackedFileList, data);
    lawsHold(FormatDataResponse, vector("file-list"));
  });

  test("metafile and palette", () => {
    const metafile = FormatDataResponse.decode(vector("metafile")).requestedFormatData;
    expect(PackedMetafile.decode(metafile)).toMatchObject({ mappingMode: 8, xExt: 556, yExt: 423 });
    lawsHold(PackedMetafile, metafile);
    const palette = FormatDataResponse.decode(vector("palette")).requestedFormatData;
    const { paletteEntries } = PackedPalette.decode(palette);
    expect(paletteEntries).toHaveLength(216);
    expect(paletteEntries[53]).toEqual({ red: 255, green: 102, blue: 51, extra: 0 });
    lawsHold(PackedPalette, palette);
    for (const name of ["metafile", "palette"]) lawsHold(FormatDataResponse, vector(name));
  });

  test("each vector is read by a test", () => {
    // The last two are data of formats: see dib.test.ts and html.test.ts.
    const read = [...Object.keys(expected), "file-list", "metafile", "palette", "cf-dib", "cf-html"];
    expect(vectors.map(({ name }) => name).toSorted()).toEqual(read.map((name) => `cliprdr.${name}`).toSorted());
  });
});

test("the client's capabilities of [MS-RDPECLIP] 4.1.3", () => {
  const bytes = bytesOf("07000000 10000000 0100 0000 0100 0c00 02000000 0e000000");
  expect(ClipCaps.decode(bytes).capabilitySets[0]?.capabilityData).toEqual({
    type: "general",
    version: 2,
    generalFlags: 0x0e,
    trailing: undefined,
  });
  lawsHold(ClipCaps, bytes);
});

test("a capability set of an unknown type, or shorter than known, keeps its bytes or is refused", () => {
  const unknown = bytesOf("07000000 0a000000 0100 0000 0900 0600 aabb");
  expect(ClipCaps.decode(unknown).capabilitySets[0]?.capabilityData).toEqual({
    type: "unknown",
    tag: 9,
    data: bytesOf("aabb"),
  });
  lawsHold(ClipCaps, unknown);
  expect(() => ClipCaps.decode(bytesOf("07000000 08000000 0100 0000 0100 0400"))).toThrow(DecodeError);
});

test("a short name may take all 16 units, without a NUL", () => {
  const bytes = FormatListShort.encode({
    msgFlags: 0,
    formats: [{ formatId: 0xc09d, formatName: "Rich Text Format" }],
  });
  expect(bytes.length).toBe(8 + 36);
  expect(FormatListShort.decode(bytes).formats).toEqual([{ formatId: 0xc09d, formatName: "Rich Text Format" }]);
});

test("the raw form keeps an unknown type, and padding after the stated length", () => {
  const bytes = bytesOf("4200 0000 02000000 aabb 00000000");
  expect(clipboardMessages.match(sourceOf(bytes), 0, bytes.length, "client")).toBeUndefined();
  const value = RawClipboardMessage.decode(bytes);
  expect(value).toEqual({
    msgType: 0x42,
    msgFlags: 0,
    data: bytesOf("aabb"),
    trailing: bytesOf("00000000"),
  });
  expect(RawClipboardMessage.encode(value)).toEqual(bytes);
  lawsHold(RawClipboardMessage, bytes.subarray(0, 10));
});
