/** What the program has around it; tests have their own. */
export interface Surroundings {
  /** A line of the program's output. */
  readonly print: (line: string) => void;
  /** A line about troubles. */
  readonly complain: (line: string) => void;
  /** Calls back when the user wants the program to end; the answer ends that. */
  readonly onInterrupt: (leave: () => void) => () => void;
}

/** 0: it ran and was ended; 2: it could not begin. */
export type ExitCode = 0 | 2;
