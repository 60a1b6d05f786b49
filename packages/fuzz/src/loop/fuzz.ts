import { chance, pick, seeded } from "../choice.js";
import { mutateInput } from "../mutators/mutate-input.js";
import type { FuzzInput } from "../packet.js";
import type { Target } from "../targets/target.js";
import { failureOf, type Failure } from "./failure.js";
import { shrink } from "./shrink.js";

export interface FuzzOptions {
  readonly target: Target;
  /** Where choices begin: run number n is that of the seed `seed + n`. 0 unless said. */
  readonly seed?: number;
  /** How many inputs; without it, and without `seconds`, 1000. */
  readonly runs?: number;
  /** How long to go on, by `clock`. The run that has begun is finished. */
  readonly seconds?: number;
  /** Milliseconds that never go back; needed for `seconds` only. */
  readonly clock?: () => number;
  /** Inputs to change beside those that the target makes; they are also given as they are, first. */
  readonly corpus?: readonly FuzzInput[];
  /** Inputs that may be tried to make a failing one smaller. */
  readonly shrinkTries?: number;
}

/** An input that breaks something. */
export interface Finding {
  readonly target: string;
  /** `fuzz` with this seed and one run makes the input again; undefined for one of the corpus. */
  readonly seed: number | undefined;
  readonly failure: Failure;
  /** As it was found. */
  readonly input: FuzzInput;
  /** The smallest one that was found to do the same. */
  readonly smallest: FuzzInput;
}

export interface FuzzReport {
  readonly runs: number;
  /** The first input that breaks something; the loop ends with it. */
  readonly finding: Finding | undefined;
}

const usualRuns = 1000;
/** Sessions take longer to make than to change: what was made is changed so many times. */
const mutants = 8;

/** Gives inputs to a target until one breaks something, or there were enough. */
export async function fuzz(options: FuzzOptions): Promise<FuzzReport> {
  const { target, seed = 0, seconds, clock, corpus = [], shrinkTries } = options;
  const most = options.runs ?? (seconds === undefined ? usualRuns : Number.POSITIVE_INFINITY);
  const until = deadline(seconds, clock);
  const found = async (runs: number, from: number | undefined, input: FuzzInput, failure: Failure) => {
    const same = async (other: FuzzInput): Promise<boolean> => (await failureOf(target, other))?.kind === failure.kind;
    const smallest = await shrink(input, same, shrinkTries);
    const again = (await failureOf(target, smallest)) ?? failure;
    return { runs, finding: { target: target.name, seed: from, failure: again, input, smallest } };
  };
  for (const input of corpus) {
    const failure = await failureOf(target, input);
    if (failure !== undefined) return found(0, undefined, input, failure);
  }
  for (let run = 0; run < most; run++) {
    if (clock !== undefined && clock() >= until) return { runs: run, finding: undefined };
    for (const input of inputsOf(target, seed + run, corpus)) {
      const failure = await failureOf(target, input);
      if (failure !== undefined) return found(run + 1, seed + run, input, failure);
    }
  }
  return { runs: most, finding: undefined };
}

/** The inputs of one run: something legal as it is, and changed. */
export function* inputsOf(target: Target, seed: number, corpus: readonly FuzzInput[] = []): Generator<FuzzInput, void> {
  const choice = seeded(seed);
  const made = target.make(choice);
  yield made;
  for (let left = mutants; left > 0; left--) {
    const from = chance(choice, 3) ? (pick(choice, corpus) ?? made) : made;
    const other = pick(choice, corpus) ?? made;
    yield mutateInput(from, choice, { pduOf: target.pduOf?.bind(target), other, single: target.single });
  }
}

function deadline(seconds: number | undefined, clock: (() => number) | undefined): number {
  if (seconds === undefined) return Number.POSITIVE_INFINITY;
  if (clock === undefined) throw new TypeError("seconds need a clock");
  return clock() + seconds * 1000;
}
