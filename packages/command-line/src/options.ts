import { UsageError } from "./usage-error.js";

/**
 * What Node's `parseArgs` gives when it is called. Throws `UsageError` with the first sentence of its reason; `argv`,
 * which it was given, lets a value that looks like an option be named.
 */
export function readOptions<Parsed>(parseArgs: () => Parsed, argv: readonly string[]): Parsed {
  try {
    return parseArgs();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    throw new UsageError(ambiguous(error.message, argv) ?? firstSentence(error.message));
  }
}

/** The first sentence names the option; what follows is advice that does not fit here. */
function firstSentence(message: string): string {
  const [reason = ""] = message.split(/\. |\n/);
  return reason.charAt(0).toLowerCase() + reason.slice(1).replace(/\.$/, "");
}

/** What to write for a value that begins as options do; undefined if the message is about something else. */
function ambiguous(message: string, argv: readonly string[]): string | undefined {
  const [, option] = /^Option '(-[^']*)' argument is ambiguous/.exec(message) ?? [];
  if (option === undefined) return undefined;
  const value = argv.find((each, index) => argv[index - 1] === option && /^-./.test(each));
  const joined = option.startsWith("--") ? `${option}=` : option;
  if (value === undefined) return `option '${option}' is followed by what looks like an option: write ${joined}VALUE`;
  return `option '${option}' is followed by '${value}', which looks like an option: write ${joined}${value}`;
}

/** The value of an option that has some names as values. Throws `UsageError`. */
export function oneOf<const T extends string>(option: string, value: string, choices: readonly T[]): T {
  const choice = choices.find((one) => one === value);
  if (choice !== undefined) return choice;
  throw new UsageError(`option ${option} takes ${choices.join(" or ")}, not '${value}'`);
}
