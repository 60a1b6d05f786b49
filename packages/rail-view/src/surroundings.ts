/** What the program has around it; tests have their own. */
export interface Surroundings {
  /** A line of the program's output. */
  readonly print: (line: string) => void;
  /** A line about troubles and progress. */
  readonly complain: (line: string) => void;
  /** Calls back when the user wants to leave; the answer ends that. */
  readonly onInterrupt: (leave: () => void) => () => void;
}

/** 0 all was done; 1 not all of it; 2 it could not even be tried. */
export type ExitCode = 0 | 1 | 2;
