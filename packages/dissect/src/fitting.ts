import { DecodeError, type Family, type Pdu, type Source } from "@railvail/wire";
import type { MessageLength } from "./channel-reader.js";
import { senderOf } from "./place.js";
import type { Direction } from "./record.js";

/**
 * Whether bytes are a whole message of a channel, beyond reasonable doubt: known numbers that this
 * side sends, every field where it belongs, and nothing left over.
 */
export type Fits = (direction: Direction, source: Source, offset: number, end: number) => boolean;

/** The value of bytes that `pdu` fills exactly; undefined if it refuses them or some are left over. */
export function decodedWhole<T>(pdu: Pdu<T>, source: Source, offset: number, end: number): T | undefined {
  try {
    const value = pdu.read(source, offset, end);
    const { trailing } = value as { readonly trailing?: Uint8Array };
    return trailing === undefined ? value : undefined;
  } catch (error) {
    if (error instanceof DecodeError) return undefined;
    throw error;
  }
}

/** The member of a family that the bytes are, if the side that sends them does send it. */
export function sentMember(
  family: Pick<Family, "match">,
  direction: Direction,
  source: Source,
  offset: number,
  end: number,
): Pdu | undefined {
  const sender = senderOf(direction);
  const pdu = family.match(source, offset, end, sender);
  return pdu?.sentBy === "both" || pdu?.sentBy === sender ? pdu : undefined;
}

/** Messages with a common header, one after the other. */
export function chainFits(family: Family, lengthOf: MessageLength): Fits {
  return (direction, source, offset, end) => {
    let at = offset;
    while (at < end) {
      const length = lengthOf(source, at, end);
      if (length === undefined || length === 0) return false;
      const pdu = sentMember(family, direction, source, at, at + length);
      if (pdu === undefined || decodedWhole(pdu, source, at, at + length) === undefined) return false;
      at += length;
    }
    return end > offset;
  };
}

/** The name of the only entry that fits; undefined if none does or several do. */
export function onlyFitting(
  table: ReadonlyMap<string, Fits>,
  direction: Direction,
  source: Source,
  offset: number,
  end: number,
): string | undefined {
  let found: string | undefined;
  for (const [name, fits] of table) {
    if (!fits(direction, source, offset, end)) continue;
    if (found !== undefined) return undefined;
    found = name;
  }
  return found;
}
