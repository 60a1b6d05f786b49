import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { concat } from "../testing/packet.js";
import { text } from "../testing/sending.js";
import { transcribe, type Transcript } from "../testing/transcript.js";
import { readRawStreams, type RawStream, type StreamEvent } from "./index.js";

const request = Uint8Array.of(3, 0, 0, 11, 6, 0xe0, 0, 0, 0, 0, 0);
const confirm = request.with(5, 0xd0);

/** The bytes, cut at the places. */
const chunked = (bytes: Uint8Array, places: readonly number[] = []): AsyncIterable<Uint8Array> => {
  const cuts = [0, ...places.map((place) => place % (bytes.length + 1)).toSorted((a, b) => a - b), bytes.length];
  return (async function* () {
    for (let index = 1; index < cuts.length; index++) {
      await Promise.resolve();
      yield bytes.slice(cuts[index - 1], cuts[index]);
    }
  })();
};

const eventsOf = async (streams: Parameters<typeof readRawStreams>[0]): Promise<StreamEvent[]> => {
  const events: StreamEvent[] = [];
  for await (const batch of readRawStreams(streams)) events.push(...batch);
  return events;
};

const read = async (streams: Parameters<typeof readRawStreams>[0]): Promise<Transcript> =>
  transcribe(await eventsOf(streams));

/** A unit of each kind that a stream begins with, or noise. */
const unit = fc.oneof(
  fc.uint8Array({ maxLength: 40 }).map((body) => concat([3, 0, 0, body.length + 4], body)),
  fc.uint8Array({ maxLength: 40 }).map((body) => concat([0x17, 3, 3, 0, body.length], body)),
  fc.uint8Array({ maxLength: 40 }).map((body) => concat([0, body.length + 2], body)),
  fc.uint8Array({ maxLength: 40 }).map((body) => concat([0, 0x80, body.length + 3], body)),
  fc.uint8Array({ maxLength: 40 }),
);
const stream = fc.array(unit, { maxLength: 80 }).map((units) => concat(request, ...units));
const numbers = fc.array(fc.nat(), { maxLength: 6 });

const forms: Readonly<Record<string, (bytes: Uint8Array, places: readonly number[]) => RawStream>> = {
  bytes: (bytes, places) => ({ chunks: chunked(bytes, places) }),
  gzip: (bytes, places) => ({ chunks: chunked(gzipSync(bytes), places) }),
  hex: (bytes, places) => ({ chunks: chunked(text(Buffer.from(bytes).toString("hex")), places), text: "hex" }),
  "gzipped hex": (bytes, places) => ({
    chunks: chunked(gzipSync(Buffer.from(bytes).toString("hex")), places),
    text: "hex",
  }),
};

describe.each(Object.keys(forms))("%s", (form) => {
  test("give the streams, however the files are cut", async () => {
    await fc.assert(
      fc.asyncProperty(stream, stream, numbers, fc.constantFrom("c2s", "s2c", "both"), async (a, b, cuts, which) => {
        const of = forms[form];
        if (of === undefined) throw new Error("no such form");
        const { connections, problems } = await read({
          ...(which === "s2c" ? {} : { c2s: of(a, cuts) }),
          ...(which === "c2s" ? {} : { s2c: of(b, cuts) }),
        });
        expect(problems).toEqual([]);
        const none = new Uint8Array(0);
        expect(connections.map(({ c2s, s2c }) => [c2s.bytes, s2c.bytes])).toEqual([
          [which === "s2c" ? none : a, which === "c2s" ? none : b],
        ]);
      }),
      { numRuns: 40 },
    );
  });
});

test("two directions begin in turns, the client's first; then the server's goes on before the client's", async () => {
  const [c2s, s2c] = [concat(...Array<Uint8Array>(100).fill(request)), concat(...Array<Uint8Array>(70).fill(confirm))];
  const events = await eventsOf({ c2s: { chunks: chunked(c2s, [500]) }, s2c: { chunks: chunked(s2c, [3, 5, 7]) } });
  const data = events.filter((event) => event.type === "data");
  const ways = data.map(({ direction }) => direction);
  expect(ways.slice(0, 128)).toEqual(Array.from({ length: 64 }, () => ["c2s", "s2c"]).flat());
  const rest = ways.slice(128);
  expect(rest).toEqual(rest.toSorted().toReversed());
  expect(data.slice(0, 128).every(({ bytes }) => bytes.length === 11)).toBe(true);
  expect(data.every(({ time, packet }) => time === 0n && packet === 0)).toBe(true);
});

test.each([
  ["a connection request", { c2s: request }, false],
  ["a confirm", { s2c: confirm }, false],
  ["both", { c2s: request, s2c: confirm }, false],
  ["the wrong direction", { c2s: confirm }, true],
  ["only one of two", { c2s: request, s2c: text("what is this") }, true],
  ["nothing", { c2s: new Uint8Array(0) }, true],
] as const)("the start is missing unless files begin as sessions do: %s", async (_, files, startMissing) => {
  const streams = Object.fromEntries(Object.entries(files).map(([way, bytes]) => [way, { chunks: chunked(bytes) }]));
  const { connections } = await read(streams);
  expect(connections.map(({ connection }) => connection)).toEqual([
    { id: 0, client: { address: "", port: 0 }, server: { address: "", port: 0 }, startMissing },
  ]);
});

describe("damage", () => {
  test("a mistake in hex is a problem with its place; what came before is given", async () => {
    const hex = text("\ufeff03 00\n0g 01");
    const { connections, problems } = await read({ c2s: { chunks: chunked(hex, [1, 7]), text: "hex" } });
    expect(connections[0]?.c2s.bytes).toEqual(Uint8Array.of(3, 0));
    expect(problems).toEqual([
      {
        kind: "damaged-hex",
        message: "line 2, column 2: 'g' is no hex digit",
        offset: 2,
        direction: "c2s",
        stopped: true,
      },
    ]);
  });

  test("gzip that ends early is a problem; what came before is given", async () => {
    const bytes = new Uint8Array(300_000).map((_, index) => Math.imul(index, 0x9e3779b1) >>> 13);
    const { connections, problems } = await read({ s2c: { chunks: chunked(gzipSync(bytes).subarray(0, -5000)) } });
    const length = connections[0]?.s2c.bytes.length ?? 0;
    expect(length).toBeGreaterThan(1000);
    expect(problems).toMatchObject([{ kind: "damaged-gzip", offset: length, stopped: true }]);
  });

  test("files are closed when the consumer leaves, and what they throw passes through", async () => {
    let closed = 0;
    const watched = async function* (): AsyncGenerator<Uint8Array, void, undefined> {
      try {
        for (;;) yield await Promise.resolve(request);
      } finally {
        closed++;
      }
    };
    for await (const [event] of readRawStreams({ c2s: { chunks: watched() }, s2c: { chunks: watched() } })) {
      if (event?.type === "data") break;
    }
    expect(closed).toBe(2);
    const failing = async function* (): AsyncGenerator<Uint8Array, void, undefined> {
      yield await Promise.resolve(request);
      throw new Error("no more");
    };
    await expect(eventsOf({ c2s: { chunks: failing() }, s2c: { chunks: watched() } })).rejects.toThrow("no more");
    expect(closed).toBe(3);
  });
});
