import { FilterError } from "../src/filter/filter-error.js";

/** What is wrong with a filter that cannot be understood. */
export function mistakeOf(parse: () => unknown): FilterError {
  try {
    parse();
  } catch (error) {
    if (error instanceof FilterError) return error;
    throw error;
  }
  throw new Error("nothing is wrong");
}
