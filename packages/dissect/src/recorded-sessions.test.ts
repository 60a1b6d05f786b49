import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fixtureNames, recordedSession, type FixtureName, type Segment } from "../testing/recorded-session.js";
import { Dissector } from "./dissector.js";
import type { Message, Record as Seen } from "./record.js";

const sessions = new Map(fixtureNames.map((name) => [name, recordedSession(name)]));
const session = (name: FixtureName): readonly Segment[] => sessions.get(name) ?? [];

/** Runs segments through a dissector. */
function watch(segments: readonly Segment[], sink: (record: Seen) => void, startMissing = false): void {
  const dissector = new Dissector({ connection: 0, sink, startMissing });
  let moment = { time: 0n, packet: 0 };
  for (const segment of segments) {
    moment = segment;
    dissector.data(segment.direction, segment.bytes, segment);
  }
  dissector.end(moment);
}

/** Counts messages by path and name, without envelopes and what was before packet `from`. */
function counter(from = 0) {
  const counts = new Map<string, number>();
  const sink = (record: Seen): void => {
    if (record.type === "gap" || record.envelope || record.packet < from) return;
    const key = `${record.direction} ${record.path} ${record.trouble ?? record.name}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  };
  return { counts, sink };
}

function counted(segments: readonly Segment[], startMissing = false, from = 0): Map<string, number> {
  const { counts, sink } = counter(from);
  watch(segments, sink, startMissing);
  return counts;
}

/** Messages of `all` that are in `some`, and messages of `some` that are not in `all`. */
function compared(all: ReadonlyMap<string, number>, some: ReadonlyMap<string, number>) {
  let [total, same] = [0, 0];
  for (const [key, count] of all) {
    total += count;
    same += Math.min(count, some.get(key) ?? 0);
  }
  const invented = [...some].filter(([key, count]) => count > (all.get(key) ?? 0)).map(([key]) => key);
  return { share: same / total, invented };
}

const isTrouble = (key: string): boolean => /(unknown|incomplete|skipped)$/.test(key);

describe.each(fixtureNames)("%s", (name) => {
  test("is read without trouble", () => {
    const troubles: string[] = [];
    watch(session(name), (record) => {
      if (record.type === "gap" || record.trouble !== undefined)
        troubles.push(record.type === "gap" ? "gap" : `${record.path} ${record.detail}`);
    });
    expect(troubles).toEqual([]);
  });

  test.each([5, 10, 20, 40, 80, 160, 240])("without its first %i packets nearly all is read under its name", (cut) => {
    const rest = session(name).slice(cut);
    const { share, invented } = compared(counted(session(name), false, rest[0]?.packet), counted(rest, true));
    expect(share).toBeGreaterThan(0.98);
    expect(invented.filter((key) => !isTrouble(key))).toEqual([]);
  });

  test("with a packet lost, all else is read", () => {
    const whole = counted(session(name));
    const size = session(name).length;
    for (const at of [0.25, 0.4, 0.55, 0.7, 0.9].map((part) => Math.floor(size * part))) {
      const { counts, sink } = counter();
      const dissector = new Dissector({ connection: 0, sink });
      for (const [index, segment] of session(name).entries()) {
        if (index === at) dissector.gap(segment.direction, segment.bytes.length, "lost", segment);
        else dissector.data(segment.direction, segment.bytes, segment);
      }
      const { share, invented } = compared(whole, counts);
      expect(share).toBeGreaterThan(0.95);
      expect(invented.filter((key) => !isTrouble(key))).toEqual([]);
    }
  });
});

test("records do not depend on how the streams are cut into packets", () => {
  const streams = { c2s: new Uint8Array(0), s2c: new Uint8Array(0) };
  for (const direction of ["c2s", "s2c"] as const) {
    const parts = session("wslg-vail-gfxredir").filter((segment) => segment.direction === direction);
    streams[direction] = Uint8Array.from(parts.flatMap(({ bytes }) => [...bytes]));
  }
  const read = (size: number): string[] => {
    const lines: string[] = [];
    const take = (record: Seen): void => {
      if (record.type === "message")
        lines.push(`${record.path} ${record.name} ${record.trouble} ${record.end - record.offset}`);
    };
    const dissector = new Dissector({ connection: 0, sink: take });
    // The settings of both sides come first, so that channels are known.
    for (const direction of ["c2s", "s2c"] as const) {
      const stream = streams[direction];
      for (let at = 0; at < stream.length; at += size)
        dissector.data(direction, stream.slice(at, at + size), { time: 0n, packet: 0 });
    }
    return lines;
  };
  const whole = read(1 << 20);
  for (const size of [1, 7, 1000]) expect(read(size)).toEqual(whole);
});

/** Whether it stands directly in the stream; a signed fast-path packet has no envelope. */
const isOutermost = ({ path, trouble }: Message): boolean =>
  /^(tpkt|x224|fastpath|stream|tls)$/.test(path) || (path.startsWith("fastpath-") && trouble === "encrypted");

describe("damaged sessions", () => {
  const segments = session("wslg-vail-gfxredir");
  const stream = segments.reduce((sum, { bytes }) => sum + bytes.length, 0);
  const damage = fc.record({ at: fc.nat({ max: segments.length - 1 }), where: fc.nat(), value: fc.nat({ max: 255 }) });

  test("never make it throw, and bytes are given once", () => {
    fc.assert(
      fc.property(fc.array(damage, { minLength: 1, maxLength: 40 }), fc.boolean(), (damages, startMissing) => {
        const changed = segments.map((segment) => ({ ...segment, bytes: segment.bytes.slice() }));
        for (const { at, where, value } of damages) {
          const { bytes } = changed[at] ?? { bytes: new Uint8Array(1) };
          bytes[where % bytes.length] = value;
        }
        let outer = 0;
        const take = (record: Seen): void => {
          if (record.type === "gap") throw new Error("nothing was lost");
          expect(record.end - record.offset).toBeGreaterThanOrEqual(0);
          expect(record.trouble !== undefined || record.value !== undefined).toBe(true);
          if (isOutermost(record)) outer += record.end - record.offset;
        };
        watch(changed, take, startMissing);
        expect(outer).toBe(stream);
      }),
      { numRuns: 60 },
    );
  });
});
