import type { StructNode } from "../declaration/nodes.js";
import type { Slots } from "../interpreter/slots.js";
import { sourceOf, type Source } from "../source.js";
import { asciiBytes, Utf8Text } from "../utf8-text.js";

/** A message while the JSON of its fields is written. Offsets are those of the source. */
export class Walk {
  source: Source = sourceOf(new Uint8Array(0));
  view: DataView = this.source.view;
  out = new Utf8Text(0);
  /** Where the message begins. */
  base = 0;
  at = 0;
  end = 0;
  /** Of a longer run of bytes only the place is written. */
  bytesLimit = 0;
  /** Of the structure that is read: whether it knows where it ends; whether its optional fields so far were there. */
  bounded = false;
  tail = true;
  /** A length that counts from a field which is yet to come; -1 if there is none. */
  pending = -1;
  /** What a lenient length states, and from where it counts; -1 if there is none. */
  stated = -1;
  counted = 0;
  /** The element of a list that is read. */
  index = 0;
  /** See `Slots`. */
  readonly numbers: (number | undefined)[];
  readonly positions: number[];

  constructor(slots: number) {
    this.numbers = new Array<number | undefined>(slots);
    this.positions = new Array<number>(slots);
  }
}

/**
 * Writes a field, or passes over it. False if it is not as an encoder would write it: then the
 * interpreter, which knows all that can be wrong, does the whole message again.
 */
export type Step = (walk: Walk) => boolean;

/** What the writer of a field needs to know of the structure around it. */
export interface TreeFrame {
  readonly struct: StructNode;
  readonly slots: Slots;
  /** The slot of the place where the structure starts. */
  readonly start: number;
  readonly nested: (struct: StructNode, fills: boolean) => Step;
}

/** A declaration that this writer does not know how to write. */
export class UnknownTree extends Error {
  override readonly name = "UnknownTree";
}

/** What a field is called; undefined for an element of a list, which is called by its index. */
export type TreeName = string | undefined;

const elementStart = asciiBytes('{"name":"[');

/** Writes the beginning of the JSON of a span, up to its offset. */
export function planHead(name: TreeName, type: string, suffix = ""): (walk: Walk, at: number) => void {
  if (name !== undefined) {
    const head = asciiBytes(`{"name":"${name}${suffix}","type":"${type}","offset":`);
    return ({ out, base }, at) => {
      out.put(head);
      out.number(at - base);
    };
  }
  const rest = asciiBytes(`]${suffix}","type":"${type}","offset":`);
  return ({ out, base, index }, at) => {
    out.put(elementStart);
    out.number(index);
    out.put(rest);
    out.number(at - base);
  };
}

const fieldsStart = asciiBytes(',"fields":[');
const fieldsEnd = asciiBytes('],"length":');
const spanEnd = asciiBytes("},");

/** What a step writes stands as the parts of one field. */
export function planGroup(name: TreeName, type: string, inner: Step): Step {
  const head = planHead(name, type);
  return (walk) => {
    const { out, at } = walk;
    head(walk, at);
    out.put(fieldsStart);
    if (!inner(walk)) return false;
    out.dropComma();
    out.put(fieldsEnd);
    out.number(walk.at - at);
    out.put(spanEnd);
    return true;
  };
}
