import { DecodeError, type DecodeIssue, type Source } from "@railvail/wire";
import { PrimaryOrder, PrimaryOrderFlags } from "./pdu/primary-order.js";
import { primaryOrderLayouts } from "./primary-order-fields.js";
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

const classBits = 0x03;

/** Reads the pieces of one order; all it throws is a {@link DecodeError}. */
class OrderCursor {
  pdu: string = PrimaryOrder.name;
  at: number;
  private readonly source: Source;
  private readonly start: number;
  private readonly end: number;

  constructor(source: Source, offset: number, end: number) {
    this.source = source;
    this.start = offset;
    this.at = offset;
    this.end = end;
  }

  integer(type: IntegerType, field: string): number {
    const { size } = integers[type];
    const { view } = this.source;
    const at = this.advance(size, field);
    switch (type) {
      case "u8":
        return view.getUint8(at);
      case "i8":
        return view.getInt8(at);
      case "u16":
        return view.getUint16(at, true);
      case "i16":
        return view.getInt16(at, true);
      case "u24":
        return view.getUint16(at, true) | (view.getUint8(at + 2) << 16);
      case "u32":
        return view.getUint32(at, true);
    }
  }

  bytes(size: number, field: string): Uint8Array {
    const at = this.advance(size, field);
    return this.source.bytes.subarray(at, at + size);
  }

  fail(field: string, at: number, issue: DecodeIssue): never {
    throw new DecodeError(this.pdu, field, at - this.start, issue);
  }

  private advance(needed: number, field: string): number {
    const { at } = this;
    const available = this.end - at;
    if (available < needed) this.fail(field, at, { code: "not-enough-bytes", needed, available });
    this.at += needed;
    return at;
  }
}

/** The order at `offset`, and its length in bytes. `lastType` is undefined if it was lost. */
export function readPrimaryParts(
  source: Source,
  offset: number,
  end: number,
  lastType: number | undefined,
): { readonly parts: PrimaryOrderParts; readonly length: number } {
  const cursor = new OrderCursor(source, offset, end);
  const controlFlags = cursor.integer("u8", "controlFlags");
  if ((controlFlags & classBits) !== PrimaryOrderFlags.TS_STANDARD) {
    cursor.fail("controlFlags", offset, {
      code: "out-of-range",
      value: controlFlags,
      allowed: "TS_STANDARD without TS_SECONDARY",
    });
  }
  const typeAt = cursor.at;
  const stated = (controlFlags & PrimaryOrderFlags.TS_TYPE_CHANGE) !== 0;
  const orderType = stated ? cursor.integer("u8", "orderType") : lastType;
  if (orderType === undefined) {
    const allowed = "TS_TYPE_CHANGE, as the type before was lost";
    return cursor.fail("controlFlags", offset, { code: "out-of-range", value: controlFlags, allowed });
  }
  const layout = primaryOrderLayouts[orderType];
  if (layout === undefined) {
    const allowed = "types of primary orders";
    return cursor.fail("orderType", typeAt, { code: "out-of-range", value: orderType, allowed });
  }
  cursor.pdu = layout.name;
  let fieldFlags = 0;
  for (let byte = 0; byte < sentFieldFlagBytes(layout, controlFlags); byte++) {
    fieldFlags |= cursor.integer("u8", "fieldFlags") << (8 * byte);
  }
  const sent = sendsBounds(controlFlags) ? readBounds(cursor) : undefined;
  const fields: Record<string, PrimaryFieldValue> = {};
  for (const [bit, field] of layout.fields.entries()) {
    if ((fieldFlags & (1 << bit)) === 0) continue;
    const { name } = field;
    const form = fieldForm(field, controlFlags);
    if ("integer" in form) fields[name] = cursor.integer(form.integer, name);
    else {
      const size = "fixed" in form ? form.fixed : cursor.integer(form.prefix, `${name}Length`);
      fields[name] = cursor.bytes(size, name);
    }
  }
  return { parts: { controlFlags, orderType, fieldFlags, ...sent, fields }, length: cursor.at - offset };
}

/** An edge that is flagged both ways is taken to be absolute, as clients do. */
function readBounds(cursor: OrderCursor): Pick<PrimaryOrderParts, "bounds" | "boundsFlags"> {
  const boundsFlags = cursor.integer("u8", "bounds.flags");
  const bounds: Record<string, number> = {};
  for (const { edge, absolute, delta } of boundsEdges) {
    if ((boundsFlags & (absolute | delta)) === 0) continue;
    bounds[edge] = cursor.integer((boundsFlags & absolute) === 0 ? "i8" : "i16", `bounds.${edge}`);
  }
  return { boundsFlags, bounds };
}
