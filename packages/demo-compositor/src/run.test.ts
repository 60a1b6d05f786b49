/** The program as it is started: what it says, and that clients find it where it says. */
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { networkInterfaces, tmpdir } from "node:os";
import { join } from "node:path";
import type { ExitCode } from "@railvail/command-line";
import { connect } from "@railvail/node";
import { expect, onTestFinished, test } from "vitest";
import { main } from "./main.js";

const hasIpv6 = Object.values(networkInterfaces()).some((each) => each?.some(({ address }) => address === "::1"));

interface Ran {
  readonly code: ExitCode;
  readonly lines: readonly string[];
  readonly complaints: readonly string[];
}

/** Runs the program until it listens, and does something then. */
async function ran(argv: readonly string[], listening: (line: string) => Promise<void> = async () => {}): Promise<Ran> {
  const lines: string[] = [];
  const complaints: string[] = [];
  let interrupt = (): void => {};
  const leave = (): void => interrupt();
  const code = await main([...argv, "--port", "0", "--tls", "off"], {
    print: (line) => {
      lines.push(line);
      if (line.startsWith("listening")) void listening(line).finally(leave);
    },
    complain: (line) => complaints.push(line),
    onInterrupt: (end) => {
      interrupt = end;
      return () => {};
    },
  });
  return { code, lines, complaints };
}

test.runIf(hasIpv6).each(["::1", "[::1]"])(
  "it listens at addresses of IPv6, which it prints in brackets: %s",
  async (host) => {
    let port = 0;
    const { code } = await ran(["--host", host], async (line) => {
      port = Number(/^listening on \[::1\]:(\d+)$/.exec(line)?.[1]);
      const conduit = await connect({ host: "::1", port });
      conduit.abort();
    });
    expect(code).toBe(0);
    expect(port).toBeGreaterThan(0);
  },
);

test("an address that is not here is told as such", async () => {
  const { code, complaints } = await ran(["--host", "192.0.2.1"]);
  expect(code).toBe(2);
  expect(complaints).toEqual([expect.stringContaining("192.0.2.1 is not an address of this machine")]);
});

test("a folder for shared memory is made, and that is told once", async () => {
  const folder = mkdtempSync(join(tmpdir(), "demo-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const sections = join(folder, "sections");
  const made = `made the folder ${sections} for shared memory`;
  expect((await ran(["--vail", sections])).lines).toContain(made);
  expect(existsSync(sections)).toBe(true);
  expect((await ran(["--vail", sections])).lines).not.toContain(made);
});
