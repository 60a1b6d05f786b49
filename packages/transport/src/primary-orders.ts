import type { Source } from "@railvail/wire";
import { PrimaryOrderFlags, PrimaryOrderType } from "./pdu/primary-order.js";
import { changedParts, type PrimaryOrderValues } from "./primary-order-changes.js";
import { primaryOrderLayouts, type PrimaryField } from "./primary-order-fields.js";
import {
  boundsEdges,
  type ClipRectangle,
  type PrimaryBounds,
  type PrimaryFieldValue,
  type PrimaryOrderParts,
} from "./primary-order-parts.js";
import { readPrimaryParts } from "./primary-order-read.js";
import { encodePrimaryOrder } from "./primary-order-write.js";

/** A primary order with what follows from the orders before it. */
export interface DecodedPrimaryOrder extends PrimaryOrderParts {
  /** The name and section of the type in the specification. */
  readonly name: string;
  readonly spec: string;
  /** In bytes, control byte and all. */
  readonly length: number;
  /** All fields of the type, sent or not; undefined where the value was lost. */
  readonly values: PrimaryOrderValues;
  /** The rectangle to which the order is clipped, if it is. */
  readonly clip: PrimaryBounds | undefined;
}

const noEdges: PrimaryBounds = { left: undefined, top: undefined, right: undefined, bottom: undefined };
const zeroEdges: PrimaryBounds = { left: 0, top: 0, right: 0, bottom: 0 };

/**
 * The history of the primary orders of one connection in one direction, [MS-RDPEGDI] 3.2.1.1 and
 * 3.3.1.2: the last type, the bounding rectangle, and the last values of each type. It starts with
 * PatBlt and zeros.
 */
export class PrimaryOrders {
  private type: number | undefined = PrimaryOrderType.patBlt;
  private bounds = zeroEdges;
  private whole = true;
  private readonly values = new Map<number, PrimaryOrderValues>();

  /** The type of the last order; undefined if orders were lost since. */
  get lastType(): number | undefined {
    return this.type;
  }

  /** Forgets all orders: a new activation starts with PatBlt and zeros. */
  reset(): void {
    this.start(true);
  }

  /** Orders were missed: what they may have changed is not known until it is sent again. */
  lost(): void {
    this.start(false);
  }

  /**
   * The order at `offset`. Byte runs in `fields` are views of the source, those in `values` are
   * not. Throws {@link DecodeError} and leaves the history as it was; its offset counts from the
   * start of the order.
   */
  read(source: Source, offset: number, end: number): DecodedPrimaryOrder {
    const { parts, length } = readPrimaryParts(source, offset, end, this.type);
    return this.take(parts, length);
  }

  /**
   * The shortest encoding of an order of this type with these values; a field that is not given
   * keeps its last value. `clip` is the rectangle to clip it to. Throws {@link EncodeError} and
   * leaves the history as it was.
   */
  encode(orderType: number, values: PrimaryOrderValues, clip?: ClipRectangle): Uint8Array {
    const last = { type: this.type, bounds: this.bounds, values: this.lastValues(orderType) };
    const parts = changedParts(last, orderType, values, clip);
    const bytes = encodePrimaryOrder(parts);
    this.take(parts, bytes.length);
    return bytes;
  }

  private start(whole: boolean): void {
    this.type = whole ? PrimaryOrderType.patBlt : undefined;
    this.bounds = whole ? zeroEdges : noEdges;
    this.whole = whole;
    this.values.clear();
  }

  private take(parts: PrimaryOrderParts, length: number): DecodedPrimaryOrder {
    const { controlFlags, orderType } = parts;
    const { name = "", spec = "", fields = [] } = primaryOrderLayouts[orderType] ?? {};
    const values = changedValues(this.lastValues(orderType), parts, fields);
    this.values.set(orderType, values);
    this.type = orderType;
    this.bounds = movedBounds(this.bounds, parts);
    const clip = (controlFlags & PrimaryOrderFlags.TS_BOUNDS) === 0 ? undefined : this.bounds;
    return { ...parts, name, spec, length, values, clip };
  }

  private lastValues(orderType: number): PrimaryOrderValues {
    const known = this.values.get(orderType);
    if (known !== undefined) return known;
    const { fields = [] } = primaryOrderLayouts[orderType] ?? {};
    return Object.fromEntries(fields.map((field) => [field.name, this.whole ? zeroOf(field) : undefined]));
  }
}

/** The values after an order; where it changes none, they are the same object. */
function changedValues(
  before: PrimaryOrderValues,
  parts: PrimaryOrderParts,
  fields: readonly PrimaryField[],
): PrimaryOrderValues {
  const names = Object.keys(parts.fields);
  if (names.length === 0) return before;
  const delta = (parts.controlFlags & PrimaryOrderFlags.TS_DELTA_COORDINATES) !== 0;
  const values: Record<string, PrimaryFieldValue | undefined> = { ...before };
  for (const { name, kind } of fields) {
    const sent = parts.fields[name];
    if (sent === undefined) continue;
    // The history outlives the source.
    if (typeof sent !== "number") values[name] = sent.slice();
    else values[name] = kind === "coord" && delta ? moved(before[name], sent) : sent;
  }
  return values;
}

function zeroOf({ kind }: PrimaryField): PrimaryFieldValue {
  if (kind === "brushExtra") return new Uint8Array(7);
  return kind === "short" || kind === "long" ? new Uint8Array(0) : 0;
}

/** Coordinates have 16 bits, so a sum that leaves their range comes in again at the other end. */
const moved = (before: PrimaryFieldValue | undefined, by: number): number | undefined =>
  typeof before === "number" ? ((before + by) << 16) >> 16 : undefined;

function movedBounds(before: PrimaryBounds, { boundsFlags = 0, bounds }: PrimaryOrderParts): PrimaryBounds {
  if (boundsFlags === 0) return before;
  const after: Record<string, number | undefined> = { ...before };
  for (const { edge, absolute } of boundsEdges) {
    const sent = bounds?.[edge];
    if (sent !== undefined) after[edge] = (boundsFlags & absolute) === 0 ? moved(before[edge], sent) : sent;
  }
  return after;
}
