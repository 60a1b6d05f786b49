import { isHidden, minSize } from "../declaration/layout.js";
import type { ByteLengthNode, Node, StructNode } from "../declaration/nodes.js";
import { FieldName, Label } from "./label.js";
import { planField } from "./plan-field.js";
import { planRaw, type Frame } from "./plan-numbers.js";
import type { Read, Reading } from "./reading.js";
import { Slots, type SlotCount } from "./slots.js";

/** A structure while it is read. */
class Progress {
  readonly start: number;
  /** Whether the structure knows where it ends. */
  bounded: boolean;
  /** Whether the optional fields so far were there. */
  tail = true;
  /** A length that counts from a field which is yet to come. */
  pending: number | undefined;
  /** Compares a lenient length with what was read, once that is known. */
  check: (() => void) | undefined;

  constructor(start: number, bounded: boolean) {
    this.start = start;
    this.bounded = bounded;
  }

  /** The structure ends `declared` bytes after `from`. */
  bound(reading: Reading, from: number, declared: number): void {
    const end = from + declared;
    if (declared < 0 || end < reading.offset)
      reading.fail({ code: "length-mismatch", declared, actual: reading.offset - from });
    reading.need(end - reading.offset);
    reading.end = end;
    this.bounded = true;
  }
}

type Step = (reading: Reading, progress: Progress) => void;

const trailing = new Label(new FieldName("trailing"), "bytes");

function readTrailing(reading: Reading): Uint8Array | undefined {
  if (reading.left === 0) return undefined;
  const at = reading.offset;
  const bytes = reading.take();
  reading.path[reading.depth] = "trailing";
  reading.deviation("trailing-bytes", at, `${bytes.length} bytes after the last field`);
  reading.leaf(trailing, at, reading.offset, bytes);
  return bytes;
}

/**
 * How a structure is read. `fills`: it takes all bytes up to the end, and keeps those after its
 * fields; `arm`: the arm of a union whose content it is.
 */
export function planStruct(
  struct: StructNode,
  outer: Slots | undefined,
  count: SlotCount,
  fills: boolean,
  arm?: string,
): Read<Record<string, unknown>> {
  const slots = new Slots(struct, outer, count);
  const start = slots.unnamed();
  const frame: Frame = {
    struct,
    slots,
    start,
    nested: (inner, fillsToo, name) => deeper(planStruct(inner, slots, count, fillsToo, name)),
  };
  const steps = struct.fields.map(([name, node]) => planStep(name, node, frame));
  return (reading) => {
    const { value: outerValue, end: outerEnd } = reading;
    const value: Record<string, unknown> = arm === undefined ? {} : { type: arm };
    reading.value = value;
    slots.clear(reading);
    reading.positions[start] = reading.offset;
    const progress = new Progress(reading.offset, fills);
    for (const step of steps) step(reading, progress);
    if (struct.bounded) value["trailing"] = progress.bounded ? readTrailing(reading) : undefined;
    progress.check?.();
    if (fills && reading.end !== outerEnd) {
      // The message states an end of its own, and more bytes were handed in.
      reading.path[reading.depth] = "trailing";
      const { start: from } = progress;
      reading.fail({ code: "length-mismatch", declared: reading.end - from, actual: outerEnd - from });
    }
    reading.end = outerEnd;
    reading.value = outerValue;
    return value;
  };
}

/** A structure inside a field: its fields have longer paths. */
const deeper =
  <T>(read: Read<T>): Read<T> =>
  (reading) => {
    reading.depth++;
    const value = read(reading);
    reading.depth--;
    return value;
  };

/** A field of a structure, and what it means for the structure. */
function planStep(text: string, node: Node, frame: Frame): Step {
  const { struct, slots } = frame;
  const name = new FieldName(text);
  const slot = slots.ownSlot(text) ?? slots.unnamed();
  const inner = node.kind === "byteLength" ? planByteLength(name, node, frame) : planContent(name, node, frame);
  const isFrom = struct.fields.some(([, field]) => field.kind === "byteLength" && field.from === text);
  return (reading, progress) => {
    reading.path[reading.depth] = text;
    reading.positions[slot] = reading.offset;
    if (isFrom && progress.pending !== undefined) progress.bound(reading, reading.offset, progress.pending);
    inner(reading, progress);
  };
}

function planContent(name: FieldName, node: Node, frame: Frame): Step {
  const { text } = name;
  const read = planField(name, node, frame);
  if (node.kind === "optional") {
    const least = Math.max(1, minSize(node.content));
    const hidden = isHidden(node);
    return (reading, progress) => {
      progress.tail &&= reading.left >= least;
      const value = progress.tail ? read(reading) : undefined;
      if (!hidden) reading.value[text] = value;
    };
  }
  if (isHidden(node)) return read;
  return (reading) => {
    const value = read(reading);
    reading.value[text] = value;
  };
}

/** A length of the structure, or of what starts at one of its fields. */
function planByteLength(name: FieldName, node: ByteLengthNode, { slots, ...frame }: Frame): Step {
  const read = planRaw(name, node, { slots, ...frame });
  const from = node.from === undefined ? frame.start : slots.ownSlot(node.from);
  return (reading, progress) => {
    const at = reading.offset;
    const declared = read(reading) - node.bias;
    const position = (from === undefined ? undefined : reading.positions[from]) ?? -1;
    if (node.lenient) {
      const counted = position < 0 ? reading.offset : position;
      progress.check = () => {
        const actual = reading.offset - counted;
        if (actual === declared) return;
        reading.path[reading.depth] = name.text;
        reading.deviation("length-differs", at, `states ${declared} bytes and there are ${actual}`);
      };
    } else if (position < 0) progress.pending = declared;
    else progress.bound(reading, position, declared);
  };
}
