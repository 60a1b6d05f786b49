import { sessionStart } from "./client-side.js";
import { RawSide, type RawStream } from "./raw-side.js";
import type { CloseEvent, Connection, Direction, StreamEvent } from "./stream-event.js";

/** Bytes that tell whether a stream begins where a session does. */
const tellingBytes = 9;
/** So long, a unit of one direction is taken for the answer to one of the other. */
const turns = 64;

const nobody = { address: "", port: 0 } as const;

/**
 * Reads one connection from files that hold nothing but the bytes of its directions (gzip or not),
 * and yields its events as {@link readCapture} does. There are no times and no packets: both are 0,
 * and addresses are empty.
 *
 * Of two files it is not known what was sent when. The first 64 units (TPKTs, TLS records) of both
 * are taken in turns, the client's first, which follows how sessions are opened; then comes the
 * rest of what the server sent, since it names the channels, and then the rest of the client's.
 *
 * The start of the connection is taken for missing unless each file begins as sessions do. A text
 * that is no hex is a `problem` event; what `chunks` throw passes through.
 */
export async function* readRawStreams(
  streams: Readonly<Partial<Record<Direction, RawStream>>>,
): AsyncGenerator<readonly StreamEvent[], void, undefined> {
  const { c2s, s2c } = streams;
  const client = c2s && new RawSide("c2s", c2s);
  const server = s2c && new RawSide("s2c", s2c);
  const sides = [client, server].filter((side) => side !== undefined);
  try {
    const connection = await connectionOf(sides);
    yield [{ type: "open", connection, time: 0n, packet: 0 }];
    for (let turn = 0; turn < turns && sides.length > 1; turn++) {
      for (const side of sides) {
        const event = await side.unit(connection);
        if (event !== undefined) yield [event];
      }
    }
    for (const side of sides.toReversed()) {
      for (;;) {
        const event = await side.next(connection);
        if (event === undefined) break;
        yield [event];
      }
      if (side.problem !== undefined) yield [side.problem];
    }
    const close: CloseEvent = { type: "close", connection, time: 0n, packet: 0, how: "end" };
    yield [close];
  } finally {
    for (const side of sides) await side.close();
  }
}

async function connectionOf(sides: readonly RawSide[]): Promise<Connection> {
  let startMissing = false;
  for (const side of sides) {
    const bytes = await side.begin(tellingBytes);
    const sender = sessionStart(bytes, 0, bytes.length);
    if (sender !== (side.direction === "c2s" ? "client" : "server")) startMissing = true;
  }
  return { id: 0, client: nobody, server: nobody, startMissing };
}
