import { BufferFormat, type PoolBuffer } from "@railvail/gfxredir";
import { describe, expect, test } from "vitest";
import { MemorySections } from "../../testing/memory-sections.js";
import type { Box } from "../pixels/box.js";
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
  const present = (dirtyRect: Box, changes: Partial<PoolBuffer> = {}, windowId = 7n): void => {
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
      opaqueRects: [],
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
