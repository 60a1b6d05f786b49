import { BufferFormat, opaqueRectLimit, type PoolBuffer } from "@railvail/gfxredir";
import { windowModelLimits } from "@railvail/rail";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { MemorySections } from "../../testing/memory-sections.js";
import { holds, type Box } from "../pixels/box.js";
import { SectionError } from "../sections.js";
import { VailPictures } from "./vail-pictures.js";

const [width, height, stride] = [4, 3, 20];
const size = stride * (height - 1) + width * 4;

function setUp({ mapped = true, shared = false, byteLimit = 1000 } = {}) {
  const sections = new MemorySections(mapped);
  const told: unknown[] = [];
  const pictures = new VailPictures(
    { sections, shared, byteLimit },
    {
      command: (input) => told.push(input),
      frame: (windowId, box) => told.push({ type: "frame", windowId, box }),
      problem: ({ rule }) => told.push(rule),
    },
  );
  const section = sections.create(4096);
  let presentId = 0n;
  const open = (poolId = 1n, sectionName = section.name): void =>
    pictures.heard({ type: "poolOpened", poolId, poolSize: 4096n, sectionName });
  const present = (
    dirtyRect: Box,
    changes: Partial<PoolBuffer> = {},
    windowId = 7n,
    opaqueRects: readonly Box[] = [],
  ): void => {
    const format = BufferFormat.argb8888;
    const buffer = { poolId: 1n, bufferId: 1n, offset: 0n, stride, width, height, format, ...changes };
    pictures.heard({
      type: "present",
      timestamp: 0n,
      windowId,
      presentId: ++presentId,
      orientation: 0,
      targetWidth: width,
      targetHeight: height,
      dirtyRect,
      opaqueRects: [...opaqueRects],
      buffer,
    });
  };
  const fill = (value: number): void => {
    sections.memory.get(section.name)?.fill(value);
  };
  return { sections, pictures, told, open, present, fill };
}

const whole: Box = { left: 0, top: 0, width, height };
const presented = (presentId: bigint, windowId = 7n) => ({ type: "presented", windowId, presentId });

describe.each([true, false])("pictures of shared memory, mapped %s", (mapped) => {
  test("are copied where they changed, and acknowledged after that", () => {
    const { pictures, told, open, present, fill } = setUp({ mapped });
    open();
    fill(1);
    present(whole);
    fill(2);
    present({ left: 1, top: 1, width: 2, height: 1 });
    expect(told).toEqual([
      { type: "frame", windowId: 7, box: whole },
      presented(1n),
      { type: "frame", windowId: 7, box: { left: 1, top: 1, width: 2, height: 1 } },
      presented(2n),
    ]);
    const picture = pictures.picture(7);
    expect(picture).toMatchObject({ width, height, stride, opaque: false, rotation: 0, path: "vail" });
    expect([0, 1, 2].map((row) => picture?.pixels[row * stride + 8])).toEqual([1, 2, 1]);
    // The server may write again.
    fill(3);
    expect(picture?.pixels[stride + 8]).toBe(2);
  });

  test("of another buffer are copied whole", () => {
    const { pictures, told, open, present, fill } = setUp({ mapped });
    open();
    fill(1);
    present(whole);
    fill(2);
    present({ left: 0, top: 0, width: 1, height: 1 }, { bufferId: 2n, offset: 512n, format: BufferFormat.xrgb8888 });
    expect(pictures.picture(7)?.pixels).toEqual(new Uint8Array(size).fill(2));
    expect(pictures.picture(7)?.opaque).toBe(true);
    expect(told[2]).toEqual({ type: "frame", windowId: 7, box: whole });
  });

  test("are kept, but known to be old, when their pool is closed", () => {
    const { sections, pictures, open, present } = setUp({ mapped });
    open();
    present(whole);
    pictures.heard({ type: "poolClosed", poolId: 1n });
    expect(pictures.picture(7)).toBeUndefined();
    expect(pictures.picture(7, true)).toBeDefined();
    // The one that the test made.
    expect(sections.openSections).toBe(1);
  });

  test("are no more than there may be windows, and the rest is acknowledged all the same", () => {
    const { pictures, told, open, present } = setUp({ mapped, byteLimit: 2 ** 20 });
    open();
    const one = { left: 0, top: 0, width: 1, height: 1 };
    const last = BigInt(windowModelLimits.windows);
    for (let windowId = 1n; windowId <= last + 1n; windowId++) present(one, one, windowId);
    expect(told.slice(-3)).toEqual([presented(last, last), "too-much-memory", presented(last + 1n, last + 1n)]);
    expect(pictures.picture(Number(last) + 1)).toBeUndefined();
    // Those that are there go on, and one that goes makes room.
    present(one, one, 1n);
    pictures.forget(2);
    present(one, one, last + 1n);
    expect(told.slice(-4).filter((each) => each === "too-much-memory")).toEqual([]);
    expect(pictures.picture(Number(last) + 1)).toBeDefined();
  });

  test("that take too much memory are left out, and acknowledged all the same", () => {
    const { pictures, told, open, present } = setUp({ mapped, byteLimit: size });
    open();
    present(whole);
    present(whole, {}, 8n);
    expect(told.slice(2)).toEqual(["too-much-memory", presented(2n, 8n)]);
    pictures.forget(7);
    present(whole, {}, 8n);
    expect(pictures.picture(8)).toBeDefined();
  });
});

test("memory that cannot be opened is reported when it is shown, and presents of it are acknowledged", () => {
  const { sections, pictures, told, open, present } = setUp();
  sections.failure = new SectionError("too-small", "the section has 1 byte");
  open();
  // Pools that are closed before anything is shown may be gone when one hears of them.
  expect(told).toEqual([]);
  present(whole);
  present(whole);
  expect(told).toEqual([
    "section-failed",
    { type: "reportError", errorCode: 0x8000_4005 },
    presented(1n),
    presented(2n),
  ]);
  expect(pictures.picture(7)).toBeUndefined();
});

test("memory that shrank is reported, and what was there before stays", () => {
  const { pictures, told, open, present, fill } = setUp({ mapped: false });
  open();
  fill(1);
  present(whole);
  present(whole, { offset: 4090n });
  expect(told.slice(2)).toEqual(["section-failed", { type: "reportError", errorCode: 0x8000_4005 }, presented(2n)]);
  expect(pictures.picture(7)?.pixels[0]).toBe(1);
  // Of a window that was not there before nothing is shown.
  present(whole, { offset: 4090n }, 8n);
  expect(pictures.picture(8)).toBeUndefined();
});

test("shared pictures are the memory itself, until its pool is closed", () => {
  const { pictures, open, present, fill } = setUp({ shared: true, byteLimit: 0 });
  open();
  present(whole);
  fill(9);
  expect(pictures.picture(7)?.pixels).toEqual(new Uint8Array(size).fill(9));
  pictures.heard({ type: "poolClosed", poolId: 1n });
  expect(pictures.picture(7, true)).toBeUndefined();
});

test("shared pictures are no more than there may be windows, although they take no memory", () => {
  const { pictures, told, open, present } = setUp({ shared: true, byteLimit: 0 });
  open();
  const last = BigInt(windowModelLimits.windows);
  for (let windowId = 1n; windowId <= last + 1n; windowId++) present(whole, {}, windowId);
  expect(told.slice(-2)).toEqual(["too-much-memory", presented(last + 1n, last + 1n)]);
  expect(pictures.picture(Number(last))).toBeDefined();
  expect(pictures.picture(Number(last) + 1)).toBeUndefined();
  present(whole, {}, last);
  expect(told.slice(-2)).toMatchObject([{ type: "frame" }, { type: "presented" }]);
});

describe.each([
  ["copied", true, false],
  ["copied from memory that is not mapped", false, false],
  ["shared", true, true],
])("opacity of pictures that are %s", (_, mapped, shared) => {
  const part: Box = { left: 1, top: 1, width: 2, height: 1 };
  const opaqueOf = (...presents: readonly (readonly [Box, readonly Box[], Partial<PoolBuffer>?])[]) => {
    const { pictures, open, present } = setUp({ mapped, shared });
    open();
    for (const [dirtyRect, opaqueRects, changes] of presents) present(dirtyRect, changes, 7n, opaqueRects);
    return pictures.picture(7)?.opaque;
  };

  test("is that of the rectangles of all presents", () => {
    expect(opaqueOf([whole, []])).toBe(false);
    expect(opaqueOf([whole, [whole]])).toBe(true);
    expect(opaqueOf([part, [whole]])).toBe(true);
    // As WSLg has it: what is drawn anew is opaque, as all else was before.
    expect(opaqueOf([whole, [whole]], [part, [part]])).toBe(true);
    expect(opaqueOf([whole, []], [part, [part]])).toBe(false);
    expect(opaqueOf([whole, [whole]], [part, []])).toBe(false);
    expect(opaqueOf([whole, [whole]], [part, []], [part, [part]])).toBe(true);
    const upper = { ...whole, height: 1 };
    expect(opaqueOf([whole, [upper, { ...whole, top: 1, height: height - 1 }]])).toBe(true);
    expect(opaqueOf([whole, [upper, upper]])).toBe(false);
  });

  test("goes with the buffer's format and size", () => {
    const format = BufferFormat.xrgb8888;
    expect(opaqueOf([whole, [], { format }])).toBe(true);
    const small = { width: 2, height: 2 };
    const corner = { left: 0, top: 0, ...small };
    const one = { ...corner, width: 1, height: 1 };
    expect(opaqueOf([whole, [whole]], [one, [one], { ...small, bufferId: 2n }])).toBe(false);
    expect(opaqueOf([whole, [whole]], [corner, [corner], { ...small, bufferId: 2n }])).toBe(true);
    expect(opaqueOf([whole, [whole]], [one, [one], { bufferId: 2n }])).toBe(true);
  });
});

describe.each([true, false])("alpha of copied pictures, mapped %s", (mapped) => {
  test("is that of the server, but for the parts that it calls opaque", () => {
    const column = fc.integer({ min: 0, max: width });
    const row = fc.integer({ min: 0, max: height });
    const box = fc.tuple(column, column, row, row).map(([a, b, c, d]): Box => {
      const [left, top] = [Math.min(a, b), Math.min(c, d)];
      return { left, top, width: Math.max(a, b) - left, height: Math.max(c, d) - top };
    });
    const step = fc.record({
      dirtyRect: fc.oneof(box, fc.constant(whole)),
      opaqueRects: fc.array(fc.oneof(box, fc.constant(whole)), { maxLength: 3 }),
      bufferId: fc.constantFrom(1n, 1n, 1n, 2n),
    });
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 6 }), (steps) => {
        const { pictures, open, present, fill } = setUp({ mapped });
        open();
        // Of each pixel, what was told of it last.
        const isOpaque = new Array<boolean>(width * height).fill(false);
        for (const [index, { dirtyRect, opaqueRects, bufferId }] of steps.entries()) {
          fill(index + 1);
          present(dirtyRect, { bufferId }, 7n, opaqueRects);
          for (const [at, before] of isOpaque.entries()) {
            const [x, y] = [at % width, Math.floor(at / width)];
            const isIn = (rect: Box): boolean => holds(rect, x, y);
            isOpaque[at] = opaqueRects.some(isIn) || (before && !isIn(dirtyRect));
          }
          const picture = pictures.picture(7);
          expect(picture?.opaque).toBe(isOpaque.every(Boolean));
          for (const [at, expected] of isOpaque.entries()) {
            const place = Math.floor(at / width) * stride + (at % width) * 4;
            const [blue, alpha] = [picture?.pixels[place], picture?.pixels[place + 3]];
            if (picture?.opaque === false) expect(alpha).toBe(expected ? 0xff : blue);
          }
        }
      }),
    );
  });

  test("takes no more rectangles than a present may have", () => {
    const { pictures, open, present } = setUp({ mapped });
    open();
    const empty = { ...whole, width: 0 };
    present(whole, {}, 7n, [...Array.from({ length: opaqueRectLimit }, () => empty), whole]);
    expect(pictures.picture(7)?.opaque).toBe(false);
  });
});
