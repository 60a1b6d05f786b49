import type { Direction, Message, Record } from "@railvail/dissect";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { bytesOf, textOf } from "./compared-records.js";
import { damage, damages, dissectSteps, inPieces, joined, stepsOf, type Step } from "./damage.js";
import { eventsOf, fixture, isMessage } from "./recordings.js";

/** Step by step, the smallest session: every layer, all channels but audio, 76 kB. */
let steps: readonly Step[] = [];

beforeAll(async () => {
  steps = stepsOf(await eventsOf(fixture("wslg-vail-gfxredir")));
});

const directions = ["c2s", "s2c"] as const;

function textsOf(given: readonly Step[]): string[] {
  const texts: string[] = [];
  dissectSteps(given, (record) => texts.push(textOf(record)));
  return texts;
}

/** Compared as one text: the matcher is slow with thousands of them. */
function expectSame(given: readonly Step[], expected: readonly string[]): void {
  const texts = textsOf(given);
  const at = texts.findIndex((text, index) => text !== expected[index]);
  expect(at < 0 ? undefined : texts[at]).toBe(at < 0 ? undefined : expected[at]);
  expect(texts.length).toBe(expected.length);
}

describe("pieces", () => {
  test("records are the same however the bytes come", () => {
    const whole = textsOf(steps);
    expect(whole.length).toBeGreaterThan(900);
    expectSame(joined(steps), whole);
    expectSame(inPieces(steps, [1]), whole);
    const sizes = fc.array(fc.oneof(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 4000 })), {
      minLength: 1,
      maxLength: 40,
    });
    fc.assert(
      fc.property(sizes, fc.boolean(), (pieces, together) => {
        expectSame(inPieces(together ? joined(steps) : steps, pieces), whole);
      }),
      { numRuns: 40 },
    );
  });

  test("a frame is the same wherever it is cut once", () => {
    const whole = textsOf(steps);
    // One run cuts each step at a place of its own; all runs together cut most steps everywhere.
    for (let place = 1; place <= 120; place++) {
      const cuts = steps.flatMap(({ direction, bytes }) => {
        const at = 1 + (place % Math.max(1, bytes.length - 1));
        return [bytes.subarray(0, at), bytes.subarray(at)]
          .filter(({ length }) => length > 0)
          .map((part) => ({ direction, bytes: part }));
      });
      expectSame(cuts, whole);
    }
  });
});

/** Records of the outermost layer. */
const outermost: ReadonlySet<string> = new Set(["credssp", "tpkt", "x224", "fastpath", "stream", "tls"]);
const isOutermost = ({ path, trouble }: Message): boolean =>
  outermost.has(path) || (trouble === "encrypted" && path.startsWith("fastpath-"));

/** The most layers a byte is in: TPKT, MCS, chunk, dynamic channel, segments, message. */
const layers = 7;

/**
 * Bytes that can look compressed: they are opened into histories whose size is fixed, and give at most
 * 64 KiB a packet. However little comes, that much is allowed.
 */
const opened = 32 * 2 ** 20;

/** What must hold for any bytes in any order. */
function holdsForSteps(given: readonly Step[], startMissing = false): void {
  const covered: { [of in Direction]: Uint8Array[] } = { c2s: [], s2c: [] };
  const memories = new Set<ArrayBufferLike>();
  const gaps: number[] = [];
  const outside: string[] = [];
  let sum = 0;
  let records = 0;
  const sink = (record: Record): void => {
    records++;
    if (!isMessage(record)) {
      gaps.push(record.length);
      return;
    }
    const bytes = bytesOf(record);
    if (bytes.length !== record.end - record.offset) outside.push(record.name);
    if (isOutermost(record)) covered[record.direction].push(bytes.slice());
    memories.add(bytes.buffer);
    sum += bytes.length;
    // All that a reader may ask for. A message without trouble has a value.
    const { value, trouble, detail } = record;
    const { error } = record.inspect() ?? {};
    if (trouble === undefined ? value === undefined || error : !detail) outside.push(record.name);
  };
  dissectSteps(given, sink, startMissing);
  expect(outside).toEqual([]);
  let length = 0;
  for (const direction of directions) {
    const ours = given.filter((step) => step.direction === direction);
    const expected = Buffer.concat(ours.map(({ bytes }) => bytes));
    length += expected.length;
    const all = Buffer.concat(covered[direction]);
    expect(all.equals(expected), `${direction} is covered`).toBe(true);
  }
  expect(gaps).toEqual(given.flatMap(({ gap }) => gap?.length ?? []));
  expect(sum).toBeLessThanOrEqual(length * layers + opened);
  expect(records).toBeLessThanOrEqual(length + gaps.length + opened);
  for (const { bytes } of given) memories.delete(bytes.buffer);
  const made = [...memories].reduce((total, { byteLength }) => total + byteLength, 0);
  expect(made).toBeLessThanOrEqual(length * layers * 2 + opened);
}

const anyDamage = damages(["flip", "lose", "gap", "double", "insert", "cut"]);
const somePieces = fc.option(fc.array(fc.integer({ min: 1, max: 3000 }), { minLength: 1, maxLength: 20 }), {
  nil: undefined,
});

describe("damage", () => {
  test("nothing is thrown, each byte is in one record of the outermost layer, memory is bounded", () => {
    const list = fc.array(anyDamage, { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(list, somePieces, fc.boolean(), (some, pieces, startMissing) => {
        const bad = damage(steps, some);
        holdsForSteps(pieces === undefined ? bad : inPieces(bad, pieces), startMissing);
      }),
      { numRuns: 80 },
    );
  });

  test("bytes that were never a session are treated alike", () => {
    const noise = fc.array(
      fc.record({
        direction: fc.constantFrom(...directions),
        bytes: fc.oneof(
          fc.uint8Array({ maxLength: 200 }),
          // The beginnings of frames with any length.
          fc.uint8Array({ minLength: 2, maxLength: 60 }).map((rest) => Uint8Array.of(3, 0, ...rest)),
          fc.uint8Array({ minLength: 1, maxLength: 60 }).map((rest) => Uint8Array.of(0, ...rest)),
        ),
      }),
      { maxLength: 30 },
    );
    fc.assert(
      fc.property(noise, fc.boolean(), (given, startMissing) => {
        holdsForSteps(given, startMissing);
      }),
      { numRuns: 300 },
    );
  });

  test.each([
    [[0], [3], [4], [0x17], [0x80]],
    [
      [3, 0, 0xff, 0xff],
      [0, 0xff, 0xff],
      [4, 0x82, 0],
      [0x17, 3, 3, 0x40, 0],
    ],
  ])("a megabyte of noise is soon done with (%#)", (...patterns) => {
    for (const pattern of patterns) {
      const bytes = new Uint8Array(1_000_000).map((_, at) => pattern[at % pattern.length] ?? 0);
      for (const direction of directions) {
        let records = 0;
        const count = () => void records++;
        dissectSteps(inPieces([{ direction, bytes }], [1460]), count, true);
        expect(records).toBeGreaterThan(0);
      }
    }
  });
});
