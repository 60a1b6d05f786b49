import { readFileSync } from "node:fs";
import {
  KeyLog,
  openCapture,
  readCapture,
  tlsKeyLog,
  TlsDecryptor,
  type StreamEvent,
  type TlsProblem,
} from "@railvail/capture";
import { Dissector, type Direction, type Sink } from "@railvail/dissect";
import { addMessage, countsJson, isCounted, type Counts, type MessageCount } from "@railvail/rail-dump";
import { describe, expect, test } from "vitest";
import { fixture, fixtureText, isMessage } from "./recordings.js";

const name = "debian-shadow-tls";

interface Outcome {
  readonly counts: {
    readonly [channel: string]: { readonly [direction: string]: { readonly [message: string]: MessageCount } };
  };
  /** `channel: trouble`, and gaps. */
  readonly troubles: string[];
  readonly problems: readonly TlsProblem[];
}

/** Decrypts and dissects, as a program does. */
function outcomeOf(events: readonly StreamEvent[], keys: KeyLog): Outcome {
  const counts: Counts = new Map();
  const troubles = new Set<string>();
  const problems: TlsProblem[] = [];
  const sink: Sink = (record) => {
    if (!isMessage(record)) troubles.add("gap");
    else if (record.trouble !== undefined) troubles.add(`${record.channel}: ${record.trouble}`);
    else if (isCounted(record)) addMessage(counts, record);
  };
  const connections = new Map<number, { readonly tls: TlsDecryptor; readonly dissector: Dissector }>();
  for (const event of events) {
    if (event.type === "secrets" && event.secretsType === tlsKeyLog) keys.add(event.bytes);
    if (!("connection" in event)) continue;
    const { id, startMissing } = event.connection;
    if (event.type === "open") {
      const dissector = new Dissector({ connection: id, startMissing, sink });
      /** Once something was decrypted, what was not is a hole; before, it shows that this is TLS. */
      const opened = { c2s: false, s2c: false };
      const tls = new TlsDecryptor({
        keys,
        startMissing,
        onPlain: (direction, bytes, moment) => {
          opened[direction] = tls.session !== undefined;
          dissector.data(direction, bytes, moment);
        },
        onSealed: (direction, bytes, moment) => {
          if (opened[direction]) dissector.gap(direction, bytes.length, "lost", moment);
          else dissector.data(direction, bytes, moment);
        },
        onGap: (direction, length, moment) => dissector.gap(direction, length, "lost", moment),
        onProblem: (problem) => problems.push(problem),
      });
      connections.set(id, { tls, dissector });
    }
    const reading = connections.get(id);
    if (event.type === "data") reading?.tls.data(event.direction, event.bytes, event);
    else if (event.type === "gap") reading?.tls.gap(event.direction, event.length, event);
    else if (event.type === "close") {
      reading?.tls.end(event);
      reading?.dissector.end(event);
    }
  }
  const { counts: counted } = JSON.parse(countsJson(counts)) as Outcome;
  return { counts: counted, troubles: [...troubles], problems };
}

async function eventsOf(path: string): Promise<StreamEvent[]> {
  const events: StreamEvent[] = [];
  for await (const batch of readCapture(openCapture(path))) events.push(...batch);
  return events;
}

const keysOf = (text: string): KeyLog => {
  const keys = new KeyLog();
  keys.add(text);
  return keys;
};

describe("a recorded session with TLS 1.3", () => {
  test("with its key log has the messages that an independent decoder counted", async () => {
    const expected = JSON.parse(readFileSync(fixture(name, "expected.json"), "utf8")) as Outcome;
    const { counts, troubles, problems } = outcomeOf(
      await eventsOf(fixture(name)),
      keysOf(fixtureText(name, "keylog.txt")),
    );
    expect(problems).toEqual([]);
    expect(troubles).toEqual([]);
    for (const [channel, messages] of Object.entries(expected.counts)) {
      expect({ [channel]: counts[channel] }).toEqual({ [channel]: messages });
    }
  });

  test("without a key log shows the negotiation and says what is needed", async () => {
    const { counts, troubles, problems } = outcomeOf(await eventsOf(fixture(name)), new KeyLog());
    expect(Object.keys(counts)).toEqual(["x224"]);
    expect(troubles).toEqual(["tls: encrypted"]);
    expect(problems.map(({ issue }) => issue.kind)).toEqual(["no-key", "undecrypted", "undecrypted"]);
    expect(problems[0]?.message).toContain("SSLKEYLOGFILE");
  });

  test("with a key log inside the capture, at its end, has them too", async () => {
    const text = fixtureText(name, "keylog.txt");
    const events = await eventsOf(fixture(name));
    const closing = events.findIndex(({ type }) => type === "close");
    const block = { type: "secrets", secretsType: tlsKeyLog, bytes: Buffer.from(text) } as const;
    const late = [...events.slice(0, closing), block, ...events.slice(closing)];
    const early = outcomeOf(events, keysOf(text));
    expect(outcomeOf(late, new KeyLog())).toEqual(early);
  });

  test("with losses gives what it can", async () => {
    const text = fixtureText(name, "keylog.txt");
    const events = await eventsOf(fixture(name));
    // Every twentieth packet of data is gone, handshake excepted.
    const lossy = events.map((event, index): StreamEvent => {
      if (event.type !== "data" || event.packet < 20 || index % 20 !== 0) return event;
      const { bytes, ...rest } = event;
      return { ...rest, type: "gap", length: bytes.length, reason: "lost" };
    });
    const count = ({ counts }: Outcome, direction: Direction): number =>
      Object.values(counts)
        .flatMap((messages) => Object.values(messages[direction] ?? {}))
        .reduce((sum, one) => sum + one.count, 0);
    const [whole, holed] = [outcomeOf(events, keysOf(text)), outcomeOf(lossy, keysOf(text))];
    for (const direction of ["c2s", "s2c"] as const) {
      expect(count(holed, direction)).toBeGreaterThan(count(whole, direction) * 0.6);
      expect(count(holed, direction)).toBeLessThan(count(whole, direction));
    }
    expect(holed.troubles).toContain("gap");
  });
});
