import { PrimaryOrderFlags } from "./pdu/primary-order.js";
import { primaryOrderLayouts } from "./primary-order-fields.js";
import {
  boundsEdges,
  fieldFlagBytes,
  integers,
  type PrimaryBounds,
  type PrimaryFieldValue,
  type PrimaryOrderParts,
} from "./primary-order-parts.js";

/** Values by field name; undefined is a field that is not given, or whose value was lost. */
export type PrimaryOrderValues = Readonly<Record<string, PrimaryFieldValue | undefined>>;

/** What the other side knows before the order. */
interface Last {
  readonly type: number | undefined;
  readonly bounds: PrimaryBounds;
  readonly values: PrimaryOrderValues;
}

const isDelta = (by: number): boolean => by >= integers.i8.least && by <= integers.i8.most;

function differs(now: PrimaryFieldValue, before: PrimaryFieldValue | undefined): boolean {
  if (!(now instanceof Uint8Array) || !(before instanceof Uint8Array)) return now !== before;
  return now.length !== before.length || now.some((byte, at) => byte !== before[at]);
}

/** The parts of an order that say what has changed, [MS-RDPEGDI] 3.3.5.1.1.1. */
export function changedParts(
  last: Last,
  orderType: number,
  values: PrimaryOrderValues,
  clip: PrimaryBounds | undefined,
): PrimaryOrderParts {
  const layout = primaryOrderLayouts[orderType] ?? { name: "", spec: "", fields: [] };
  const places = new Map(layout.fields.map(({ name, kind }, bit) => [name, { kind, bit }]));
  let fieldFlags = 0;
  let coordinates = 0;
  let small = true;
  const changed: [string, PrimaryFieldValue][] = [];
  for (const [name, value] of Object.entries(values)) {
    if (value === undefined || !differs(value, last.values[name])) continue;
    changed.push([name, value]);
    const place = places.get(name);
    if (place !== undefined) fieldFlags |= 1 << place.bit;
    if (place?.kind !== "coord") continue;
    coordinates++;
    small &&= isDelta(difference(value, last.values[name]));
  }
  const delta = coordinates > 0 && small;
  const fields = Object.fromEntries(
    changed.map(([name, value]) => [
      name,
      delta && places.get(name)?.kind === "coord" ? difference(value, last.values[name]) : value,
    ]),
  );
  const unsent = fieldFlagBytes(layout) - Math.ceil((32 - Math.clz32(fieldFlags)) / 8);
  const sent = clip === undefined ? { flags: 0 } : changedBounds(last.bounds, clip);
  const controlFlags =
    PrimaryOrderFlags.TS_STANDARD |
    (orderType === last.type ? 0 : PrimaryOrderFlags.TS_TYPE_CHANGE) |
    (delta ? PrimaryOrderFlags.TS_DELTA_COORDINATES : 0) |
    (unsent << 6) |
    sent.flags;
  const { boundsFlags, bounds } = sent;
  return { controlFlags, orderType, fieldFlags, boundsFlags, bounds, fields };
}

/** NaN, which is no delta, if one of them is no number. */
const difference = (now: PrimaryFieldValue, before: PrimaryFieldValue | undefined): number =>
  typeof now === "number" && typeof before === "number" ? now - before : Number.NaN;

function changedBounds(
  last: PrimaryBounds,
  clip: PrimaryBounds,
): { flags: number; boundsFlags?: number; bounds?: PrimaryBounds } {
  const bounds: Record<string, number | undefined> = {};
  let boundsFlags = 0;
  for (const { edge, absolute, delta } of boundsEdges) {
    const now = clip[edge];
    if (now === undefined || now === last[edge]) continue;
    const by = difference(now, last[edge]);
    boundsFlags |= isDelta(by) ? delta : absolute;
    bounds[edge] = isDelta(by) ? by : now;
  }
  const { TS_BOUNDS, TS_ZERO_BOUNDS_DELTAS } = PrimaryOrderFlags;
  if (boundsFlags === 0) return { flags: TS_BOUNDS | TS_ZERO_BOUNDS_DELTAS };
  return { flags: TS_BOUNDS, boundsFlags, bounds };
}
