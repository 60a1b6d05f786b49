import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { fixture, run, tlsSession } from "../testing/run.js";

const hasTshark = spawnSync("tshark", ["--version"]).status === 0;
const session = fixture(tlsSession);
const keyLog = fixture(tlsSession, "keylog.txt");

/** PDUs that tshark exports out of TLS. */
function exported(): Uint8Array {
  const folder = mkdtempSync(join(tmpdir(), "rail-dump-"));
  try {
    const out = join(folder, "out.pcapng");
    const options = ["-o", `tls.keylog_file:${keyLog}`, "-d", "tls.port==33892,tpkt"];
    const { status } = spawnSync("tshark", ["-r", session, ...options, "-U", "OSI layer 7", "-w", out]);
    expect(status).toBe(0);
    return readFileSync(out);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe.skipIf(!hasTshark)("PDUs that tshark exports (skipped where there is no tshark)", () => {
  test("are the messages that we decrypt, but for those before TLS", async () => {
    const own = await run(["-a", "-T", "ndjson", "--keylog", keyLog, session]);
    const theirs = await run(["-a", "-T", "ndjson", "pdus"], { files: { pdus: exported() } });
    expect(theirs).toMatchObject({ code: 0, stderr: "" });
    const plain = (lines: readonly string[]): string[] =>
      lines.filter((line) => !line.includes('"path":"x224"')).map((line) => line.replace(/"packet":\d+,/g, ""));
    expect(theirs.lines.length).toBeGreaterThan(100);
    expect(plain(theirs.lines)).toEqual(plain(own.lines));
  });
});
