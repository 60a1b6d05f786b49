import { intName, ownExtent, readSelected, selectedSizes, type FixedInt, type Int } from "../declaration/ints.js";
import { claimedBits, countsItself } from "../declaration/layout.js";
import type { CarrierNode, IntNode, Names, Node } from "../declaration/nodes.js";
import type { Slots } from "../interpreter/slots.js";
import { asciiBytes } from "../utf8-text.js";
import { planHead, UnknownTree, type Step, type TreeFrame, type TreeName, type Walk } from "./tree-walk.js";

const spanEnd = asciiBytes("},");
const textStart = asciiBytes(',"text":"');
const textEnd = asciiBytes('"},');
const quoteEnd = asciiBytes('"},');
const lengthStart = asciiBytes(',"length":');
const valueStart = asciiBytes(',"value":');

/** Reads a number and moves on; -1 if it is not there, or not as an encoder would write it. */
type Take = (walk: Walk) => number;

const readers: Readonly<Record<string, (view: DataView, at: number) => number>> = {
  u8: (view, at) => view.getUint8(at),
  u16: (view, at) => view.getUint16(at, true),
  u32: (view, at) => view.getUint32(at, true),
  i8: (view, at) => view.getInt8(at),
  i16: (view, at) => view.getInt16(at, true),
  i32: (view, at) => view.getInt32(at, true),
  u16be: (view, at) => view.getUint16(at),
  u32be: (view, at) => view.getUint32(at),
};

/** Where an integer starts: bits stand in their carrier. */
function planStart(int: Int, slots: Slots): (walk: Walk) => number {
  const carrier = int.form === "bits" ? slots.ownSlot(int.carrier) : undefined;
  if (carrier === undefined) return ({ at }) => at;
  return ({ positions, at }) => {
    const from = positions[carrier] ?? -1;
    return from < 0 ? at : from;
  };
}

/** Reads an integer of 64 bits at most; false through `walk.at`, which then does not move. */
function planTake(int: Exclude<Int, FixedInt>, slots: Slots, countsOwn: boolean): Take {
  switch (int.form) {
    case "bits": {
      const carrier = slots.number(int.carrier);
      return (walk) => Math.floor((carrier(walk) ?? 0) / 2 ** int.shift) % 2 ** int.width;
    }
    case "variable": {
      const { variable } = int;
      return (walk) => {
        const extent = variable.extent(walk.view, walk.at, walk.end);
        if (extent < 0) return -1;
        const value = variable.read(walk.view, walk.at, extent);
        const usual = countsOwn ? ownExtent(variable, value - extent, true) : variable.preferred(value);
        if (extent !== usual) return -1;
        walk.at += extent;
        return value;
      };
    }
    case "selected": {
      const selector = slots.number(int.selector);
      return (walk) => {
        const size = selectedSizes[selector(walk) ?? 0];
        if (size === undefined || walk.end - walk.at < size) return -1;
        const value = readSelected(walk.view, walk.at, size);
        walk.at += size;
        return value;
      };
    }
  }
}

/** What is done with a number that was read at `start`; false if it is not as it should be. */
type Use = (walk: Walk, value: number) => boolean;

/** Reads an integer and writes its span. `after` writes what follows the number, and the end of the span. */
function planSpan(
  name: TreeName,
  int: Int,
  { slots }: TreeFrame,
  bias: number,
  check: Use,
  after: Use,
  suffix = "",
  countsOwn = false,
): Step {
  const head = planHead(name, intName(int), suffix);
  if (int.form === "fixed") {
    const { size } = int;
    const read = readers[int.name];
    if (read === undefined) throw new UnknownTree();
    const middle = asciiBytes(`,"length":${size},"value":`);
    return (walk) => {
      const { at, out } = walk;
      if (walk.end - at < size) return false;
      walk.at = at + size;
      const value = read(walk.view, at);
      if (!check(walk, value)) return false;
      head(walk, at);
      out.put(middle);
      out.number(value + bias);
      return after(walk, value);
    };
  }
  const start = planStart(int, slots);
  const take = planTake(int, slots, countsOwn);
  const takesNone = int.form === "bits";
  return (walk) => {
    const at = start(walk);
    const before = walk.at;
    const value = take(walk);
    if (value < 0 || !check(walk, value)) return false;
    const { out } = walk;
    head(walk, at);
    out.put(lengthStart);
    out.number(takesNone ? 0 : walk.at - before);
    out.put(valueStart);
    out.number(value + bias);
    return after(walk, value);
  };
}

const ended: Use = ({ out }) => {
  out.put(spanEnd);
  return true;
};

type NumberNode = Exclude<Extract<Node, { int: unknown }>, IntNode>;

/** An integer that is no part of the value. */
export function planRawTree(name: string, node: NumberNode, frame: TreeFrame, use: Use): Step {
  const { int } = node;
  const countsOwn = node.kind === "byteLength" && int.form === "variable" && countsItself(frame.struct, node);
  return planSpan(name, int, frame, 0, use, ended, "", countsOwn);
}

/** The number in front of a run of bytes or elements. */
export const planPrefixTree = (name: TreeName, int: Int, frame: TreeFrame, suffix: string, use: Use): Step =>
  planSpan(name, int, frame, 0, use, ended, suffix);

/** A carrier of bits, all of which belong to fields. */
export function planCarrierTree(name: string, node: CarrierNode, frame: TreeFrame): Step {
  const claimed = claimedBits(frame.struct, name);
  const size = 2 ** (node.int.size * 8);
  const slot = frame.slots.ownSlot(name);
  const keep = keepIn(slot);
  const step = planRawTree(name, node, frame, (walk, value) => {
    keep(walk, value);
    return ((value & ~claimed) >>> 0) % size === 0;
  });
  if (slot === undefined) return step;
  return (walk) => {
    walk.positions[slot] = walk.at;
    return step(walk);
  };
}

/** Keeps a number for others to look at. */
export function keepIn(slot: number | undefined): (walk: Walk, value: number) => boolean {
  if (slot === undefined) return () => true;
  return ({ numbers }, value) => {
    numbers[slot] = value;
    return true;
  };
}

export function planIntTree(name: TreeName, node: IntNode, frame: TreeFrame): Step {
  const { int, bias, always = 0, values, flags } = node;
  if (int.form === "fixed" && int.size === 8) return planLong(name, int, values ?? flags);
  const keep = keepIn(name === undefined ? undefined : frame.slots.ownSlot(name));
  const check: Use = (walk, raw) => (always & ~raw) === 0 && keep(walk, raw + bias);
  const described = values === undefined ? flags && namesOfBits(flags) : namesOfValues(values);
  if (described === undefined) return planSpan(name, int, frame, bias, check, ended);
  return planSpan(name, int, frame, bias, check, ({ out }, raw) => {
    const text = described(raw);
    if (text === undefined) return false;
    out.put(textStart);
    out.put(text);
    out.put(textEnd);
    return true;
  });
}

/** A number of 64 bits stands in quotes: JavaScript's own numbers do not hold it. */
function planLong(name: TreeName, int: FixedInt, names: Names | undefined): Step {
  if (int.signed || !int.littleEndian || names !== undefined) throw new UnknownTree();
  const head = planHead(name, intName(int));
  const middle = asciiBytes(',"length":8,"value":"');
  return (walk) => {
    const { at, out, view } = walk;
    if (walk.end - at < 8) return false;
    walk.at = at + 8;
    head(walk, at);
    out.put(middle);
    out.unsigned64(view.getUint32(at + 4, true), view.getUint32(at, true));
    out.put(quoteEnd);
    return true;
  };
}

/** Names of a value, or of its bits; undefined if something has no name, which is a deviation. */
type Describe = (raw: number) => Uint8Array | undefined;

function namesOfValues(names: Names): Describe {
  const texts = new Map<number, Uint8Array>();
  // Of two names for a value the first counts.
  for (const [name, value] of Object.entries(names)) if (!texts.has(value)) texts.set(value, asciiBytes(name));
  return (raw) => texts.get(raw);
}

/** Sets of flags that are remembered with their names. */
const mostSets = 256;

function namesOfBits(names: Names): Describe {
  const masks = Object.entries(names).filter(([, mask]) => mask !== 0);
  const known = new Map<number, Uint8Array>();
  return (raw) => {
    const found = known.get(raw);
    if (found !== undefined) return found;
    let left = raw;
    const set = masks.filter(([, mask]) => (raw & mask) >>> 0 === mask >>> 0);
    for (const [, mask] of set) left &= ~mask;
    if (left !== 0) return undefined;
    const text = asciiBytes(set.map(([name]) => name).join(" | "));
    if (known.size < mostSets) known.set(raw, text);
    return text;
  };
}
