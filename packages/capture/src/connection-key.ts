import type { TcpSegment } from "./tcp-segment.js";

/** Addresses and ports of a connection, as its first segment had them: from a to b. */
export interface ConnectionKey {
  readonly hash: number;
  readonly version: number;
  readonly a0: number;
  readonly a1: number;
  readonly a2: number;
  readonly a3: number;
  readonly aPort: number;
  readonly b0: number;
  readonly b1: number;
  readonly b2: number;
  readonly b3: number;
  readonly bPort: number;
}

/** Whether the segment goes the way of the first one. */
export const sameWay = (key: ConnectionKey, s: TcpSegment): boolean =>
  key.aPort === s.sourcePort &&
  key.bPort === s.destinationPort &&
  key.a0 === s.source0 &&
  key.b0 === s.destination0 &&
  key.version === s.version &&
  (s.version === 4 ||
    (key.a1 === s.source1 &&
      key.a2 === s.source2 &&
      key.a3 === s.source3 &&
      key.b1 === s.destination1 &&
      key.b2 === s.destination2 &&
      key.b3 === s.destination3));

const otherWay = (key: ConnectionKey, s: TcpSegment): boolean =>
  key.aPort === s.destinationPort &&
  key.bPort === s.sourcePort &&
  key.a0 === s.destination0 &&
  key.b0 === s.source0 &&
  key.version === s.version &&
  (s.version === 4 ||
    (key.a1 === s.destination1 &&
      key.a2 === s.destination2 &&
      key.a3 === s.destination3 &&
      key.b1 === s.source1 &&
      key.b2 === s.source2 &&
      key.b3 === s.source3));

const mix = (word0: number, word1: number, word2: number, word3: number, port: number): number => {
  let h = Math.imul(word0 ^ port, 0x9e3779b1);
  h = Math.imul(h ^ (h >>> 15) ^ word1, 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13) ^ word2, 0xc2b2ae35);
  h = Math.imul(h ^ (h >>> 16) ^ word3, 0x27d4eb2f);
  return h ^ (h >>> 15) ^ Math.imul(port, 0x165667b1);
};

/** The same for both directions of a connection. */
export const hashOf = (s: TcpSegment): number =>
  (mix(s.source0, s.source1, s.source2, s.source3, s.sourcePort) +
    mix(s.destination0, s.destination1, s.destination2, s.destination3, s.destinationPort)) |
  0;

export const sameConnection = (key: ConnectionKey, s: TcpSegment): boolean => sameWay(key, s) || otherWay(key, s);

export const keyOf = (s: TcpSegment): ConnectionKey => ({
  hash: hashOf(s),
  version: s.version,
  a0: s.source0,
  a1: s.source1,
  a2: s.source2,
  a3: s.source3,
  aPort: s.sourcePort,
  b0: s.destination0,
  b1: s.destination1,
  b2: s.destination2,
  b3: s.destination3,
  bPort: s.destinationPort,
});
