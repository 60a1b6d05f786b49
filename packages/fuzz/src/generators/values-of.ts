import { generate, type Pdu } from "@railvail/wire";
import fc from "fast-check";
import { drawn } from "../choice.js";

/** Values that a declaration can encode. They shrink. */
export const valuesOf = <T>(pdu: Pdu<T>): fc.Arbitrary<T> =>
  fc.gen().map((draw) => generate(pdu, drawn(draw, fc.integer)));

/** Messages of a declaration as bytes. They shrink. */
export const messagesOf = <T>(pdu: Pdu<T>): fc.Arbitrary<Uint8Array> => valuesOf(pdu).map((value) => pdu.encode(value));
