import { check, type Checked } from "./check.js";
import { compile, type MessageTest } from "./compile.js";
import { parseExpression } from "./parser.js";
import { Reading } from "./reading.js";

/** A filter that was understood. */
export interface Filter {
  readonly checked: Checked;
  /** What it remembers; times count from its `first`. */
  readonly reading: Reading;
  readonly test: MessageTest;
}

/**
 * Understands a filter: `docs/filter.md` has the language.
 *
 * @throws FilterError with the place of the mistake; evaluating it throws nothing
 */
export function parseFilter(text: string): Filter {
  const checked = check(text, parseExpression(text));
  const reading = new Reading();
  return { checked, reading, test: compile(checked, reading) };
}
