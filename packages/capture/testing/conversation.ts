/** Random TCP conversations for property tests. */
import fc from "fast-check";
import { ack, fin, push, syn, type Segment } from "./packet.js";

export interface Conversation {
  readonly c2s: Uint8Array;
  readonly s2c: Uint8Array;
  readonly clientIsn: number;
  readonly serverIsn: number;
  /** Handshake; always in order. */
  readonly opening: readonly Segment[];
  /** Data and both FINs, in the order sent. Each byte of the streams is sent once. */
  readonly rest: readonly Segment[];
}

interface Shape {
  readonly c2s: Uint8Array;
  readonly s2c: Uint8Array;
  readonly clientIsn: number;
  readonly serverIsn: number;
  readonly sizes: readonly number[];
  readonly turns: readonly boolean[];
}

const converse = (shape: Shape): Conversation => {
  const { c2s, s2c, clientIsn, serverIsn, sizes, turns } = shape;
  const opening: Segment[] = [
    { fromClient: true, seq: clientIsn, flags: syn },
    { fromClient: false, seq: serverIsn, ack: clientIsn + 1, flags: syn | ack },
    { fromClient: true, seq: clientIsn + 1, ack: serverIsn + 1, flags: ack },
  ];
  const rest: Segment[] = [];
  const sent = { client: 0, server: 0 };
  for (let turn = 0; sent.client < c2s.length || sent.server < s2c.length; turn += 1) {
    const wish = turns[turn % turns.length] ?? true;
    const fromClient = wish ? sent.client < c2s.length : sent.server >= s2c.length;
    const size = sizes[turn % sizes.length] ?? 1;
    const stream = fromClient ? c2s : s2c;
    const start = fromClient ? sent.client : sent.server;
    const payload = stream.subarray(start, start + size);
    const seq = (fromClient ? clientIsn : serverIsn) + 1 + start;
    const acked = fromClient ? serverIsn + 1 + sent.server : clientIsn + 1 + sent.client;
    rest.push({ fromClient, seq, ack: acked, flags: ack, payload });
    if (fromClient) sent.client += payload.length;
    else sent.server += payload.length;
  }
  const clientEnd = clientIsn + 1 + c2s.length;
  const serverEnd = serverIsn + 1 + s2c.length;
  rest.push(
    { fromClient: true, seq: clientEnd, ack: serverEnd, flags: fin | ack },
    { fromClient: false, seq: serverEnd, ack: clientEnd + 1, flags: fin | ack },
    { fromClient: true, seq: clientEnd + 1, ack: serverEnd + 1, flags: ack },
  );
  return { c2s, s2c, clientIsn, serverIsn, opening, rest };
};

/** Sequence numbers often wrap within the stream. */
const isn = fc.oneof(fc.integer({ min: 0, max: 0xffffffff }), fc.integer({ min: 0xffffffff - 500, max: 0xffffffff }));

export const conversation = (maxLength = 2000): fc.Arbitrary<Conversation> =>
  fc
    .record({
      c2s: fc.uint8Array({ maxLength, size: "max" }),
      s2c: fc.uint8Array({ maxLength, size: "max" }),
      clientIsn: isn,
      serverIsn: isn,
      sizes: fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 12 }),
      turns: fc.array(fc.boolean(), { minLength: 1, maxLength: 12 }),
    })
    .map(converse);

/** Sends parts of the streams again, cut at other places. */
export const retransmissions = (talk: Conversation, picks: readonly number[]): Segment[] =>
  picks.map((pick) => {
    const fromClient = pick % 2 === 0;
    const stream = fromClient ? talk.c2s : talk.s2c;
    const start = Math.floor(pick / 2) % (stream.length + 1);
    const length = Math.floor(pick / 4096) % 600;
    const base = (fromClient ? talk.clientIsn : talk.serverIsn) + 1;
    const payload = stream.subarray(start, start + length);
    return { fromClient, seq: base + start, flags: push, payload };
  });

/** Moves each element at most `reach` places, as jittered arrival does. */
export const reorder = <T>(items: readonly T[], jitter: readonly number[], reach: number): T[] =>
  items
    .map((item, index) => ({
      item,
      at: index + (reach * (jitter[index % Math.max(1, jitter.length)] ?? 0)) / 100,
    }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ item }) => item);

export const mixIn = <T>(items: readonly T[], extra: readonly T[], places: readonly number[]): T[] => {
  const mixed = [...items];
  extra.forEach((item, index) => {
    mixed.splice((places[index % Math.max(1, places.length)] ?? 0) % (mixed.length + 1), 0, item);
  });
  return mixed;
};
