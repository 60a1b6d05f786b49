/** Each way for a window's pixels, with what compositor and viewer need for it; what both show is compared. */
import { displayTitle } from "@railvail/rail";
import { expect } from "vitest";
import {
  isShown,
  type CompositorSettings,
  type NewWindow,
  type PixelPathName,
  type ViewerSettings,
} from "../src/index.js";
import { CompositorPair, tight } from "./compositor-pair.js";
import { MemorySections } from "./memory-sections.js";

export interface Way {
  readonly name: string;
  readonly path: PixelPathName;
  readonly sections: MemorySections | undefined;
  readonly server: Partial<CompositorSettings>;
  readonly viewer: Partial<ViewerSettings>;
}

export const remoteApp = { program: undefined, arguments: "", workingDirectory: "" };

export function way(name: string, path: PixelPathName, mapped?: boolean): Way {
  const sections = mapped === undefined ? undefined : new MemorySections(mapped);
  return {
    name,
    path,
    sections,
    server: { sections, mapsSurfaces: path === "egfx" ? "always" : "announced" },
    viewer: { sections, remoteApp, egfx: path === "egfx" },
  };
}

const ways = [
  () => way("mapped memory", "vail", true),
  () => way("memory that is written", "vail", false),
  () => {
    const { server, viewer, ...rest } = way("mapped memory, as WSLg does it", "vail", true);
    return { ...rest, server: { ...server, compat: "wslg" }, viewer: { ...viewer, compat: "wslg" } } as const;
  },
  () => way("the graphics pipeline", "egfx"),
  () => {
    const { server, ...rest } = way("the graphics pipeline, compressed", "egfx");
    return { ...rest, server: { ...server, compressGraphics: true } };
  },
  () => way("a composed desktop", "composed"),
  () => ({ ...way("a composed desktop, compressed", "composed"), server: { compressBitmaps: true } }),
];

/** For `describe.each` and `test.each`: the name of each way, and what makes it. */
export const eachWay = ways.map((make) => [make().name, make] as const);

export const box: NewWindow = { left: 10, top: 10, width: 40, height: 30 };

/** A compositor with one window, which a viewer shows. */
export function shown<Given extends Pick<Way, "server" | "viewer">>(
  way: Given,
): Given & { pair: CompositorPair; id: number } {
  const pair = new CompositorPair(way.server, way.viewer);
  const id = pair.compositor.windows.add(box);
  pair.connect();
  pair.settle();
  return { ...way, pair, id };
}

/** The viewer has the compositor's windows, in its order, with its pixels. */
export function expectSame(pair: CompositorPair, path: PixelPathName): void {
  const { compositor, viewer } = pair;
  if (viewer === undefined) throw new Error("there is no viewer");
  const { windows, zOrder } = viewer.windows;
  expect(new Set(windows.keys())).toEqual(new Set(compositor.windows.all.keys()));
  expect(zOrder?.filter((id) => windows.has(id))).toEqual(compositor.windows.zOrder);
  for (const [id, { title, left, top, width, height }] of compositor.windows.all) {
    const window = windows.get(id);
    expect(displayTitle(window?.title ?? "")).toBe(title);
    expect(window).toMatchObject({ windowOffset: { x: left, y: top }, windowSize: { width, height } });
  }
  expect(compositor.pixelPath).toBe(path);
  if (path === "composed") {
    const { desktop } = viewer;
    if (desktop === undefined) throw new Error("there is no desktop");
    const expected = pair.expectedDesktop(desktop.width, desktop.height);
    expect(Buffer.compare(colours(tight(desktop)), colours(expected))).toBe(0);
    return;
  }
  for (const [id, window] of compositor.windows.all) {
    if (!isShown(window)) continue;
    const picture = viewer.picture(id);
    if (picture === undefined) throw new Error(`window ${id} has no picture`);
    expect(picture.path).toBe(path);
    expect(Buffer.compare(tight(picture), pair.painted.get(id) ?? new Uint8Array(0))).toBe(0);
  }
}

/** The alpha of a desktop says nothing. */
export function colours(pixels: Uint8Array): Uint8Array {
  for (let at = 3; at < pixels.length; at += 4) pixels[at] = 0;
  return pixels;
}
