import { minSize, noFields, unwrapped } from "../declaration/layout.js";
import type { ListExtent, ListNode, Node, UnionNode, WhenNode } from "../declaration/nodes.js";
import { keepIn, planCarrierTree, planIntTree, planPrefixTree, planRawTree } from "./tree-numbers.js";
import { planBytesTree, planPadTree, planSize, planTextTree, type Size } from "./tree-runs.js";
import { planGroup, UnknownTree, type Step, type TreeFrame, type TreeName, type Walk } from "./tree-walk.js";

/** What the fields of a structure are; `name` is undefined for an element of a list. */
export function planFieldTree(name: TreeName, node: Node, frame: TreeFrame): Step {
  switch (node.kind) {
    case "int":
      return planIntTree(name, node, frame);
    case "bytes":
      return planBytesTree(name, node.extent, frame);
    case "text":
      return planTextTree(name, node, frame);
    case "list":
      return planListTree(name, node, frame);
    case "struct":
      return planGroup(name, "struct", frame.nested(node, false));
    case "within": {
      const sizeOf = planSize(name, node.extent, frame);
      const read = planGroup(name, "struct", frame.nested(node.content, true));
      return (walk) => inRegion(walk, sizeOf(walk), read);
    }
    case "union":
      return planUnionTree(name, node, frame);
    case "when":
      return planWhenTree(name, node, frame);
    case "either": {
      const holds = frame.slots.condition(node.condition);
      const [yes, no] = [planFieldTree(name, node.yes, frame), planFieldTree(name, node.no, frame)];
      return (walk) => (holds(walk) ? yes(walk) : no(walk));
    }
    case "optional":
      return planFieldTree(name, node.content, frame);
    default:
      if (name === undefined) throw new UnknownTree();
      return planHidden(name, node, frame);
  }
}

/** A field that is no part of the value. */
function planHidden(name: string, node: Node, frame: TreeFrame): Step {
  const keep = keepIn(frame.slots.ownSlot(name));
  switch (node.kind) {
    case "literal":
    case "reserved":
      return planRawTree(name, node, frame, (_walk, raw) => raw === node.value);
    case "carrier":
      return planCarrierTree(name, node, frame);
    case "length":
    case "count": {
      const times = node.kind === "length" ? node.unit : 1;
      return planRawTree(name, node, frame, (walk, raw) => {
        const amount = (raw - node.bias) * times;
        return amount >= 0 && keep(walk, amount);
      });
    }
    case "tag":
    case "selector":
      return planRawTree(name, node, frame, keep);
    case "pad":
      return planPadTree(name, node, frame);
    default:
      throw new UnknownTree();
  }
}

/** Writes what is in the next `size` bytes. */
function inRegion(walk: Walk, size: number, step: Step): boolean {
  if (size < 0 || size > walk.end - walk.at) return false;
  const outer = walk.end;
  walk.end = walk.at + size;
  const good = step(walk);
  walk.end = outer;
  return good;
}

function planWhenTree(name: TreeName, node: WhenNode, frame: TreeFrame): Step {
  const holds = frame.slots.condition(node.condition);
  const step = planFieldTree(name, node.content, frame);
  const inner = unwrapped(node);
  if (!("extent" in inner) || inner.extent.by !== "field") return (walk) => !holds(walk) || step(walk);
  const stated = frame.slots.number(inner.extent.field);
  // That a length is stated for a field which is not there is a deviation.
  return (walk) => (holds(walk) ? step(walk) : (stated(walk) ?? 0) <= 0);
}

function planListTree(name: TreeName, { element, extent }: ListNode, outer: TreeFrame): Step {
  const start = outer.slots.unnamed();
  const step = planFieldTree(undefined, element, { ...outer, struct: noFields, start });
  /** So many elements; as many as there are up to the end if it is negative. */
  let total = 0;
  const group = planGroup(name, "list", (walk) => {
    for (let i = 0; total < 0 ? walk.at < walk.end : i < total; i++) {
      walk.index = i;
      walk.positions[start] = walk.at;
      if (!step(walk)) return false;
    }
    return true;
  });
  if (extent.by === "rest" || extent.by === "field") {
    const number = extent.by === "field" ? outer.slots.number(extent.field) : undefined;
    return (walk) => {
      total = -1;
      return inRegion(walk, number === undefined ? walk.end - walk.at : (number(walk) ?? 0), group);
    };
  }
  const least = minSize(element);
  const totalOf = planTotal(name, extent, outer);
  return (walk) => {
    total = totalOf(walk);
    return total >= 0 && total * least <= walk.end - walk.at && group(walk);
  };
}

/** How many elements a list has; -1 if that cannot be read. */
function planTotal(name: TreeName, extent: Exclude<ListExtent, { by: "rest" }>, frame: TreeFrame): Size {
  if (extent.by === "fixed") return () => extent.size;
  if (extent.by !== "prefix") {
    const number = frame.slots.number(extent.field);
    return (walk) => number(walk) ?? 0;
  }
  let stated = 0;
  const prefix = planPrefixTree(name, extent.int, frame, "Count", (_walk, raw) => {
    stated = raw;
    return true;
  });
  return (walk) => (prefix(walk) ? stated : -1);
}

function planUnionTree(name: TreeName, node: UnionNode, frame: TreeFrame): Step {
  const tag = frame.slots.number(node.tag);
  const isInline = node.extent.by === "inline";
  const arms = new Map<number, Step>();
  for (const { value, name: arm, content } of node.arms.toReversed())
    arms.set(value, planGroup(name, arm, frame.nested(content, !isInline)));
  // What no arm has is a deviation.
  const unknown: Step = () => false;
  const armOf = (walk: Walk): Step => arms.get(tag(walk) ?? 0) ?? unknown;
  if (node.extent.by === "inline") return (walk) => armOf(walk)(walk);
  const sizeOf = planSize(name, node.extent, frame);
  return (walk) => {
    const size = sizeOf(walk);
    return inRegion(walk, size, armOf(walk));
  };
}
