import { intName } from "../declaration/ints.js";
import { claimedBits, minSize, noFields, unwrapped } from "../declaration/layout.js";
import type { ListNode, Node, UnionNode, WhenNode } from "../declaration/nodes.js";
import { FieldName, Label } from "./label.js";
import { planInt, planInteger, planRaw, planStart, type Frame } from "./plan-numbers.js";
import { planBytes, planExtent, planPad, planText } from "./plan-runs.js";
import type { Read, Reading } from "./reading.js";

/** Reads inside the next `size` bytes. */
function inRegion<T>(reading: Reading, size: number, read: Read<T>): T {
  reading.need(size);
  const outer = reading.end;
  reading.end = reading.offset + size;
  const value = read(reading);
  reading.end = outer;
  return value;
}

/** How a field is read. */
export function planField(name: FieldName, node: Node, frame: Frame): Read {
  const { slots, struct } = frame;
  switch (node.kind) {
    case "int":
      return planInt(name, node, frame);
    case "literal": {
      const read = planRaw(name, node, frame);
      const start = planStart(node.int, slots);
      return (reading) => {
        const at = start(reading);
        const raw = read(reading);
        if (raw !== node.value) reading.fail({ code: "out-of-range", value: raw, allowed: `${node.value}` }, at);
      };
    }
    case "reserved": {
      const read = planRaw(name, node, frame);
      const start = planStart(node.int, slots);
      return (reading) => {
        const at = start(reading);
        const raw = read(reading);
        if (raw !== node.value) reading.deviation("reserved-not-zero", at, `is ${raw} instead of ${node.value}`);
      };
    }
    case "carrier": {
      const read = keep(name, planRaw(name, node, frame), frame);
      const claimed = claimedBits(struct, name.text);
      const size = 2 ** (node.int.size * 8);
      return (reading) => {
        const at = reading.offset;
        if (((read(reading) & ~claimed) >>> 0) % size !== 0)
          reading.deviation("reserved-not-zero", at, `bits outside 0x${claimed.toString(16)} are set`);
      };
    }
    case "length":
    case "count": {
      const read = planRaw(name, node, frame);
      const start = planStart(node.int, slots);
      const times = node.kind === "length" ? node.unit : 1;
      const amount: Read<number> = (reading) => {
        const at = start(reading);
        const raw = read(reading);
        const of = (raw - node.bias) * times;
        if (of < 0) reading.fail({ code: "length-mismatch", declared: raw, actual: node.bias }, at);
        return of;
      };
      return hide(keep(name, amount, frame));
    }
    case "tag":
    case "selector":
      return hide(keep(name, planRaw(name, node, frame), frame));
    case "pad":
      return planPad(name, node, frame);
    case "bytes":
      return planBytes(name, node.extent, slots);
    case "text":
      return planText(name, node, slots);
    case "list":
      return planList(name, node, frame);
    case "struct":
      return grouped(new Label(name, "struct"), frame.nested(node, false));
    case "within": {
      const sizeOf = planExtent(name, node.extent, slots);
      const read = grouped(new Label(name, "struct"), frame.nested(node.content, true));
      return (reading) => inRegion(reading, sizeOf(reading), read);
    }
    case "union":
      return planUnion(name, node, frame);
    case "when":
      return planWhen(name, node, frame);
    case "either": {
      const holds = slots.condition(node.condition);
      const [yes, no] = [planField(name, node.yes, frame), planField(name, node.no, frame)];
      return (reading) => (holds(reading) ? yes(reading) : no(reading));
    }
    case "optional":
      return planField(name, node.content, frame);
    case "byteLength":
      return () => undefined; // read by the structure, which it bounds
  }
}

/** What is read becomes a number that others look at. */
function keep(name: FieldName, read: Read<number>, { slots }: Frame): Read<number> {
  const slot = slots.ownSlot(name.text);
  if (slot === undefined) return read;
  return (reading) => {
    const value = read(reading);
    reading.numbers[slot] = value;
    return value;
  };
}

/** What is read is no part of the value. */
const hide =
  (read: Read): Read<undefined> =>
  (reading) => {
    read(reading);
    return undefined;
  };

/** What is read is reported as the parts of one field. */
function grouped<T>(label: Label, read: Read<T>): Read<T> {
  return (reading) => {
    reading.open(label);
    const value = read(reading);
    reading.close();
    return value;
  };
}

function planWhen(name: FieldName, node: WhenNode, frame: Frame): Read {
  const { slots } = frame;
  const holds = slots.condition(node.condition);
  const read = planField(name, node.content, frame);
  const inner = unwrapped(node);
  if (!("extent" in inner) || inner.extent.by !== "field")
    return (reading) => (holds(reading) ? read(reading) : undefined);
  const stated = slots.number(inner.extent.field);
  return (reading) => {
    if (holds(reading)) return read(reading);
    if ((stated(reading) ?? 0) > 0)
      reading.deviation("length-differs", reading.offset, "a length is stated for a field that is not there");
    return undefined;
  };
}

function planList(name: FieldName, { element, extent }: ListNode, outer: Frame): Read<unknown[]> {
  const { slots } = outer;
  const index = new FieldName("");
  const start = slots.unnamed();
  const readElement = planField(index, element, { ...outer, struct: noFields, start });
  const label = new Label(name, "list");
  /** Reads `total` elements, or as many as there are up to the end. */
  const readElements = (reading: Reading, total: number | undefined): unknown[] => {
    const out: unknown[] = [];
    const { value, path, positions } = reading;
    const depth = ++reading.depth;
    // Elements that are numbers of odd widths have nowhere to keep them.
    reading.value = {};
    reading.open(label);
    while (total === undefined ? reading.left > 0 : out.length < total) {
      index.text = `[${out.length}]`;
      path[depth] = index.text;
      positions[start] = reading.offset;
      out.push(readElement(reading));
    }
    reading.depth--;
    reading.close();
    reading.value = value;
    return out;
  };
  if (extent.by === "rest" || extent.by === "field") {
    const sizeOf: Read<number> = extent.by === "rest" ? ({ left }) => left : numberOr0(slots.number(extent.field));
    return (reading) => inRegion(reading, sizeOf(reading), (inner) => readElements(inner, undefined));
  }
  const least = minSize(element);
  const totalOf = planTotal(name, extent, outer);
  return (reading) => {
    const total = totalOf(reading);
    reading.need(total * least);
    return readElements(reading, total);
  };
}

const numberOr0 =
  (number: Read<number | undefined>): Read<number> =>
  (reading) =>
    number(reading) ?? 0;

/** How many elements a list has. */
function planTotal(
  name: FieldName,
  extent: Exclude<ListNode["extent"], { by: "rest" }>,
  { slots }: Frame,
): Read<number> {
  if (extent.by === "fixed") return () => extent.size;
  if (extent.by !== "prefix") return numberOr0(slots.number(extent.field));
  const read = planInteger(extent.int, slots);
  const label = new Label(name, intName(extent.int), "Count");
  return (reading) => {
    const at = reading.offset;
    const total = Number(read(reading));
    reading.leaf(label, at, reading.offset, total);
    return total;
  };
}

function planUnion(name: FieldName, node: UnionNode, frame: Frame): Read {
  const { slots } = frame;
  const tagOf = numberOr0(slots.number(node.tag));
  const isInline = node.extent.by === "inline";
  const sizeOf: Read<number> = node.extent.by === "inline" ? ({ left }) => left : planExtent(name, node.extent, slots);
  const arms = new Map<number, Read>();
  for (const { value, name: arm, content } of node.arms.toReversed())
    arms.set(value, grouped(new Label(name, arm), frame.nested(content, !isInline, arm)));
  const data = new Label(new FieldName("data"), "bytes");
  const unknown: Read = grouped(new Label(name, "unknown"), (reading) => {
    const tag = tagOf(reading);
    const at = reading.offset;
    const bytes = reading.take();
    reading.deviation("unknown-tag", at, `tag 0x${tag.toString(16)} is not known`);
    reading.leaf(data, at, reading.offset, bytes);
    return { type: "unknown", tag, data: bytes };
  });
  return (reading) => {
    const size = sizeOf(reading);
    const read = arms.get(tagOf(reading)) ?? unknown;
    return isInline ? read(reading) : inRegion(reading, size, read);
  };
}
