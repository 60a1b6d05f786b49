import { EncodeError, sourceOf, type FieldSpan } from "@railvail/wire";
import { PrimaryOrder, PrimaryOrderFlags } from "./pdu/primary-order.js";
import { primaryOrderLayouts, type PrimaryOrderLayout } from "./primary-order-fields.js";
import {
  boundsEdges,
  fieldForm,
  integers,
  sendsBounds,
  sentFieldFlagBytes,
  type IntegerType,
  type PrimaryFieldValue,
  type PrimaryOrderParts,
} from "./primary-order-parts.js";

/** What stands on the wire for one name. */
type Piece =
  | { readonly name: string; readonly type: IntegerType; readonly value: number }
  | { readonly name: string; readonly type: "bytes"; readonly value: Uint8Array };

const sizeOf = (piece: Piece): number => (piece.type === "bytes" ? piece.value.length : integers[piece.type].size);

const flagTypes = [undefined, "u8", "u16", "u24"] as const;

/** Checks the parts against each other while it lays them out. */
class Layouter {
  readonly pieces: Piece[] = [];
  private readonly pdu: string;

  constructor(pdu: string) {
    this.pdu = pdu;
  }

  integer(name: string, type: IntegerType, value: PrimaryFieldValue | undefined): void {
    if (value === undefined) throw new EncodeError(this.pdu, name, { code: "missing" });
    const { least, most } = integers[type];
    const fits = typeof value === "number" && Number.isInteger(value) && value >= least && value <= most;
    if (!fits) this.refuse(name, value, `${least} to ${most}`);
    else this.pieces.push({ name, type, value });
  }

  bytes(name: string, value: PrimaryFieldValue | undefined, fixed?: number): void {
    if (value === undefined) throw new EncodeError(this.pdu, name, { code: "missing" });
    if (!(value instanceof Uint8Array)) this.refuse(name, value, "bytes");
    else if (fixed !== undefined && value.length !== fixed) this.refuse(name, value.length, `${fixed} bytes`);
    else this.pieces.push({ name, type: "bytes", value });
  }

  /** A value that no flag announces. */
  absent(name: string, value: unknown, reason = "given, and its flag is not set"): void {
    if (value !== undefined) throw new EncodeError(this.pdu, name, { code: "conflict", reason });
  }

  refuse(name: string, value: unknown, allowed: string): never {
    throw new EncodeError(this.pdu, name, { code: "out-of-range", value, allowed });
  }
}

function layOut(parts: PrimaryOrderParts): Piece[] {
  const { controlFlags, orderType } = parts;
  const layout = primaryOrderLayouts[orderType];
  const out = new Layouter(layout?.name ?? PrimaryOrder.name);
  if (layout === undefined) return out.refuse("orderType", orderType, "types of primary orders");
  out.integer("controlFlags", "u8", controlFlags);
  if ((controlFlags & 0x03) !== PrimaryOrderFlags.TS_STANDARD) {
    out.refuse("controlFlags", controlFlags, "TS_STANDARD without TS_SECONDARY");
  }
  if ((controlFlags & PrimaryOrderFlags.TS_TYPE_CHANGE) !== 0) out.integer("orderType", "u8", orderType);
  layOutFieldFlags(out, layout, parts);
  layOutBounds(out, parts);
  layOutFields(out, layout, parts);
  return out.pieces;
}

function layOutFieldFlags(out: Layouter, layout: PrimaryOrderLayout, parts: PrimaryOrderParts): void {
  const { controlFlags, fieldFlags } = parts;
  const type = flagTypes[sentFieldFlagBytes(layout, controlFlags)];
  if (type !== undefined) out.integer("fieldFlags", type, fieldFlags);
  else if (fieldFlags !== 0) out.refuse("fieldFlags", fieldFlags, "0, as none is sent");
}

function layOutBounds(out: Layouter, { controlFlags, boundsFlags, bounds }: PrimaryOrderParts): void {
  const sends = sendsBounds(controlFlags);
  if (sends) out.integer("bounds.flags", "u8", boundsFlags);
  else out.absent("bounds.flags", boundsFlags);
  for (const { edge, absolute, delta } of boundsEdges) {
    const name = `bounds.${edge}`;
    const flags = sends ? (boundsFlags ?? 0) & (absolute | delta) : 0;
    if (flags === 0) out.absent(name, bounds?.[edge]);
    else out.integer(name, (flags & absolute) === 0 ? "i8" : "i16", bounds?.[edge]);
  }
}

function layOutFields(out: Layouter, layout: PrimaryOrderLayout, parts: PrimaryOrderParts): void {
  const { controlFlags, fieldFlags, fields } = parts;
  const named = new Set(layout.fields.map(({ name }) => name));
  for (const name of Object.keys(fields))
    if (!named.has(name)) out.absent(name, fields[name], "not a field of this order");
  for (const [bit, field] of layout.fields.entries()) {
    const { name } = field;
    const value = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if ((fieldFlags & (1 << bit)) === 0) {
      out.absent(name, value);
      continue;
    }
    const form = fieldForm(field, controlFlags);
    if ("integer" in form) out.integer(name, form.integer, value);
    else if ("fixed" in form) out.bytes(name, value, form.fixed);
    else {
      if (value instanceof Uint8Array) out.integer(`${name}Length`, form.prefix, value.length);
      out.bytes(name, value);
    }
  }
}

/**
 * The bytes of an order, exactly as its parts say: what was read gives the same bytes. Throws
 * {@link EncodeError} if flags and values contradict each other or a value does not fit.
 */
export function encodePrimaryOrder(parts: PrimaryOrderParts): Uint8Array {
  const pieces = layOut(parts);
  const bytes = new Uint8Array(pieces.reduce((sum, piece) => sum + sizeOf(piece), 0));
  const { view } = sourceOf(bytes);
  let at = 0;
  for (const piece of pieces) {
    const size = sizeOf(piece);
    if (piece.type === "bytes") bytes.set(piece.value, at);
    else for (let byte = 0; byte < size; byte++) view.setUint8(at + byte, piece.value >>> (8 * byte));
    at += size;
  }
  return bytes;
}

/** The fields of an order with offset, length and value, as `inspect` gives those of other messages. */
export function primaryOrderSpans(parts: PrimaryOrderParts): FieldSpan[] {
  let at = 0;
  return layOut(parts).map((piece) => {
    const { name, type, value } = piece;
    const length = sizeOf(piece);
    const span: FieldSpan = { name, type, offset: at, length, value };
    at += length;
    return span;
  });
}
