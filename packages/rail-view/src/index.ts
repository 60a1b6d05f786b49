export { main } from "./main.js";
export type { ExitCode, Surroundings } from "./surroundings.js";
