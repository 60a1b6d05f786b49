export { oneOf, readOptions } from "./options.js";
export { runProgram, type ExitCode, type Program } from "./run-program.js";
export { processSurroundings, type Surroundings } from "./surroundings.js";
export { escapeText, quoteText } from "./terminal-text.js";
export { UsageError } from "./usage-error.js";
