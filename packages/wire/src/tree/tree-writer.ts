import { minSize } from "../declaration/layout.js";
import type { ByteLengthNode, Node, StructNode } from "../declaration/nodes.js";
import { Slots, type SlotCount } from "../interpreter/slots.js";
import type { Source } from "../source.js";
import { asciiBytes, type Utf8Text } from "../utf8-text.js";
import { planFieldTree } from "./tree-fields.js";
import { planRawTree } from "./tree-numbers.js";
import { UnknownTree, Walk, type Step, type TreeFrame } from "./tree-walk.js";

/**
 * Appends `"fields":[…],"deviations":[]` for the message from `offset` to `end`. False, with `out` as it
 * was, if the message is not exactly as an encoder would write it.
 */
export type TreeWriter = (out: Utf8Text, source: Source, offset: number, end: number, bytesLimit: number) => boolean;

const start = asciiBytes('"fields":[');
const finish = asciiBytes('],"deviations":[]');

/**
 * A writer of field trees for one declaration; undefined where it has a kind of field that nobody
 * needs fast. It makes no values, and knows nothing of what can be wrong: nearly all messages are
 * as they should be, and the interpreter is there for the others.
 */
export function treeWriter(struct: StructNode): TreeWriter | undefined {
  const count: SlotCount = { total: 0 };
  let step: Step;
  try {
    step = planStruct(struct, undefined, count, true);
  } catch (error) {
    if (!(error instanceof UnknownTree)) throw error;
    return undefined;
  }
  const walk = new Walk(count.total);
  return (out, source, offset, end, bytesLimit) => {
    const { length } = out;
    walk.out = out;
    walk.source = source;
    walk.view = source.view;
    walk.base = walk.at = offset;
    walk.end = end;
    walk.bytesLimit = bytesLimit;
    out.put(start);
    if (!step(walk)) {
      out.length = length;
      return false;
    }
    out.dropComma();
    out.put(finish);
    return true;
  };
}

/** `fills`: the structure takes all bytes up to the end. */
function planStruct(struct: StructNode, outer: Slots | undefined, count: SlotCount, fills: boolean): Step {
  const slots = new Slots(struct, outer, count);
  const place = slots.unnamed();
  const nested = (inner: StructNode, fillsToo: boolean): Step => planStruct(inner, slots, count, fillsToo);
  const frame: TreeFrame = { struct, slots, start: place, nested };
  const steps = struct.fields.map(([name, node]) => planStep(name, node, frame));
  return (walk) => {
    const { end, bounded, tail, pending, stated, counted } = walk;
    slots.clear(walk);
    walk.positions[place] = walk.at;
    walk.bounded = fills;
    walk.tail = true;
    walk.pending = walk.stated = -1;
    for (let i = 0; i < steps.length; i++) if (!(steps[i] as Step)(walk)) return false;
    // Bytes after the last field, a length that is not that of what is there, and an end of its own are deviations.
    if (struct.bounded && walk.bounded && walk.at < walk.end) return false;
    if (walk.stated >= 0 && walk.at - walk.counted !== walk.stated) return false;
    if (fills && walk.end !== end) return false;
    walk.end = end;
    walk.bounded = bounded;
    walk.tail = tail;
    walk.pending = pending;
    walk.stated = stated;
    walk.counted = counted;
    return true;
  };
}

/** A field of a structure, and what it means for the structure. */
function planStep(name: string, node: Node, frame: TreeFrame): Step {
  const { struct, slots } = frame;
  const step = node.kind === "byteLength" ? planByteLength(name, node, frame) : planContent(name, node, frame);
  if (!struct.fields.some(([, field]) => field.kind === "byteLength" && field.from === name)) return step;
  const slot = slots.ownSlot(name) ?? slots.unnamed();
  return (walk) => {
    walk.positions[slot] = walk.at;
    return (walk.pending < 0 || bound(walk, walk.at, walk.pending)) && step(walk);
  };
}

function planContent(name: string, node: Node, frame: TreeFrame): Step {
  const step = planFieldTree(name, node, frame);
  if (node.kind !== "optional") return step;
  const least = Math.max(1, minSize(node.content));
  return (walk) => {
    walk.tail &&= walk.end - walk.at >= least;
    return !walk.tail || step(walk);
  };
}

/** A length of the structure, or of what starts at one of its fields. */
function planByteLength(name: string, node: ByteLengthNode, frame: TreeFrame): Step {
  const from = node.from === undefined ? frame.start : frame.slots.ownSlot(node.from);
  return planRawTree(name, node, frame, (walk, raw) => {
    const declared = raw - node.bias;
    const position = (from === undefined ? undefined : walk.positions[from]) ?? -1;
    if (node.lenient) {
      walk.stated = declared;
      walk.counted = position < 0 ? walk.at : position;
    } else if (position < 0) walk.pending = declared;
    else return bound(walk, position, declared);
    return declared >= 0;
  });
}

/** The structure ends `declared` bytes after `from`. */
function bound(walk: Walk, from: number, declared: number): boolean {
  const end = from + declared;
  if (declared < 0 || end < walk.at || end > walk.end) return false;
  walk.end = end;
  walk.bounded = true;
  return true;
}
