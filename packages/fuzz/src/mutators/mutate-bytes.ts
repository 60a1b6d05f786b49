import type { Choice } from "@railvail/wire";
import { pick } from "../choice.js";
import { joined } from "../joined.js";

/** Bytes that readers most often compare with. */
const edges = [0x00, 0x01, 0x7f, 0x80, 0xfe, 0xff];
/** The longest run that a change takes out, doubles or makes up. */
const longestRun = 64;

type Change = (bytes: Uint8Array, at: number, choice: Choice) => Uint8Array;

const runAt = (bytes: Uint8Array, at: number, choice: Choice): number =>
  Math.min(bytes.length - at, choice.int(1, longestRun));

const changes: Readonly<Record<string, Change>> = {
  flip(bytes, at, choice) {
    const copy = bytes.slice();
    copy[at] = (copy[at] ?? 0) ^ (1 << choice.int(0, 7));
    return copy;
  },
  edge(bytes, at, choice) {
    const copy = bytes.slice();
    copy[at] = pick(choice, edges) ?? 0;
    return copy;
  },
  step(bytes, at, choice) {
    const copy = bytes.slice();
    copy[at] = (copy[at] ?? 0) + (choice.int(0, 1) === 0 ? 1 : -1);
    return copy;
  },
  fill(bytes, at, choice) {
    const copy = bytes.slice();
    return copy.fill(pick(choice, edges) ?? 0, at, at + runAt(bytes, at, choice));
  },
  takeOut(bytes, at, choice) {
    return joined([bytes.subarray(0, at), bytes.subarray(at + runAt(bytes, at, choice))]);
  },
  double(bytes, at, choice) {
    const end = at + runAt(bytes, at, choice);
    return joined([bytes.subarray(0, end), bytes.subarray(at)]);
  },
  makeUp(bytes, at, choice) {
    const made = Uint8Array.from({ length: choice.int(1, 8) }, () => choice.int(0, 255));
    return joined([bytes.subarray(0, at), made, bytes.subarray(at)]);
  },
  cut: (bytes, at) => bytes.slice(0, at),
};

const all = Object.values(changes);

/** Bytes that differ in one place, of which nothing needs to be known. The result is memory of its own. */
export function mutateBytes(bytes: Uint8Array, choice: Choice): Uint8Array {
  if (bytes.length === 0) return Uint8Array.of(choice.int(0, 255));
  const change = pick(choice, all) ?? changes["cut"];
  return change === undefined ? bytes.slice() : change(bytes, choice.int(0, bytes.length - 1), choice);
}

/** The beginning of one run of bytes and the end of another. */
export function spliceBytes(first: Uint8Array, second: Uint8Array, choice: Choice): Uint8Array {
  return joined([first.subarray(0, choice.int(0, first.length)), second.subarray(choice.int(0, second.length))]);
}
