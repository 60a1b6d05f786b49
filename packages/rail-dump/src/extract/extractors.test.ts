import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { audioInput, rdpsnd, WaveData } from "@railvail/audio";
import { clipboardMessages } from "@railvail/cliprdr";
import type { Message } from "@railvail/dissect";
import { egfxCommands } from "@railvail/egfx";
import { gfxredirMessages } from "@railvail/gfxredir";
import { windowingOrders } from "@railvail/rail";
import { BitmapUpdate, ColorPointer, LargePointer, NewPointer, PointerUpdate } from "@railvail/transport";
import { DecodeError, EncodeError, generate, mutate, type Choice, type Family, type Pdu } from "@railvail/wire";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { emptyFolder, indexOf, removeFolders } from "../../testing/extracted.js";
import { messageOf } from "../../testing/messages.js";
import { extractDefaults } from "./extract-options.js";
import { ExtractReport } from "./extract-report.js";
import { Extractors } from "./extractors.js";
import { OutputFolder } from "./output-folder.js";

afterAll(removeFolders);

const of = ({ members }: Family, ...channels: readonly string[]): [Pdu, string][] =>
  channels.flatMap((channel) => members.map((pdu): [Pdu, string] => [pdu, channel]));

/** What can come on the channels that are looked at. */
const candidates: readonly (readonly [Pdu, string])[] = [
  ...of(clipboardMessages, "cliprdr"),
  ...of(rdpsnd, "rdpsnd", "rdpsnd-dvc"),
  [WaveData, "rdpsnd"],
  ...of(audioInput, "audin"),
  ...of(egfxCommands, "egfx"),
  ...of(gfxredirMessages, "gfxredir"),
  ...Object.values(windowingOrders).map((pdu): [Pdu, string] => [pdu as Pdu, "window-order"]),
  ...[ColorPointer, NewPointer, LargePointer, BitmapUpdate].map((pdu): [Pdu, string] => [pdu as Pdu, "update"]),
  [PointerUpdate, "io"],
];

/** Numbers that have to fit together for anything to come of them. */
const likely: Readonly<Record<string, readonly number[]>> = {
  surfaceId: [0, 1],
  width: [1, 2, 3],
  height: [1, 2],
  codecId: [0, 0, 12, 10],
  pixelFormat: [0x20, 0x21],
  wFormatNo: [0, 1],
  initialFormat: [0, 1],
  streamId: [1],
  lindex: [0, 1],
  nPositionLow: [0, 3],
  nPositionHigh: [0, 0, 1],
  dwFlags: [1, 2, 2],
  msgFlags: [1],
  requestedFormatId: [1, 8, 13, 0xc000],
  formatId: [1, 8, 13, 0xc000],
  cacheId: [0, 0xff],
  cacheEntry: [0, 1],
  bpp: [1, 24, 32],
  xorBpp: [24, 32],
};

/** The value with such numbers, wherever they stand, and enough bytes for images of that size. */
function tame(value: unknown, choice: Choice): unknown {
  if (Array.isArray(value)) return value.map((one) => tame(one, choice));
  if (typeof value !== "object" || value === null || value instanceof Uint8Array) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => {
      const numbers = likely[name];
      if (typeof one === "number" && numbers !== undefined) return [name, numbers[choice.int(0, numbers.length - 1)]];
      if (one instanceof Uint8Array && /^(?:bits|xor|and|bitmapData)/.test(name)) return [name, new Uint8Array(64)];
      return [name, tame(one, choice)];
    }),
  );
}

/** The encoded value, tamed if it can be. */
function encoded(pdu: Pdu, choice: Choice): Uint8Array {
  const value = generate(pdu, choice);
  if (choice.int(0, 3) === 0) return pdu.encode(value);
  try {
    return pdu.encode(tame(value, choice));
  } catch (error) {
    if (!(error instanceof EncodeError)) throw error;
    return pdu.encode(value);
  }
}

/** Choices that follow from a seed. */
function choices(seed: number): Choice {
  let state = Math.imul(seed, 0x9e37_79b1) >>> 0;
  return {
    int(low, high) {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return low + Math.floor((state / 2 ** 32) * (high - low + 1));
    },
  };
}

/** A message of random contents, often not what its declaration asks for. */
function hostile(choice: Choice): Message {
  const [pdu, channel] = candidates[choice.int(0, candidates.length - 1)] as readonly [Pdu, string];
  let bytes = encoded(pdu, choice);
  for (let changes = Math.max(choice.int(-6, 3), 0); changes > 0; changes--) bytes = mutate(pdu, bytes, choice);
  const over = {
    connection: choice.int(0, 1),
    packet: choice.int(1, 9),
    time: BigInt(choice.int(0, 2 ** 31)),
    direction: choice.int(0, 1) === 0 ? "c2s" : "s2c",
    path: channel,
    channel,
  } as const;
  try {
    return messageOf(pdu, bytes, over);
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    return messageOf(pdu, pdu.encode(generate(pdu, choice)), { ...over, trouble: "undecodable", value: undefined });
  }
}

const limits = { maxFiles: 8, maxBytes: 2000 };

describe("whatever the messages", () => {
  test("files are in the folder, no more than allowed, and listed as they are", () => {
    fc.assert(
      fc.property(fc.integer(), fc.boolean(), (seed, every) => {
        const choice = choices(seed);
        const path = emptyFolder();
        const folder = new OutputFolder(join(path, "in"), limits);
        const report = new ExtractReport(folder);
        const extractors = new Extractors({ folder, report }, { ...extractDefaults, frames: every ? "all" : "last" });
        for (let messages = 0; messages < 200; messages++) extractors.record(hostile(choice));
        extractors.finish();
        report.finish();
        expect(readdirSync(path)).toEqual(["in"]);
        const index = indexOf(folder.path);
        const files = readdirSync(folder.path).filter((name) => name !== "index.ndjson");
        const sizes = new Map(files.map((name) => [name, statSync(join(folder.path, name)).size]));
        expect(files.length).toBeLessThanOrEqual(limits.maxFiles);
        expect([...sizes.values()].reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(limits.maxBytes);
        for (const { file, bytes } of index) if (bytes !== undefined) expect(sizes.get(file ?? "")).toBe(bytes);
        for (const name of files) expect(index.some(({ file }) => file === name)).toBe(true);
      }),
      { numRuns: 30 },
    );
  });

  test("messages that cannot be read are said, by kind", () => {
    const folder = new OutputFolder(emptyFolder(), limits);
    const report = new ExtractReport(folder);
    const extractors = new Extractors({ folder, report }, extractDefaults);
    const unreadable = (channel: string): Message => {
      const nothing = { trouble: "unknown", pdu: undefined, value: undefined } as const;
      return messageOf(BitmapUpdate, (BitmapUpdate as Pdu).encode(generate(BitmapUpdate as Pdu, choices(1))), {
        ...nothing,
        channel,
      });
    };
    for (const channel of ["cliprdr", "audin", "audin", "rail", "io", "update", "window-order"]) {
      extractors.record(unreadable(channel));
    }
    extractors.record({ type: "gap", connection: 0, direction: "c2s", length: 9, reason: "lost", time: 0n, packet: 3 });
    expect(report.reasonsLeft().map(({ kind, reason, count }) => [kind, reason, count])).toEqual([
      ["clipboard", "messages of its channels could not be read: unknown", 1],
      ["audio", "messages of its channels could not be read: unknown", 2],
      ["capture", "bytes are missing in the capture, and what they held", 1],
    ]);
    expect(report.findings).toBe(true);
  });
});
