import { UsageError } from "./usage-error.js";

/** What Node's `parseArgs` gives when it is called. Throws `UsageError` with the first sentence of its reason. */
export function readOptions<Parsed>(parseArgs: () => Parsed): Parsed {
  try {
    return parseArgs();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    // The first sentence names the option; what follows is advice that does not fit here.
    const [reason = ""] = error.message.split(/\. |\n/);
    throw new UsageError(reason.charAt(0).toLowerCase() + reason.slice(1).replace(/\.$/, ""));
  }
}

/** The value of an option that has some names as values. Throws `UsageError`. */
export function oneOf<const T extends string>(option: string, value: string, choices: readonly T[]): T {
  const choice = choices.find((one) => one === value);
  if (choice !== undefined) return choice;
  throw new UsageError(`option ${option} takes ${choices.join(" or ")}, not '${value}'`);
}
