import type { Machine } from "@railvail/session";
import { DecodeError, sourceOf, type Step } from "@railvail/wire";
import { BrokenLaw, holds, neverThrows, thrown } from "./broken-law.js";
import { difference } from "./same-value.js";
import { deepFreeze, stateSize } from "./state-size.js";

interface AnyOutput {
  readonly type: string;
}

/** A machine to ask, its limits, and what its application does. */
export interface FuzzMachine<State, Input, Output extends AnyOutput> {
  readonly name: string;
  readonly machine: Machine<State, Input, Output>;
  /** What the application and the clock do after the peer's packet of this number; nothing unless said. */
  commands?(state: State, index: number, now: number): readonly Input[];
  /** The most that the state may hold, as `stateSize` counts. */
  readonly largest: number;
  /** Rules whose violation changes the state all the same. */
  readonly counting: ReadonlySet<string>;
}

/** Milliseconds between two packets. */
const pace = 100;

/**
 * What holds for whatever a peer sends. Laws: `throws`; `state-bound`; `same-state` (an input that only breaks rules
 * leaves the same object); `pure` (a step changes nothing that it was given, and does the same again). Throws
 * `BrokenLaw`.
 */
export function machineLaws<State, Input, Output extends AnyOutput>(
  asked: FuzzMachine<State, Input, Output>,
  packets: readonly Uint8Array[],
): void {
  const { name, machine, largest } = asked;
  let state = oneStep(asked, machine.state, machine.opened(0));
  for (const [index, packet] of packets.entries()) {
    const now = index * pace;
    for (const input of read(asked, packet, state, now)) state = oneStep(asked, state, input);
    for (const input of asked.commands?.(state, index, now) ?? []) state = oneStep(asked, state, input);
    const size = stateSize(state);
    holds(size <= largest, "state-bound", () => `${name} holds ${size} after ${index + 1} packets, at most ${largest}`);
  }
  oneStep(asked, state, machine.closed(packets.length * pace));
}

function* read<State, Input, Output extends AnyOutput>(
  { name, machine }: FuzzMachine<State, Input, Output>,
  packet: Uint8Array,
  state: State,
  now: number,
): Generator<Input, void> {
  const inputs = neverThrows(`${name}, reading`, () =>
    machine.received(sourceOf(packet), state, now)[Symbol.iterator](),
  );
  for (let most = packet.length + 1; inputs !== undefined; most--) {
    holds(most >= 0, "progress", () => `${name} finds more messages in a packet than it has bytes`);
    try {
      const next = inputs.next();
      if (next.done === true) return;
      yield next.value;
    } catch (error) {
      if (error instanceof BrokenLaw) throw error;
      if (!(error instanceof DecodeError)) throw thrown(`${name}, reading`, error);
    }
  }
}

function oneStep<State, Input, Output extends AnyOutput>(
  { name, machine, counting }: FuzzMachine<State, Input, Output>,
  state: State,
  input: Input,
): State {
  deepFreeze(state);
  const step = (): Step<State, Output> => neverThrows(name, () => machine.step(state, input)) as Step<State, Output>;
  const next = step();
  const again = step();
  const place = difference(next, again, "step");
  holds(place === undefined, "pure", () => `${name}: ${place} is another one when the same step is made again`);
  for (const output of next.outputs) {
    if (output.type !== "send") continue;
    const send = output as Extract<Output, { readonly type: "send" }>;
    neverThrows(`${name}, encoding what it sends`, () => machine.encode(send));
  }
  const rules = next.outputs.map((output) => (isViolation(output) ? output.rule : undefined));
  const isRefused = rules.length > 0 && rules.every((rule) => rule !== undefined && !counting.has(rule));
  holds(!isRefused || next.state === state, "same-state", () => `${name}: ${rules.join(", ")} changed the state`);
  return next.state;
}

const isViolation = (output: AnyOutput): output is AnyOutput & { readonly rule: string } => output.type === "violation";
