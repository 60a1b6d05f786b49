import type { StreamEvent } from "@railvail/capture";
import type { Message, Record } from "@railvail/dissect";
import { deviationRules, tilingFault } from "@railvail/wire";
import { describe, expect, test } from "vitest";
import { dissect, eventsOf, fixture, fixtures, isMessage } from "./recordings.js";

/** Records of the outermost layer: each is one frame of the TCP stream. */
const framePaths: ReadonlySet<string> = new Set(["tpkt", "x224", "fastpath", "tls", "credssp"]);

const bytesOf = ({ source, offset, end }: Message): Uint8Array => source.bytes.subarray(offset, end);

/** What is wrong with a message by the laws that hold for every declaration; undefined if nothing. */
function lawBroken(message: Message): string | undefined {
  const inspection = message.inspect();
  if (message.pdu === undefined || inspection === undefined) return "no declaration";
  if (inspection.error !== undefined) return inspection.error.message;
  const bytes = bytesOf(message);
  const fault = tilingFault(inspection.fields, bytes.length);
  if (fault >= 0) return `the spans do not tile at byte ${fault}`;
  // Compared as buffers: the matcher goes byte by byte over millions of them.
  if (Buffer.compare(message.pdu.encode(message.value), bytes) === 0) return undefined;
  const lossy = inspection.deviations.filter(({ rule }) => deviationRules[rule].lossy);
  return lossy.length === 0 ? "re-encoding differs" : undefined;
}

interface Findings {
  messages: number;
  /** `name: what is wrong` of messages that break a law. */
  readonly broken: Set<string>;
  /** `name.field: rule` of lossy deviations. */
  readonly lossy: Set<string>;
  /** `channel: trouble`, and gaps. */
  readonly troubles: Set<string>;
}

function findings(events: readonly StreamEvent[]): Findings {
  const found: Findings = {
    messages: 0,
    broken: new Set(),
    lossy: new Set(),
    troubles: new Set(),
  };
  dissect(events, (record) => {
    if (!isMessage(record)) {
      found.troubles.add("gap");
      return;
    }
    if (record.trouble !== undefined) {
      found.troubles.add(`${record.channel}: ${record.trouble}`);
      return;
    }
    found.messages++;
    const broken = lawBroken(record);
    if (broken !== undefined) found.broken.add(`${record.name}: ${broken}`);
    for (const { rule, field } of record.inspect()?.deviations ?? []) {
      if (deviationRules[rule].lossy) found.lossy.add(`${record.name}.${field}: ${rule}`);
    }
  });
  return found;
}

/** The streams as the capture has them, and as the frames of the outermost layer have them. */
function streamsAndFrames(events: readonly StreamEvent[]): Buffer[][] {
  const streams: { [of in "c2s" | "s2c"]: Uint8Array[] } = { c2s: [], s2c: [] };
  const frames: { [of in "c2s" | "s2c"]: Uint8Array[] } = { c2s: [], s2c: [] };
  for (const event of events) if (event.type === "data") streams[event.direction].push(event.bytes);
  dissect(events, (record: Record) => {
    if (isMessage(record) && framePaths.has(record.path)) {
      frames[record.direction].push(bytesOf(record).slice());
    }
  });
  return [streams, frames].map(({ c2s, s2c }) => [Buffer.concat(c2s), Buffer.concat(s2c)]);
}

function expectFramesToCover(events: readonly StreamEvent[]): void {
  const [[c2s, s2c] = [], [clientFrames, serverFrames] = []] = streamsAndFrames(events);
  if (!c2s || !s2c || !clientFrames || !serverFrames) throw new Error("two directions");
  expect(c2s.length).toBeGreaterThan(1000);
  expect(s2c.length).toBeGreaterThan(1000);
  expect([clientFrames.length, serverFrames.length]).toEqual([c2s.length, s2c.length]);
  expect([clientFrames.equals(c2s), serverFrames.equals(s2c)]).toEqual([true, true]);
}

describe.each(fixtures)("%s", (name) => {
  test("every message decodes, its spans tile, it re-encodes byte for byte", async () => {
    const { messages, broken, lossy, troubles } = findings(await eventsOf(fixture(name)));
    expect([...broken]).toEqual([]);
    expect([...troubles]).toEqual([]);
    // xfreerdp and WSLg's server never send what re-encoding would lose.
    expect([...lossy]).toEqual([]);
    expect(messages).toBeGreaterThan(1000);
  });

  test("the frames are the TCP streams, byte for byte", async () => {
    expectFramesToCover(await eventsOf(fixture(name)));
  });
});
