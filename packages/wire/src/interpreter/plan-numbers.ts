import {
  intName,
  ownExtent,
  preferredSelector,
  readSelected,
  selectedSizes,
  type FixedInt,
  type Int,
} from "../declaration/ints.js";
import { countsItself, derivedBits } from "../declaration/layout.js";
import type { IntNode, Names, Node, StructNode } from "../declaration/nodes.js";
import { Label, type FieldName } from "./label.js";
import type { Read, Reading } from "./reading.js";
import type { Slots } from "./slots.js";

/** What the plan of a field needs to know of the structure around it. */
export interface Frame {
  readonly struct: StructNode;
  readonly slots: Slots;
  /** The slot of the place where the structure starts. */
  readonly start: number;
  /** The plan of a structure inside this one. */
  readonly nested: (struct: StructNode, fills: boolean, arm?: string) => Read<Record<string, unknown>>;
}

type Accessor = (view: DataView, at: number, littleEndian: boolean) => number | bigint;

const accessors: Readonly<Record<string, Accessor>> = {
  Uint8: (view, at) => view.getUint8(at),
  Uint16: (view, at, littleEndian) => view.getUint16(at, littleEndian),
  Uint32: (view, at, littleEndian) => view.getUint32(at, littleEndian),
  BigUint64: (view, at, littleEndian) => view.getBigUint64(at, littleEndian),
  Int8: (view, at) => view.getInt8(at),
  Int16: (view, at, littleEndian) => view.getInt16(at, littleEndian),
  Int32: (view, at, littleEndian) => view.getInt32(at, littleEndian),
};

function fixedInt({ size, accessor, littleEndian }: FixedInt): Read<number | bigint> {
  const get = accessors[accessor] as Accessor;
  return (reading) => {
    reading.need(size);
    const at = reading.offset;
    reading.offset = at + size;
    return get(reading.view, at, littleEndian);
  };
}

/** Reads the integer as it stands on the wire. */
export function planInteger(int: Int, slots: Slots): Read<number | bigint> {
  switch (int.form) {
    case "fixed":
      return fixedInt(int);
    case "bits": {
      const carrier = slots.number(int.carrier);
      return (reading) => Math.floor((carrier(reading) ?? 0) / 2 ** int.shift) % 2 ** int.width;
    }
    case "variable":
      return (reading) => {
        const { view, offset, end, left } = reading;
        const extent = int.variable.extent(view, offset, end);
        if (extent === -1) reading.fail({ code: "not-enough-bytes", needed: left + 1, available: left });
        if (extent === -2)
          reading.fail({ code: "out-of-range", value: view.getUint8(offset), allowed: `a known ${int.name} form` });
        const value = int.variable.read(view, offset, extent);
        reading.oddWidth = extent === int.variable.preferred(value) ? undefined : extent;
        reading.offset += extent;
        return value;
      };
    case "selected": {
      const selector = slots.number(int.selector);
      return (reading: Reading) => {
        const chosen = selector(reading) ?? 0;
        const size = selectedSizes[chosen];
        if (size === undefined)
          reading.fail({ code: "out-of-range", value: chosen, allowed: "a selector of 0, 1 or 2" });
        reading.need(size);
        const value = readSelected(reading.view, reading.offset, size);
        reading.oddWidth = size === selectedSizes[preferredSelector(value)] ? undefined : size;
        reading.offset += size;
        return value;
      };
    }
  }
}

type NumberNode = Extract<Node, { int: unknown }>;

/** Where an integer starts: bits stand in their carrier. */
export function planStart(int: Int, slots: Slots): Read<number> {
  const carrier = int.form === "bits" ? slots.ownSlot(int.carrier) : undefined;
  if (carrier === undefined) return ({ offset }) => offset;
  return ({ positions, offset }) => {
    const at = positions[carrier] ?? -1;
    return at < 0 ? offset : at;
  };
}

/** Reads an integer, reports it and keeps its odd width; `report` is given what it found. */
function planReported(
  name: FieldName,
  node: NumberNode,
  { struct, slots }: Frame,
  report: (reading: Reading, raw: number | bigint, at: number, end: number) => void,
): Read<number | bigint> {
  const { int } = node;
  const read = planInteger(int, slots);
  const start = planStart(int, slots);
  if (int.form === "fixed" || int.form === "bits") {
    const isBits = int.form === "bits";
    return (reading) => {
      const at = start(reading);
      const raw = read(reading);
      report(reading, raw, at, isBits ? at : reading.offset);
      return raw;
    };
  }
  const ownLength = node.kind === "byteLength" && int.form === "variable" && countsItself(struct, node);
  return (reading) => {
    const at = reading.offset;
    const raw = Number(read(reading));
    const extent = reading.offset - at;
    let { oddWidth } = reading;
    if (ownLength) oddWidth = extent === ownExtent(int.variable, raw - extent, true, undefined) ? undefined : extent;
    // An integer of variable size is written back as it was only if its odd size is kept.
    reading.value[`${name.text}Width`] = oddWidth;
    if (oddWidth !== undefined && int.form === "variable")
      reading.deviation("long-form", at, `takes ${oddWidth} bytes`);
    report(reading, raw, at, reading.offset);
    return raw;
  };
}

/** Reads the integer of a field other than an `int`, which is not part of the value. */
export function planRaw(name: FieldName, node: Exclude<NumberNode, IntNode>, frame: Frame): Read<number> {
  const label = new Label(name, intName(node.int));
  return planReported(name, node, frame, (reading, raw, at, end) =>
    reading.leaf(label, at, end, Number(raw)),
  ) as Read<number>;
}

export function planInt(name: FieldName, node: IntNode, frame: Frame): Read {
  const label = new Label(name, intName(node.int));
  const { bias, always = 0 } = node;
  const describe = planNames(node.values, node.flags);
  const read = planReported(name, node, frame, (reading, raw, at, end) => {
    if (typeof raw === "bigint") return reading.leaf(label, at, end, raw);
    if ((always & ~raw) !== 0)
      reading.fail({ code: "out-of-range", value: raw, allowed: `bits 0x${always.toString(16)} set` }, at);
    if (reading.traced) reading.leaf(label, at, end, raw + bias, describe?.(reading, raw, at));
  });
  const slot = frame.slots.ownSlot(name.text);
  const kept = node.flags === undefined ? -1 : ~derivedBits(frame.struct, name.text);
  const masks = node.flags !== undefined;
  return (reading) => {
    const raw = read(reading);
    if (typeof raw === "bigint") return raw;
    const value = raw + bias;
    if (slot !== undefined) reading.numbers[slot] = value;
    return masks ? (raw & kept) >>> 0 : value;
  };
}

type Describe = (reading: Reading, raw: number, at: number) => string;

/** Names of an enumerated value or of flag bits; what has no name is a deviation. */
function planNames(values: Names | undefined, bits: Names | undefined): Describe | undefined {
  if (values !== undefined) {
    // Of two names for a value the first counts.
    const names = new Map(
      Object.entries(values)
        .toReversed()
        .map(([name, value]) => [value, name]),
    );
    return (reading, raw, at) => {
      const name = names.get(raw);
      if (name === undefined) reading.deviation("unknown-value", at, `0x${raw.toString(16)} has no name`);
      return name ?? "unknown";
    };
  }
  if (bits === undefined) return undefined;
  const masks = Object.entries(bits).filter(([, mask]) => mask !== 0);
  return (reading, raw, at) => {
    let left = raw;
    let text = "";
    const add = (name: string): unknown => (text += text === "" ? name : ` | ${name}`);
    for (const [name, mask] of masks) {
      if ((raw & mask) >>> 0 !== mask >>> 0) continue;
      add(name);
      left &= ~mask;
    }
    left >>>= 0;
    if (left !== 0) {
      reading.deviation("unknown-flags", at, `bits 0x${left.toString(16)} have no name`);
      add(`0x${left.toString(16)}`);
    }
    return text;
  };
}
