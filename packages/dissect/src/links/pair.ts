import type { Pdu } from "@railvail/wire";
import type { Direction } from "../record.js";
import type { Relation } from "./link.js";

/** What tells which of several earlier messages is meant. */
export type Key = string | number | bigint;

/** A message that can stand on one side of a pair. */
export interface PairMessage {
  readonly pdu: Pdu;
  /** The key of a value; undefined if a message with this value is no part of the pair. */
  readonly key: (value: unknown) => Key | undefined;
  /** After it the first message is forgotten, though it may have many second ones. */
  readonly last: boolean;
}

/** Messages that belong together. */
export interface Pair {
  readonly kind: string;
  readonly first: readonly PairMessage[];
  readonly second: readonly PairMessage[];
  /** `answers`, unless stated: the second message comes from the other side. `refers`: from the same side. */
  readonly relation?: Relation;
  /** Who sends the first message, where both sides send messages of its declaration. */
  readonly from?: Direction;
  /**
   * How many second messages a first one has. `one`, unless stated: without keys of their own they
   * come in the order of the first. `many`: acknowledgements that peers repeat, uses of an object;
   * a first message takes the place of an older one with the same key.
   */
  readonly seconds?: "one" | "many";
  /** The two are not on the same channel. */
  readonly across?: boolean;
}

const noKey = (): Key => 0;

/** A message and its key; without a function for it, those that wait are told apart by order only. */
export const by = <T>(pdu: Pdu<T>, key: (value: T) => Key | undefined = noKey): PairMessage => ({
  pdu,
  key: key as (value: unknown) => Key | undefined,
  last: false,
});

/** The same for a message that ends what the first one began. */
export const lastBy = <T>(pdu: Pdu<T>, key: (value: T) => Key | undefined): PairMessage => ({
  ...by(pdu, key),
  last: true,
});
