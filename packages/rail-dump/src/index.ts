export type { Hole, ReadRecord } from "./connection-reading.js";
export type { ExitCode } from "./exit-code.js";
export { main } from "./main.js";
export { addMessage, countRows, countsJson, isCounted, type Counts, type MessageCount } from "./stats.js";
export { shortName } from "./aliases.js";
export { OutputError, type Surroundings, type TextOutput } from "./terminal.js";
export { isClean, Verifier, type Finding, type Tally, type Verification } from "./verify.js";
