import type { Choice } from "@railvail/wire";
import { pick } from "../choice.js";
import type { FuzzInput, Packet } from "../packet.js";

/** A peer says at most so often what it said once. */
const mostRepeats = 40;

type Change = (input: FuzzInput, at: number, choice: Choice, other: FuzzInput) => Packet[];

const changes: readonly Change[] = [
  // Taken out.
  (input, at) => input.toSpliced(at, 1),
  // Said again: at once, and later.
  (input, at, choice) =>
    input.toSpliced(at, 0, ...Array.from({ length: choice.int(1, mostRepeats) }, () => input[at] as Packet)),
  (input, at, choice) => input.toSpliced(choice.int(0, input.length), 0, input[at] as Packet),
  // Said too early or too late.
  (input, at, choice) => {
    const rest = input.toSpliced(at, 1);
    return rest.toSpliced(choice.int(0, rest.length), 0, input[at] as Packet);
  },
  // Nothing more is said, or it is begun anew.
  (input, at) => input.slice(0, at + 1),
  (input, at) => [...input.slice(0, at + 1), ...input],
  // Cut in two somewhere, or two in one.
  (input, at, choice) => {
    const packet = input[at] as Packet;
    const place = choice.int(0, packet.bytes.length);
    const parts = [packet.bytes.subarray(0, place), packet.bytes.subarray(place)];
    return input.toSpliced(at, 1, ...parts.map((bytes) => ({ ...packet, bytes })));
  },
  (input, at) => {
    const [one, two] = [input[at] as Packet, input[at + 1]];
    if (two === undefined || two.channel !== one.channel || two.from !== one.from) return [...input];
    const bytes = new Uint8Array([...one.bytes, ...two.bytes]);
    return input.toSpliced(at, 2, { ...one, bytes });
  },
  // Said by the wrong side.
  (input, at) => {
    const packet = input[at] as Packet;
    return input.toSpliced(at, 1, { ...packet, from: packet.from === "client" ? "server" : "client" });
  },
  // From another session.
  (input, at, choice, other) => {
    const from = choice.int(0, other.length);
    return input.toSpliced(at, 0, ...other.slice(from, from + choice.int(1, 4)));
  },
  (input, at, choice, other) => [...input.slice(0, at), ...other.slice(choice.int(0, other.length))],
];

/** The same packets in another order, some of them missing, doubled, cut, or from `other`. */
export function mutateOrder(input: FuzzInput, choice: Choice, other: FuzzInput = []): Packet[] {
  if (input.length === 0) return other.slice(0, 1);
  const change = pick(choice, changes);
  return change === undefined ? [...input] : change(input, choice.int(0, input.length - 1), choice, other);
}
