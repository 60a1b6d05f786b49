import { sourceOf } from "@railvail/wire";
import fc from "fast-check";
import { expect, test } from "vitest";
import { cliprdrMessageLength, cliprdrPadding } from "./framing.js";
import { FormatDataRequest } from "./pdu/format-data.js";

const request = FormatDataRequest.encode({ msgFlags: 0, requestedFormatId: 13 });

test("a length is never more than there is, nor less than the header", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 64 }), fc.nat(80), (bytes, skip) => {
      const offset = Math.min(skip, bytes.length);
      const length = cliprdrMessageLength(sourceOf(bytes), offset, bytes.length);
      if (length !== undefined) expect(length >= 8 && length <= bytes.length - offset).toBe(true);
    }),
  );
  const huge = new Uint8Array([4, 0, 0, 0, 0xff, 0xff, 0xff, 0xff]);
  expect(cliprdrMessageLength(sourceOf(huge), 0, 8)).toBeUndefined();
});

test("message and padding make up the channel message", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 4 }), (extra) => {
      const channelMessage = new Uint8Array(request.length + extra);
      channelMessage.set(request);
      const source = sourceOf(channelMessage);
      const length = cliprdrMessageLength(source, 0, channelMessage.length);
      expect(length).toBe(request.length);
      expect(cliprdrPadding(source, request.length, channelMessage.length)?.length ?? 0).toBe(extra);
    }),
  );
});

test("five zeros, and other bytes, are no padding", () => {
  expect(cliprdrPadding(sourceOf(new Uint8Array(5)), 0, 5)).toBeUndefined();
  expect(cliprdrPadding(sourceOf(new Uint8Array([0, 1])), 0, 2)).toBeUndefined();
});
