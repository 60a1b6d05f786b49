import type { Display } from "./display.js";
import { Program } from "./programs.js";

/** Starts Debian's xfreerdp (FreeRDP 2) as a client of remote windows, or of a desktop. */
export function startFreerdp(
  display: Display,
  port: number,
  args: readonly string[] = [],
  program = "||demo",
): Program {
  const remote = program === "desktop" ? [] : [`/app:${program}`];
  const who = [`/v:127.0.0.1:${port}`, "/u:user", "/p:password", "/cert:ignore", "/log-level:WARN"];
  return new Program("xfreerdp", [...who, ...remote, ...args], { env: display.env });
}
