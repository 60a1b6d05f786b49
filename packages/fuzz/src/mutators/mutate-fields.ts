import { leaves, type Choice, type FieldSpan, type Pdu } from "@railvail/wire";
import { chance, pick } from "../choice.js";
import { joined } from "../joined.js";
import { controlFields } from "./control-fields.js";
import { mutateBytes } from "./mutate-bytes.js";

/** A number of a few bytes; the least significant one comes first unless `big`. */
function write(bytes: Uint8Array, { offset, length }: FieldSpan, value: bigint, big: boolean): Uint8Array {
  const copy = bytes.slice();
  for (let index = 0; index < length; index++) {
    const at = big ? offset + length - 1 - index : offset + index;
    copy[at] = Number((value >> BigInt(8 * index)) & 0xffn);
  }
  return copy;
}

/** What a number is set to: what readers add to, multiply and compare with. */
function odd(value: bigint, bits: bigint, total: number, choice: Choice): bigint {
  const most = (1n << bits) - 1n;
  const size = BigInt(total);
  const values = [
    value + 1n,
    value - 1n,
    0n,
    most,
    most - 1n,
    most >> 1n,
    (most >> 1n) + 1n,
    value * 2n,
    value >> 1n,
    size,
    size + 1n,
    size - 1n,
    value ^ (1n << BigInt(choice.int(0, Number(bits) - 1))),
    BigInt(choice.int(0, 0xffff_ffff)),
  ];
  return (pick(choice, values) ?? 0n) & most;
}

const isNumber = ({ value, length }: FieldSpan): boolean =>
  (typeof value === "number" || typeof value === "bigint") && length <= 8;

/**
 * Bytes that differ in one field of the declaration: a length, count, flag or other number off by one, zero or huge;
 * a field taken out or doubled; the message cut at or in a field. The result is memory of its own.
 */
export function mutateFields(pdu: Pdu, bytes: Uint8Array, choice: Choice): Uint8Array {
  const fields = [...leaves(pdu.inspect(bytes).fields)];
  const control = controlFields(pdu);
  const telling = fields.filter(({ name }) => control.has(name));
  const field = (chance(choice, 2) ? pick(choice, telling) : undefined) ?? pick(choice, fields);
  if (field === undefined) return mutateBytes(bytes, choice);
  const { offset, length } = field;
  const end = offset + length;
  if (isNumber(field) && !chance(choice, 5)) {
    const bits = BigInt(8 * length);
    const value = BigInt.asUintN(Number(bits), BigInt(field.value as number | bigint));
    return write(bytes, field, odd(value, bits, bytes.length, choice), field.type.endsWith("be"));
  }
  switch (choice.int(0, 3)) {
    case 0:
      return joined([bytes.subarray(0, offset), bytes.subarray(end)]);
    case 1:
      return joined([bytes.subarray(0, end), bytes.subarray(offset)]);
    case 2:
      return bytes.slice(0, offset + choice.int(0, length));
    default: {
      const inner = mutateBytes(bytes.subarray(offset, end), choice);
      return joined([bytes.subarray(0, offset), inner, bytes.subarray(end)]);
    }
  }
}
