import type { ReadOutcome } from "./read.js";

/** 0: clean; 1: findings; 2: the command line, or input or output. */
export type ExitCode = 0 | 1 | 2;

/** What a reading says of the files; `findings` are the command's own. */
export function exitCodeOf({ damaged, unreadable }: ReadOutcome, findings = false): ExitCode {
  if (unreadable) return 2;
  return damaged || findings ? 1 : 0;
}
