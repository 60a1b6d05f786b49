import type { Message } from "@railvail/dissect";
import type { Node, Pdu } from "@railvail/wire";

/** The byte `at` bytes into a message, 0 if it is shorter. */
export const byteOf = ({ source, offset, end }: Message, at: number): number =>
  offset + at < end ? (source.bytes[offset + at] ?? 0) : 0;

export const u16Of = (message: Message, at: number): number => byteOf(message, at) + 256 * byteOf(message, at + 1);

const flagsOffset = 3;
const newWindow = 0x1000_0000 / 2 ** 24;

/** A windowing order of a window that is new, or of one that exists. */
export const windowKindOf = (message: Message): string =>
  (byteOf(message, flagsOffset + 3) & newWindow) === 0 ? "WINDOW UPDATE" : "WINDOW NEW";

const fragments = ["", " last", " first", " next"];
const compressedBit = 0x20;

/** What of a fast-path update is there, and whether it is compressed. */
export function fragmentOf(message: Message): string {
  const header = byteOf(message, 0);
  const flags = header >= 0x80 ? byteOf(message, 1) : 0;
  return `${fragments[(header >> 4) & 3]}${(flags & compressedBit) === 0 ? "" : " (compressed)"}`;
}

/** The enumerated field of a declaration, from its numbers to its names. */
function namesOf(pdu: Pdu, field: string): ReadonlyMap<number, string> {
  const found = pdu.node.fields.find(([name]) => name === field)?.[1];
  return new Map(Object.entries(valuesOf(found)).map(([name, value]) => [value, name]));
}

const valuesOf = (node: Node | undefined): Readonly<Record<string, number>> =>
  node?.kind === "int" ? (node.values ?? {}) : {};

const names = new WeakMap<Pdu, ReadonlyMap<number, string>>();

function nameOf(message: Message, field: string, value: number): string | undefined {
  const { pdu } = message;
  if (pdu === undefined) return undefined;
  let known = names.get(pdu);
  if (known === undefined) names.set(pdu, (known = namesOf(pdu, field)));
  return known.get(value);
}

const codecOffset = 10;

/** The codec of a wire-to-surface command. */
export function codecOf(message: Message): string {
  const codec = u16Of(message, codecOffset);
  return nameOf(message, "codecId", codec)?.toUpperCase() ?? `0x${codec.toString(16)}`;
}

const typeOffset = 14;
const compressedTypeOffset = 15;

/** A Data PDU whose body was not read: compressed, or of an unknown type. */
export function shareDataOf(message: Message): string {
  const type = byteOf(message, typeOffset);
  const name = nameOf(message, "pduType2", type);
  const words = name?.replace(/([a-z])([A-Z])/g, "$1_$2").toUpperCase() ?? `0x${type.toString(16)}`;
  const compressed = (byteOf(message, compressedTypeOffset) & compressedBit) !== 0;
  return `DATA ${words}${compressed ? " (compressed)" : ""}`;
}
