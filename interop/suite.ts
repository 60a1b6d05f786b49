import { describe } from "vitest";
import { missing, type ProgramName } from "./programs.js";

/** A suite that is skipped, and says why, where one of its programs is not installed. */
export function suite(name: string, needs: readonly ProgramName[], tests: () => void): void {
  const absent = missing(needs);
  const why = absent.length === 0 ? "" : ` (skipped: ${absent.join(", ")} not installed)`;
  describe.skipIf(absent.length > 0)(`${name}${why}`, tests);
}
