import { BrokenLaw } from "../oracles/broken-law.js";
import type { FuzzInput } from "../packet.js";
import type { Target } from "../targets/target.js";

/** What did not hold. */
export interface Failure {
  /** The law, or `throws` with the name of the error. Inputs with the same kind show the same failure. */
  readonly kind: string;
  readonly message: string;
  readonly error: unknown;
}

/** Numbers differ from input to input. */
const withoutNumbers = (text: string): string => text.replaceAll(/\d+/g, "n");

/** Gives an input to a target; undefined if all holds. */
export async function failureOf(target: Target, input: FuzzInput): Promise<Failure | undefined> {
  try {
    const checked = target.check(input);
    // Waiting costs more than most checks.
    if (checked !== undefined) await checked;
    return undefined;
  } catch (error) {
    return failure(error);
  }
}

function failure(error: unknown): Failure {
  if (error instanceof BrokenLaw) {
    const kind = error.law === "throws" ? withoutNumbers(error.message) : error.law;
    return { kind, message: error.message, error };
  }
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return { kind: `throws ${withoutNumbers(message)}`, message, error };
}
