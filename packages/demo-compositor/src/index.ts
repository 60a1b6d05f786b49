export { Demo } from "./demo.js";
export type { DemoWindow, MakeWindow, WindowHost, WindowInput } from "./demo-window.js";
export { main } from "./main.js";
export { toneFormats } from "./tone.js";
