import { readFileSync } from "node:fs";
import type { MessageCount } from "@railvail/rail-dump";

/** What `rail-dump stats --json` prints, and what stands in an `expected.json`. */
interface Counts {
  readonly counts: {
    readonly [channel: string]: {
      readonly [direction: string]: { readonly [message: string]: MessageCount };
    };
  };
}

/** Channels that the other decoder counted with care; the rest of its names are rough. */
const compared = [
  "audin",
  "cliprdr",
  "disp",
  "drdynvc",
  "egfx",
  "fastpath-in",
  "fastpath-out",
  "gfxredir",
  "io",
  "mcs",
  "rail",
  "rdpapplist",
  "rdpsnd",
  "rdpsnd-dvc",
  "window-order",
  "x224",
] as const;

/** `channel direction message`: count and bytes. */
export type Flat = { [message: string]: string };

/** Counts in one level, so that a difference names the message. */
export function flatCounts(json: unknown): Flat {
  const { counts } = json as Counts;
  const all: Flat = {};
  for (const channel of compared) {
    for (const [direction, messages] of Object.entries(counts[channel] ?? {})) {
      for (const [message, { count, bytes }] of Object.entries(messages)) {
        all[`${channel} ${direction} ${message}`] = `${count} x, ${bytes} bytes`;
      }
    }
  }
  return all;
}

/** What an independent decoder counted. */
export const expectedCounts = (path: string): Flat => flatCounts(JSON.parse(readFileSync(path, "utf8")));
