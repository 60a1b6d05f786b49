import { padSize, unit } from "../declaration/layout.js";
import type { Extent, PadNode, TextNode } from "../declaration/nodes.js";
import { textDeviations } from "../interpreter/text-deviations.js";
import { findLineEnd, findNul, readText } from "../text.js";
import { asciiBytes } from "../utf8-text.js";
import { planPrefixTree } from "./tree-numbers.js";
import { planHead, type Step, type TreeFrame, type TreeName, type Walk } from "./tree-walk.js";

const lengthStart = asciiBytes(',"length":');
const quoteStart = asciiBytes(',"value":"');
const valueStart = asciiBytes(',"value":');
const quoteEnd = asciiBytes('"},');
const spanEnd = asciiBytes("},");

/** How many bytes follow, all there; -1 if not. What stands in front of them is written. */
export type Size = (walk: Walk) => number;

const within = ({ at, end }: Walk, size: number): number => (size <= end - at ? size : -1);

/** The bytes an extent covers. */
export function planSize(name: TreeName, extent: Extent, frame: TreeFrame): Size {
  switch (extent.by) {
    case "prefix": {
      let stated = 0;
      const prefix = planPrefixTree(name, extent.int, frame, "Length", (_walk, raw) => {
        stated = (raw - extent.bias) * extent.unit;
        return stated >= 0;
      });
      return (walk) => (prefix(walk) ? within(walk, stated) : -1);
    }
    case "field": {
      const number = frame.slots.number(extent.field);
      return (walk) => within(walk, number(walk) ?? 0);
    }
    case "fixed":
      return (walk) => within(walk, extent.size);
    default:
      return ({ at, end }) => end - at;
  }
}

/** The next `size` bytes as a span in hexadecimal. */
function planRun(name: TreeName, type: string, suffix = ""): (walk: Walk, size: number) => void {
  const head = planHead(name, type, suffix);
  return (walk, size) => {
    const { at, out } = walk;
    walk.at = at + size;
    head(walk, at);
    out.put(lengthStart);
    out.number(size);
    if (size > walk.bytesLimit) return out.put(spanEnd);
    out.put(quoteStart);
    out.hex(walk.source.bytes, at, walk.at);
    out.put(quoteEnd);
  };
}

export function planBytesTree(name: TreeName, extent: Extent, frame: TreeFrame): Step {
  const sizeOf = planSize(name, extent, frame);
  const run = planRun(name, "bytes");
  return (walk) => {
    const size = sizeOf(walk);
    if (size < 0) return false;
    run(walk, size);
    return true;
  };
}

/** Whether the next `size` bytes are there and zero. */
function isZero({ source: { bytes }, at, end }: Walk, size: number): boolean {
  if (size > end - at) return false;
  for (let i = at; i < at + size; i++) if (bytes[i] !== 0) return false;
  return true;
}

export function planPadTree(name: string, node: PadNode, { start }: TreeFrame): Step {
  const run = planRun(name, "pad");
  return (walk) => {
    const size = padSize(node, walk.at - (walk.positions[start] ?? walk.at));
    if (!isZero(walk, size)) return false;
    run(walk, size);
    return true;
  };
}

export function planTextTree(name: TreeName, node: TextNode, frame: TreeFrame): Step {
  const { encoding, nul, extent } = node;
  if (extent.by === "line" || extent.by === "nul") return planEnded(name, node);
  const sizeOf = planSize(name, extent, frame);
  const head = planHead(name, encoding);
  const terminator = nul === "after" ? planRun(name, "pad", "Terminator") : undefined;
  return (walk) => {
    const size = sizeOf(walk);
    if (size < 0) return false;
    const { at, source } = walk;
    const text = readText(source, at, size, encoding, nul);
    if (textDeviations(source, node, text, at, size).length > 0) return false;
    walk.at = at + size;
    writeText(walk, head, at, text);
    if (terminator === undefined) return true;
    if (!isZero(walk, unit(node))) return false;
    terminator(walk, unit(node));
    return true;
  };
}

/** Text up to a NUL or up to the end of a line. */
function planEnded(name: TreeName, node: TextNode): Step {
  const line = node.extent.by === "line";
  const wide = node.encoding === "utf16";
  const head = planHead(name, node.encoding);
  return (walk) => {
    const { source, at, end } = walk;
    const stop = line ? findLineEnd(source, at, end) : findNul(source, at, end, wide);
    if (stop < 0) return line;
    const text = readText(source, at, stop - at, node.encoding, "none");
    walk.at = stop + (line ? 2 : unit(node));
    writeText(walk, head, at, text);
    return true;
  };
}

/** The span of a text that began at `at` and ends here. */
function writeText(walk: Walk, head: (walk: Walk, at: number) => void, at: number, text: string): void {
  const { out } = walk;
  head(walk, at);
  out.put(lengthStart);
  out.number(walk.at - at);
  out.put(valueStart);
  out.quoted(text);
  out.put(spanEnd);
}
