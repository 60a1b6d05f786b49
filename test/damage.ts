import type { StreamEvent } from "@railvail/capture";
import { Dissector, type Direction, type Gap, type Sink } from "@railvail/dissect";
import fc from "fast-check";

/** What a dissector is given at a time: the next bytes of a direction, or that some are missing. */
export interface Step {
  readonly direction: Direction;
  readonly bytes: Uint8Array;
  /** Bytes that were not captured; `bytes` is empty then. */
  readonly gap?: { readonly length: number; readonly reason: Gap["reason"] };
}

const none = new Uint8Array(0);

/** The data of a session of one connection, step by step. */
export const stepsOf = (events: readonly StreamEvent[]): Step[] =>
  events.flatMap((event) => (event.type === "data" ? [{ direction: event.direction, bytes: event.bytes }] : []));

/** Hands the records of the steps to the sink. The packet of a record is the number of its step. */
export function dissectSteps(steps: readonly Step[], sink: Sink, startMissing = false): void {
  const dissector = new Dissector({ connection: 0, startMissing, sink });
  let packet = 0;
  for (const { direction, bytes, gap } of steps) {
    const moment = { time: 0n, packet: packet++ };
    if (gap === undefined) dissector.data(direction, bytes, moment);
    else dissector.gap(direction, gap.length, gap.reason, moment);
  }
  dissector.end({ time: 0n, packet });
}

/** Something that happens to one step. `at` and `length` count modulo its bytes. */
export interface Damage {
  readonly step: number;
  readonly kind: "flip" | "lose" | "gap" | "double" | "insert" | "cut";
  readonly at: number;
  readonly length: number;
  readonly bytes: Uint8Array;
}

export const damages = (kinds: readonly Damage["kind"][]): fc.Arbitrary<Damage> =>
  fc.record({
    step: fc.nat(),
    kind: fc.constantFrom(...kinds),
    at: fc.nat(),
    length: fc.nat(),
    bytes: fc.uint8Array({ minLength: 1, maxLength: 12 }),
  });

function damaged({ direction, bytes }: Step, damage: Damage): Step[] {
  const at = damage.at % Math.max(1, bytes.length);
  const length = 1 + (damage.length % Math.max(1, bytes.length - at));
  const step = (part: Uint8Array): Step => ({ direction, bytes: part });
  const before = bytes.subarray(0, at);
  const after = bytes.subarray(at + length);
  switch (damage.kind) {
    case "flip": {
      const copy = bytes.slice();
      damage.bytes.subarray(0, copy.length - at).forEach((bits, index) => {
        copy[at + index] = (copy[at + index] ?? 0) ^ bits;
      });
      return [step(copy)];
    }
    case "lose":
      return [step(before), step(after)];
    case "gap":
      return [step(before), { direction, bytes: none, gap: { length, reason: "lost" } }, step(after)];
    case "double":
      return [step(bytes), step(bytes.subarray(at, at + length))];
    case "insert":
      return [step(before), step(damage.bytes), step(bytes.subarray(at))];
    case "cut":
      return [step(before), step(bytes.subarray(at))];
  }
}

/** The steps with damage to those from `first` to `last`; several to one step fall on the last. */
export function damage(steps: readonly Step[], list: readonly Damage[], first = 0, last = steps.length - 1): Step[] {
  const byStep = new Map(list.map((each) => [first + (each.step % (last - first + 1)), each]));
  return steps.flatMap((step, index) => {
    const what = byStep.get(index);
    return what === undefined || step.gap !== undefined ? [step] : damaged(step, what);
  });
}

/** The same bytes in pieces of these sizes, again and again. */
export function inPieces(steps: readonly Step[], sizes: readonly number[]): Step[] {
  let next = 0;
  const size = (): number => Math.max(1, sizes[next++ % sizes.length] ?? 1);
  return steps.flatMap((step) => {
    if (step.gap !== undefined) return [step];
    const pieces: Step[] = [];
    for (let at = 0; at < step.bytes.length;) {
      const end = Math.min(step.bytes.length, at + size());
      pieces.push({ direction: step.direction, bytes: step.bytes.subarray(at, end) });
      at = end;
    }
    return pieces;
  });
}

/** Neighbours of one direction as one step. */
export function joined(steps: readonly Step[]): Step[] {
  const out: Step[] = [];
  for (const step of steps) {
    const last = out.at(-1);
    if (last?.direction !== step.direction || last.gap !== undefined || step.gap !== undefined) {
      out.push(step);
    } else {
      out[out.length - 1] = {
        direction: step.direction,
        bytes: Buffer.concat([last.bytes, step.bytes]),
      };
    }
  }
  return out;
}
