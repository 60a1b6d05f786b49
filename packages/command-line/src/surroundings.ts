/** What a program that prints lines has around it; tests have their own. */
export interface Surroundings {
  /** A line of the program's output. */
  readonly print: (line: string) => void;
  /** A line about troubles and progress. */
  readonly complain: (line: string) => void;
  /** Calls back when the user wants the program to end; the answer ends that. */
  readonly onInterrupt: (leave: () => void) => () => void;
}

const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** The streams and signals of this process. */
export const processSurroundings: Surroundings = {
  print: (line) => process.stdout.write(`${line}\n`),
  complain: (line) => process.stderr.write(`${line}\n`),
  onInterrupt(leave) {
    for (const signal of signals) process.on(signal, leave);
    return () => {
      for (const signal of signals) process.off(signal, leave);
    };
  },
};
