import { DecodeError, sourceOf } from "@railvail/wire";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { opaqueRectLimit, PresentBuffer, PresentBufferAck } from "./present-buffer.js";

const u32 = fc.integer({ min: 0, max: 0xffff_ffff });
const u64 = fc.bigInt({ min: 0n, max: 0xffff_ffff_ffff_ffffn });
const rectangle = fc.record({ left: u32, top: u32, width: u32, height: u32 });
const present = fc.record({
  timestamp: u64,
  presentId: u64,
  windowId: u64,
  bufferId: u64,
  orientation: fc.oneof(fc.constantFrom(0, 90, 180, 270), u32),
  targetWidth: u32,
  targetHeight: u32,
  dirtyRect: rectangle,
  opaqueRects: fc.array(rectangle, { maxLength: opaqueRectLimit }),
});

describe("PresentBuffer", () => {
  test("survives, and has the sizes that peers expect", () => {
    fc.assert(
      fc.property(present, (value) => {
        const wire = PresentBuffer.encode(value);
        expect(wire).toHaveLength(72 + 16 * Math.max(1, value.opaqueRects.length));
        expect(PresentBuffer.decode(wire)).toEqual(value);
      }),
    );
  });

  test("every prefix is refused", () => {
    fc.assert(
      fc.property(present, fc.nat(), (value, cut) => {
        const wire = PresentBuffer.encode(value);
        const prefix = wire.subarray(0, cut % wire.length);
        expect(() => PresentBuffer.decode(prefix)).toThrow(DecodeError);
      }),
    );
  });

  test("a number of rectangles that the bytes cannot hold is refused", () => {
    fc.assert(
      fc.property(present, u32, (value, count) => {
        fc.pre(count > value.opaqueRects.length);
        const wire = PresentBuffer.encode({ ...value, opaqueRects: [] });
        sourceOf(wire).view.setUint32(68, count, true);
        if (count === 1) expect(PresentBuffer.decode(wire).opaqueRects).toHaveLength(1);
        else expect(() => PresentBuffer.decode(wire)).toThrow(DecodeError);
      }),
    );
  });

  test("one rectangle takes the place of the zero rectangle", () => {
    const rectangles = [{ left: 0, top: 0, width: 0, height: 0 }];
    const rest = { dirtyRect: { left: 1, top: 2, width: 3, height: 4 }, orientation: 0 };
    const ids = { timestamp: 0n, presentId: 1n, windowId: 2n, bufferId: 3n };
    const value = { ...ids, ...rest, targetWidth: 5, targetHeight: 6, opaqueRects: rectangles };
    expect(PresentBuffer.encode(value)).toHaveLength(88);
    expect(PresentBuffer.decode(PresentBuffer.encode(value)).opaqueRects).toEqual(rectangles);
  });

  test("a zero rectangle that is not zero is reported", () => {
    const [value] = fc.sample(present, 1);
    const wire = PresentBuffer.encode({ ...(value as PresentBuffer), opaqueRects: [] });
    wire[87] = 1;
    const rules = PresentBuffer.inspect(wire).deviations.map(({ rule }) => rule);
    expect(rules).toContain("reserved-not-zero");
  });

  test("its view reads the fields in place", () => {
    const view = PresentBuffer.view();
    fc.assert(
      fc.property(present, fc.nat(9), (value, before) => {
        const wire = PresentBuffer.encode(value);
        const chunk = new Uint8Array(before + wire.length + 3);
        chunk.set(wire, before);
        const seen = view.wrap(sourceOf(chunk), before, before + wire.length);
        expect(seen.presentId).toBe(value.presentId);
        expect(seen.windowId).toBe(value.windowId);
        expect(seen.bufferId).toBe(value.bufferId);
        expect(seen.targetHeight).toBe(value.targetHeight);
        expect(seen.dirtyRect).toEqual(value.dirtyRect);
        expect(seen.opaqueRects).toEqual(value.opaqueRects);
      }),
    );
  });
});

describe("PresentBufferAck", () => {
  test("survives, and its view reads the fields in place", () => {
    const view = PresentBufferAck.view();
    fc.assert(
      fc.property(u64, u64, (windowId, presentId) => {
        const wire = PresentBufferAck.encode({ windowId, presentId });
        expect(PresentBufferAck.decode(wire)).toEqual({ windowId, presentId });
        const seen = view.wrap(sourceOf(wire), 0, wire.length);
        expect([seen.windowId, seen.presentId]).toEqual([windowId, presentId]);
      }),
    );
  });
});
