import { readFileSync } from "node:fs";
import { addMessage, countsJson, isCounted, type Counts, type MessageCount } from "@railvail/rail-dump";
import { describe, expect, test } from "vitest";
import { fixture, fixtures, isMessage, moreRecording, moreRecordings, walk, whyLess } from "./recordings.js";

interface Expected {
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
type Flat = { [message: string]: string };

function flat({ counts }: Expected): Flat {
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

async function countsOf(path: string): Promise<Flat> {
  const counts: Counts = new Map();
  await walk(path, (record) => {
    if (isMessage(record) && isCounted(record)) addMessage(counts, record);
  });
  return flat(JSON.parse(countsJson(counts)) as Expected);
}

const expectedOf = (path: string): Flat => flat(JSON.parse(readFileSync(path, "utf8")) as Expected);

describe("counts are those of an independent decoder", () => {
  test.each(fixtures)("%s", async (name) => {
    const expected = expectedOf(fixture(name, "expected.json"));
    expect(Object.keys(expected).length).toBeGreaterThan(40);
    expect(await countsOf(fixture(name))).toEqual(expected);
  });
});

/** What the other decoder, which does not open compressed updates, does not see in them. */
const inCompressedUpdates: Flat = {
  "window-order s2c WINDOW NEW": "6 x, 558 bytes",
  "window-order s2c WINDOW UPDATE": "4 x, 510 bytes",
};
const added: { readonly [name: string]: Flat } = {
  "wslg-bulk-compressed": inCompressedUpdates,
  "wslg-bulk-compressed-level1": inCompressedUpdates,
};

/** What is inside TLS cannot be counted without keys. */
const readable = moreRecordings.filter((name) => !name.endsWith("-tls"));

describe.skipIf(readable.length === 0)(`counts of more recordings (${whyLess})`, () => {
  test.each(readable)("%s", async (name) => {
    const expected = expectedOf(moreRecording(name, "expected.json"));
    expect(await countsOf(moreRecording(name))).toEqual({ ...expected, ...added[name] });
    for (const message of Object.keys(added[name] ?? {})) expect(expected).not.toHaveProperty([message]);
  });
});
