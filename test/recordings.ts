import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { openCapture, readCapture, type StreamEvent } from "@railvail/capture";
import { Dissector, type Message, type Record, type Sink } from "@railvail/dissect";

const root = new URL("../", import.meta.url);

/** A file of a recorded session in `fixtures/`. */
export const fixture = (name: string, file = "session.pcap.gz"): string =>
  fileURLToPath(new URL(`fixtures/${name}/${file}`, root));

export const fixtureText = (name: string, file: string): string => readFileSync(fixture(name, file), "utf8");

/** The sessions that are part of the project. All are without TLS and without compression. */
export const fixtures = [
  "wslg-audio",
  "wslg-clipboard",
  "wslg-multimon",
  "wslg-rail-basic",
  "wslg-vail-gfxredir",
] as const;

const shared = fileURLToPath(new URL("../shared/captures/", root));

/** A file of one of the {@link captures}. */
export const captureFile = (name: string, file = "session.pcap.gz"): string => `${shared}${name}/${file}`;

/** Recorded sessions by name, those of the project among them; they lie beside the repository, on some machines only. */
export const captures: readonly string[] = existsSync(shared)
  ? readdirSync(shared).filter((name) => existsSync(captureFile(name)))
  : [];

/** For the titles of suites that need {@link captures}. */
export const whyLess = "skipped where ../shared/captures is missing";

/** All events of a capture. Their bytes stay valid. */
export async function eventsOf(path: string): Promise<StreamEvent[]> {
  const events: StreamEvent[] = [];
  for await (const batch of readCapture(openCapture(path))) events.push(...batch);
  return events;
}

/** Hands the records of all connections to the sink. */
export function dissect(events: Iterable<StreamEvent>, sink: Sink): void {
  const dissectors = new Map<number, Dissector>();
  for (const event of events) {
    if (!("connection" in event)) continue;
    const { id, startMissing } = event.connection;
    let dissector = dissectors.get(id);
    if (dissector === undefined) {
      dissector = new Dissector({ connection: id, startMissing, sink });
      dissectors.set(id, dissector);
    }
    if (event.type === "data") dissector.data(event.direction, event.bytes, event);
    else if (event.type === "gap") {
      dissector.gap(event.direction, event.length, event.reason, event);
    } else if (event.type === "close") dissector.end(event);
  }
}

/** Hands the records of a capture to the sink. */
export async function walk(path: string, sink: Sink): Promise<void> {
  dissect(await eventsOf(path), sink);
}

export const isMessage = (record: Record): record is Message => record.type === "message";

/** Hands the messages of one channel to the sink, headers of lower layers left out. */
export async function walkChannel(name: string, channel: string, sink: (message: Message) => void): Promise<void> {
  await walk(fixture(name), (record) => {
    if (isMessage(record) && !record.envelope && record.channel === channel) sink(record);
  });
}
