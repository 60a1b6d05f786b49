import { sourceOf } from "@railvail/wire";
import fc from "fast-check";
import { expect, test } from "vitest";
import { applistMessageLength } from "./message-length.js";

test("walks over any bytes and ends", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), fc.nat(16), (bytes, start) => {
      const source = sourceOf(bytes);
      let at = start;
      for (;;) {
        const length = applistMessageLength(source, at, bytes.length);
        if (length === undefined) break;
        expect(length).toBeGreaterThanOrEqual(8);
        at += length;
        expect(at).toBeLessThanOrEqual(bytes.length);
      }
    }),
  );
});

test("finds each of several messages, and nothing after one that is cut off", () => {
  const end = [0x0b, 0, 0, 0, 16, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0];
  const source = sourceOf(Uint8Array.from([...end, ...end]));
  expect(applistMessageLength(source, 0, 32)).toBe(16);
  expect(applistMessageLength(source, 16, 32)).toBe(16);
  expect(applistMessageLength(source, 16, 31)).toBeUndefined();
  expect(applistMessageLength(source, 32, 32)).toBeUndefined();
});

test.each([0, 7, 13, 0xffff_ffff])("refuses a length of %i in 12 bytes", (length) => {
  const source = sourceOf(new Uint8Array(12));
  source.view.setUint32(4, length, true);
  expect(applistMessageLength(source, 0, 12)).toBeUndefined();
});
