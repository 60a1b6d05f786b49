import { egfxVocabulary } from "@railvail/egfx";
import { railOrderLength, railVocabulary } from "@railvail/rail";
import { DecodeError, sourceOf } from "@railvail/wire";
import { expect, test } from "vitest";
import { commandsIn, messagesIn, partsIn } from "./messages-in.js";

const joined = (...parts: readonly Uint8Array[]) => sourceOf(new Uint8Array(Buffer.concat(parts)));

/** What comes out, with a word for what is damaged. */
function taken<Part>(parts: Iterable<Part>): (Part | "damaged")[] {
  const iterator = parts[Symbol.iterator]();
  const all: (Part | "damaged")[] = [];
  for (let round = 0; round < 100; round++) {
    try {
      const next = iterator.next();
      if (next.done === true) return all;
      all.push(next.value);
    } catch (error) {
      if (!(error instanceof DecodeError)) throw error;
      all.push("damaged");
    }
  }
  throw new Error("it does not end");
}

const cloak = (windowId: number): Uint8Array =>
  railVocabulary.encode({ message: "cloak", value: { windowId, cloaked: 1 } });
/** Its length is right, and its body too short. */
const damaged = Uint8Array.of(0x15, 0, 6, 0, 1, 2);

test("what follows a damaged message is read", () => {
  const source = joined(cloak(1), damaged, cloak(2));
  const all = taken(messagesIn(railVocabulary, source, "client", 7, railOrderLength));
  expect(all).toMatchObject([
    { type: "received", message: { message: "cloak", value: { windowId: 1 } }, now: 7 },
    "damaged",
    { type: "received", message: { message: "cloak", value: { windowId: 2 } }, now: 7 },
  ]);
});

test("a length that cannot be ends it, for the rest has no beginning", () => {
  const source = joined(cloak(1), Uint8Array.of(0x15, 0, 2, 0, 1, 2, 3, 4, 5), cloak(2));
  expect(taken(messagesIn(railVocabulary, source, "client", 0, railOrderLength))).toHaveLength(2);
});

test("what follows a damaged command is read", () => {
  const ack = (frameId: number): Uint8Array =>
    egfxVocabulary.encode({ message: "frameAcknowledge", value: { queueDepth: 0, frameId, totalFramesDecoded: 1 } });
  const short = Uint8Array.of(0x0d, 0, 0, 0, 10, 0, 0, 0, 1, 2);
  const all = taken(commandsIn(joined(ack(1), short, ack(2)), "client", 0));
  expect(all).toMatchObject([
    { message: { value: { frameId: 1 } } },
    "damaged",
    { message: { value: { frameId: 2 } } },
  ]);
});

test("without a length there is one part, and what is not known is left out", () => {
  expect(taken(partsIn(sourceOf(new Uint8Array(9)), undefined, (at, end) => [at, end]))).toEqual([[0, 9]]);
  expect(taken(partsIn(sourceOf(new Uint8Array(9)), undefined, () => undefined))).toEqual([]);
  expect(taken(partsIn(sourceOf(new Uint8Array(0)), undefined, () => 1))).toEqual([]);
});
