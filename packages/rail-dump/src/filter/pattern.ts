import { takes, type CharacterSet } from "./character-set.js";
import { parsePattern } from "./pattern-parser.js";
import { PatternError, type PatternNode } from "./pattern-syntax.js";

/** Places of a pattern: what is repeated a hundred times has its places a hundred times. */
const sizeLimit = 5000;

/** What to do at a place of a pattern; `to` and `or` are places. */
type Instruction =
  | { readonly do: "take"; readonly set: CharacterSet }
  | { readonly do: "start" | "end" | "edge" | "inside" }
  | { do: "split"; to: number; or: number }
  | { readonly do: "found" };

const isWord = (point: number): boolean =>
  (point >= 0x30 && point <= 0x39) ||
  (point >= 0x41 && point <= 0x5a) ||
  point === 0x5f ||
  (point >= 0x61 && point <= 0x7a);

/**
 * A regular expression whose time grows with its size times the length of the text, whatever is
 * in either: all ways through it are followed at once. Letters of either case are the same.
 */
export class Pattern {
  private readonly program: Instruction[] = [];
  /** For each place, the last character at which it was reached. */
  private readonly reached: Int32Array;

  /** Throws {@link PatternError}. */
  constructor(text: string) {
    this.emit(parsePattern(text));
    this.add({ do: "found" });
    this.reached = new Int32Array(this.program.length);
  }

  /** Whether it matches a part of the text. */
  test(text: string): boolean {
    const { program } = this;
    this.reached.fill(-1);
    let places: number[] = [];
    for (let at = 0; ;) {
      if (this.follow(places, 0, text, at)) return true;
      if (at >= text.length) return false;
      const point = text.codePointAt(at) ?? 0;
      const size = point > 0xffff ? 2 : 1;
      const next: number[] = [];
      for (const place of places) {
        const instruction = program[place];
        if (instruction?.do !== "take" || !takes(instruction.set, point)) continue;
        if (this.follow(next, place + 1, text, at + size)) return true;
      }
      places = next;
      at += size;
    }
  }

  /** Adds the places that take a character and that can be reached from `from`; whether the end is among them. */
  private follow(places: number[], from: number, text: string, at: number): boolean {
    const { program, reached } = this;
    const waiting = [from];
    for (let place = waiting.pop(); place !== undefined; place = waiting.pop()) {
      if (reached[place] === at) continue;
      reached[place] = at;
      const instruction = program[place];
      if (instruction === undefined) continue;
      switch (instruction.do) {
        case "found":
          return true;
        case "take":
          places.push(place);
          break;
        case "split":
          waiting.push(instruction.or, instruction.to);
          break;
        default:
          if (holds(instruction.do, text, at)) waiting.push(place + 1);
      }
    }
    return false;
  }

  private add(instruction: Instruction): void {
    if (this.program.length >= sizeLimit) throw new PatternError(0, "the pattern is too large");
    this.program.push(instruction);
  }

  private emit(node: PatternNode): void {
    switch (node.kind) {
      case "set":
        return this.add({ do: "take", set: node.set });
      case "sequence":
        for (const one of node.of) this.emit(one);
        return;
      case "choice":
        return this.emitChoice(node.of);
      case "repeat":
        this.emitTimes(node.of, node.least);
        if (node.most === Number.POSITIVE_INFINITY) return this.emitLoop(node.of);
        return this.emitOptional(node.of, node.most - node.least);
      default:
        return this.add({ do: node.kind });
    }
  }

  private emitTimes(of: PatternNode, times: number): void {
    for (let i = 0; i < times; i++) {
      const before = this.program.length;
      this.emit(of);
      // What takes no place is the same however often it is repeated.
      if (this.program.length === before) return;
    }
  }

  private split(): { to: number; or: number } {
    const split = { do: "split" as const, to: this.program.length + 1, or: -1 };
    this.add(split);
    return split;
  }

  private emitChoice(of: readonly PatternNode[]): void {
    const ends: { to: number; or: number }[] = [];
    for (const [index, one] of of.entries()) {
      const split = index < of.length - 1 ? this.split() : undefined;
      this.emit(one);
      if (split === undefined) continue;
      ends.push(this.split());
      split.or = this.program.length;
    }
    for (const end of ends) end.to = end.or = this.program.length;
  }

  private emitLoop(of: PatternNode): void {
    const place = this.program.length;
    const split = this.split();
    this.emit(of);
    const back = this.split();
    back.to = back.or = place;
    split.or = this.program.length;
  }

  private emitOptional(of: PatternNode, times: number): void {
    const splits: { to: number; or: number }[] = [];
    for (let i = 0; i < times; i++) {
      splits.push(this.split());
      this.emit(of);
    }
    for (const split of splits) split.or = this.program.length;
  }
}

function holds(what: "start" | "end" | "edge" | "inside", text: string, at: number): boolean {
  if (what === "start") return at === 0;
  if (what === "end") return at === text.length;
  const before = at > 0 && isWord(text.charCodeAt(at - 1));
  const after = at < text.length && isWord(text.charCodeAt(at));
  return (before !== after) === (what === "edge");
}
