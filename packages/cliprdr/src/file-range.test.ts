import { EncodeError } from "@railvail/wire";
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  fileRangeRequest,
  fileSizeHalves,
  fileSizeRequest,
  listedFileSize,
  requestedFileRange,
  type FileStream,
} from "./file-range.js";
import { FileContentsFlags, FileContentsRequest, FileContentsSize } from "./pdu/file-contents.js";
import { PackedFileList } from "./pdu/packed-payload.js";

const limit = 2n ** 64n;
const whole = fc.oneof(
  fc.bigInt(0n, limit - 1n),
  fc.constantFrom(0n, 0xffff_ffffn, 0x1_0000_0000n, 2n ** 63n, limit - 1n),
);
const u32 = fc.nat(0xffff_ffff);
const stream: fc.Arbitrary<FileStream> = fc.record({
  streamId: u32,
  lindex: fc.nat(0x7fff_ffff),
  clipDataId: fc.option(u32, { nil: undefined }),
});
const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");

test("a range comes back from the wire, whatever its position", () => {
  fc.assert(
    fc.property(stream, whole, u32, (of, position, length) => {
      const bytes = FileContentsRequest.encode(fileRangeRequest(of, { position, length }));
      const request = FileContentsRequest.decode(bytes);
      expect(request).toMatchObject(of);
      expect(requestedFileRange(request)).toEqual({ position, length });
    }),
  );
});

test("the halves of a position: the low one first", () => {
  const request = fileRangeRequest({ streamId: 1, lindex: 0 }, { position: 0x1_8000_0010n, length: 0x10000 });
  expect(hexOf(FileContentsRequest.encode(request))).toBe(
    "0800000018000000" + "01000000" + "00000000" + "02000000" + "10000080" + "01000000" + "00000100",
  );
});

test("a request for the size has 8 bytes to ask for, no position, and is for no range", () => {
  fc.assert(
    fc.property(stream, (of) => {
      const request = FileContentsRequest.decode(FileContentsRequest.encode(fileSizeRequest(of)));
      expect(request).toMatchObject({ ...of, dwFlags: 1, nPositionLow: 0, nPositionHigh: 0, cbRequested: 8 });
      expect(requestedFileRange(request)).toBeUndefined();
      const both = FileContentsFlags.size | FileContentsFlags.range;
      expect(requestedFileRange({ ...request, dwFlags: both })).toBeUndefined();
      expect(requestedFileRange({ ...request, dwFlags: 0 })).toBeUndefined();
    }),
  );
});

test("a size comes back from a file list, the high half first, and from a response", () => {
  fc.assert(
    fc.property(whole, (size) => {
      const file = { flags: 0x40, fileAttributes: 0x80, lastWriteTime: 0n, fileName: "ä.bin", ...fileSizeHalves(size) };
      const [listed] = PackedFileList.decode(
        PackedFileList.encode({ fileDescriptorArray: [file] }),
      ).fileDescriptorArray;
      expect(listed && listedFileSize(listed)).toBe(size);
      expect(FileContentsSize.decode(FileContentsSize.encode({ size })).size).toBe(size);
    }),
  );
  expect(fileSizeHalves(0x2_0000_0003n)).toEqual({ fileSizeHigh: 2, fileSizeLow: 3 });
  expect(hexOf(FileContentsSize.encode({ size: 0x2_0000_0003n }))).toBe("0300000002000000");
});

test("what does not fit into 64 bits is refused by the encoder", () => {
  fc.assert(
    fc.property(fc.oneof(fc.bigInt(limit, limit * 4n), fc.bigInt(-limit, -1n)), (position) => {
      const request = fileRangeRequest({ streamId: 1, lindex: 0 }, { position, length: 1 });
      expect(() => FileContentsRequest.encode(request)).toThrow(EncodeError);
      expect(() => FileContentsSize.encode({ size: position })).toThrow(EncodeError);
    }),
  );
});
