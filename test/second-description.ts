import { createRequire } from "node:module";
import { generate, type Pdu } from "@railvail/wire";
import type fc from "fast-check";
import { expect } from "vitest";
import { choices } from "./laws.js";

export type Fields = Readonly<Record<string, number>>;
type Kind = `uint${8 | 16 | 32 | 64}` | `int${16 | 32}` | `bit${1 | 2 | 4 | 7}`;
type Add = (name: string, options?: { formatter: (value: number) => unknown }) => Chain;

// The fields of the headers here, and of the messages in the test, are written from the
// specifications, not from the declarations.

/** A description with binary-parser, whose own types pull in Node's globals: what is used of it. */
export interface Chain extends Readonly<Record<Kind, Add>> {
  endianness(order: "little" | "big"): Chain;
  nest(name: string, options: { type: Chain }): Chain;
  array(name: string, options: { type: Chain; length: string | ((of: Fields) => number) }): Chain;
  choice(options: { tag: string; choices: Readonly<Record<number, Chain>> }): Chain;
  buffer(
    name: string,
    options: {
      length?: number | ((of: Fields) => number);
      readUntil?: "eof";
      formatter?: (bytes: Uint8Array) => unknown;
    },
  ): Chain;
  /** NaN if the size is not always the same. */
  sizeOf(): number;
  parse(bytes: Uint8Array): unknown;
}
const { Parser } = createRequire(import.meta.url)("binary-parser") as { Parser: new () => Chain };

/** More fields in their order, as text: `uint16 width height; uint8 depth`. */
export function fields(before: Chain, text: string): Chain {
  let chain = before;
  for (const group of text.split("; ")) {
    const [kind, ...names] = group.split(" ");
    for (const name of names) chain = chain[kind as Kind](name);
  }
  return chain;
}
export const little = (text = ""): Chain => fields(new Parser().endianness("little"), text);
export const big = (text = ""): Chain => fields(new Parser().endianness("big"), text);

/** What the messages of a protocol begin with, and what has to stand there. */
interface Header {
  readonly start: () => Chain;
  readonly holds: (type: number, length: number) => object;
}

interface More<T> {
  /** What stands on the wire and not in the value. */
  readonly hidden?: (value: T) => object;
  /** Makes values that the generator does not come to. */
  readonly vary?: (value: T, draw: fc.GeneratorValue) => T;
}

/** A message with its second description. */
export interface Described {
  readonly name: string;
  /** Encodes a random value and compares what both descriptions make of its bytes. */
  readonly agrees: (draw: fc.GeneratorValue) => void;
}

export function described<T>(
  pdu: Pdu<T>,
  header: Header,
  type: number,
  body: string | ((head: Chain) => Chain),
  { hidden, vary = (value) => value }: More<T> = {},
): Described {
  const parser = typeof body === "string" ? fields(header.start(), body) : body(header.start());
  const size = parser.sizeOf();
  const agrees = (draw: fc.GeneratorValue): void => {
    const bytes = pdu.encode(vary(generate(pdu, choices(draw)), draw));
    if (!Number.isNaN(size)) expect(bytes.length).toBe(size);
    const value = pdu.decode(bytes);
    const expected = { ...header.holds(type, bytes.length), ...value, ...hidden?.(value) };
    expect(parser.parse(bytes)).toEqual(expected);
  };
  return { name: pdu.name, agrees };
}

/** TS_RAIL_PDU_HEADER, [MS-RDPERP] 2.2.2.1: the length is that of the whole order. */
export const rail: Header = {
  start: () => little("uint16 orderType orderLength"),
  holds: (orderType, orderLength) => ({ orderType, orderLength }),
};
/** GFXREDIR_HEADER and RDPAPPLIST_HEADER: the length is that of the whole message. */
export const wslg: Header = {
  start: () => little("uint32 cmdId length"),
  holds: (cmdId, length) => ({ cmdId, length }),
};
/** RDPGFX_HEADER, [MS-RDPEGFX] 2.2.1.5: the length is that of the whole command. */
export const graphics: Header = {
  start: () => little("uint16 cmdId flags; uint32 pduLength"),
  holds: (cmdId, pduLength) => ({ cmdId, flags: 0, pduLength }),
};
/** DISPLAYCONTROL_HEADER, [MS-RDPEDISP] 2.2.1.1: the length is that of the whole message. */
export const display: Header = {
  start: () => little("uint32 type length"),
  holds: (type, length) => ({ type, length }),
};
/** SNDPROLOG, [MS-RDPEA] 2.2.1: the size is that of what follows these four bytes. */
export const sound: Header = {
  start: () => little("uint8 msgType bPad; uint16 bodySize"),
  holds: (msgType, length) => ({ msgType, bPad: 0, bodySize: length - 4 }),
};
/** SNDIN_PDU, [MS-RDPEAI] 2.2.1. */
export const soundInput: Header = {
  start: () => little("uint8 messageId"),
  holds: (messageId) => ({ messageId }),
};
/** CLIPRDR_HEADER, [MS-RDPECLIP] 2.2.1: the length is that of what follows these eight bytes. */
export const clipboard: Header = {
  start: () => little("uint16 msgType msgFlags; uint32 dataLen"),
  holds: (msgType, length) => ({ msgType, dataLen: length - 8 }),
};
/** TS_SHAREDATAHEADER, [MS-RDPBCGR] 2.2.8.1.1.1.2: type 7, and version 1 above its four bits. */
export const shareData: Header = {
  start: () =>
    little(
      "uint16 totalLength pduType pduSource; uint32 shareId; uint8 pad1 streamId; " +
        "uint16 uncompressedLength; uint8 pduType2 compressedType; uint16 compressedLength",
    ),
  holds: (pduType2, totalLength) => ({ totalLength, pduType: 0x17, pad1: 0, pduType2 }),
};
/** DomainMCSPDU, [T125] 7: the choice is in the upper six bits; user ids count from 1001. */
export const mcs: Header = {
  start: () =>
    big("uint8 choice")
      .uint16("initiator", { formatter: (stored) => stored + 1001 })
      .uint16("channelId"),
  holds: (choice) => ({ choice: choice * 4 }),
};
/** DYNVC_CAPS_RSP, [MS-RDPEDYC] 2.2.1.2: the lowest bits first. */
export const dynamic: Header = {
  start: () => little("bit2 cbId sp; bit4 cmd; uint8 pad"),
  holds: (cmd) => ({ cmd, pad: 0 }),
};
/** No header. */
export const headless: Header = { start: () => little(), holds: () => ({}) };
