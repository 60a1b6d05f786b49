import type { Message } from "@railvail/dissect";
import {
  noIconCache,
  NotifyIcon,
  WindowCachedIcon,
  WindowIcon,
  WindowIconFlags,
  WindowingState,
  WindowMove,
  type IconInfo,
} from "@railvail/rail";
import fc from "fast-check";
import { decode } from "fast-png";
import { afterAll, expect, test } from "vitest";
import { carrying, extractedBy, removeFolders, type ExtractedBy } from "../../testing/extracted.js";
import { IconExtractor } from "./icons.js";

afterAll(removeFolders);
const run = (...messages: readonly Message[]): ExtractedBy =>
  extractedBy((context) => new IconExtractor(context), messages);

/** An icon of 32 bits, whose rows of B, G, R, A are given from the top. */
function icon(
  width: number,
  height: number,
  bgra: Uint8Array,
  place: { cacheId: number; cacheEntry: number },
): IconInfo {
  const bitsColor = new Uint8Array(width * height * 4);
  for (let row = 0; row < height; row++) {
    bitsColor.set(bgra.subarray(row * width * 4, (row + 1) * width * 4), (height - 1 - row) * width * 4);
  }
  const bitsMask = new Uint8Array(Math.ceil(width / 32) * 4 * height);
  return { ...place, bpp: 32, width, height, bitsMask, colorTable: undefined, bitsColor };
}
const windowIcon = (iconInfo: IconInfo, fieldsPresentFlags = 0, packet = 1): Message =>
  carrying(WindowIcon, { fieldsPresentFlags, windowId: 5, iconInfo }, { packet, path: "fastpath-out/window-order" });
const red = new Uint8Array([0, 0, 0xff, 0xff]);

test("an icon is the PNG of its pixels", () => {
  const size = fc.record({ width: fc.integer({ min: 1, max: 20 }), height: fc.integer({ min: 1, max: 20 }) });
  fc.assert(
    fc.property(size, fc.infiniteStream(fc.nat(255)), ({ width, height }, bytes) => {
      const bgra = Uint8Array.from({ length: width * height * 4 }, (_, at) =>
        at % 4 === 3 ? 0xff : Number(bytes.next().value),
      );
      const { index, read } = run(windowIcon(icon(width, height, bgra, noIconCache), WindowIconFlags.big));
      expect(index[0]).toMatchObject({ what: "big icon of a window", windowId: 5, width, height, bitsPerPixel: 32 });
      expect(index[0]?.file).toBe("icon-c0-p0000001-w5-big.png");
      const png = decode(read(index[0]?.file));
      expect([png.width, png.height, png.channels]).toEqual([width, height, 4]);
      const rgba = Uint8Array.from(bgra, (_, at) => bgra[at % 4 === 0 ? at + 2 : at % 4 === 2 ? at - 2 : at] ?? 0);
      expect(Buffer.from(png.data.buffer).equals(Buffer.from(rgba))).toBe(true);
    }),
    { numRuns: 20 },
  );
});

test("a cached icon is the file of the one that was sent before", () => {
  const place = { cacheId: 1, cacheEntry: 2 };
  const cached = (cacheEntry: number, packet: number): Message =>
    carrying(
      WindowCachedIcon,
      { fieldsPresentFlags: 0, windowId: 6, cachedIcon: { cacheId: 1, cacheEntry } },
      { packet },
    );
  const notify: Message = carrying(
    NotifyIcon,
    {
      fieldsPresentFlags: WindowingState.new,
      windowId: 7,
      notifyIconId: 8,
      toolTip: "mail",
      cachedIcon: place,
    },
    { packet: 4 },
  );
  const { index, files, report } = run(windowIcon(icon(1, 1, red, place)), cached(2, 2), cached(3, 3), notify);
  expect(files).toEqual(["icon-c0-p0000001-w5-small.png"]);
  expect(index.map(({ file, left, packet, windowId, toolTip }) => [file ?? left, packet, windowId, toolTip])).toEqual([
    [files[0], 1, 5, undefined],
    [files[0], 2, 6, undefined],
    [files[0], 4, 7, "mail"],
    ["cached icons that were not captured, or not written", undefined, undefined, undefined],
  ]);
  expect(report.findings).toBe(true);
});

test("an icon of the notification area, and an overlay", () => {
  const { files } = run(
    carrying(
      NotifyIcon,
      {
        fieldsPresentFlags: WindowingState.new,
        windowId: 7,
        notifyIconId: 8,
        icon: icon(1, 1, red, noIconCache),
      },
      { packet: 3 },
    ),
    windowIcon(icon(1, 1, red, noIconCache), WindowIconFlags.overlay, 4),
  );
  expect(files).toEqual(["icon-c0-p0000003-w7-notify8.png", "icon-c0-p0000004-w5-overlay.png"]);
});

test("an icon without enough pixels is said, and takes the place of the one that was cached", () => {
  const place = { cacheId: 1, cacheEntry: 2 };
  const short = { ...icon(9, 9, new Uint8Array(9 * 9 * 4), place), width: 900 };
  const cached = carrying(WindowCachedIcon, { fieldsPresentFlags: 0, windowId: 6, cachedIcon: place });
  const { files, report } = run(windowIcon(icon(1, 1, red, place)), windowIcon(short), cached);
  expect(files.length).toBe(1);
  expect(report.reasonsLeft().map(({ reason }) => reason)).toEqual([
    expect.stringMatching(/^icons that cannot be: .*: not-enough-bytes$/),
    "cached icons that were not captured, or not written",
  ]);
});

test("other messages are not decoded", () => {
  const move = carrying(WindowMove, { windowId: 1, left: 0, top: 0, right: 1, bottom: 1 });
  Object.defineProperty(move, "value", { get: () => expect.unreachable("decoded") });
  expect(run(move).index).toEqual([]);
});
