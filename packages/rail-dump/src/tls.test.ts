import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { pcapngOf, secretsBlock } from "../testing/pcapng.js";
import { fixture, run, tlsSession } from "../testing/run.js";
import type { MessageCount } from "./stats.js";
import type { Verification } from "./verify.js";

const session = fixture(tlsSession);
const keyLog = fixture(tlsSession, "keylog.txt");
const keyBytes = new Uint8Array(readFileSync(keyLog));
/** The key log of another session: the secrets are there, the session is not. */
const otherKeys = Buffer.from(readFileSync(keyLog, "latin1").replace(/^(\w+) [0-9a-f]{8}/gm, "$1 00000000"), "latin1");
/** Secrets that are not those of the session. */
const wrongKeys = Buffer.from(readFileSync(keyLog, "latin1").replace(/[0-9a-f]{8}$/gm, "00000000"), "latin1");

interface Counted {
  readonly counts: {
    readonly [channel: string]: { readonly [direction: string]: { readonly [name: string]: MessageCount } };
  };
}

/** Channels that the other decoder did not count with care. */
const rough = new Set(["rdpdr", "altsec", "primary-order", "secondary-order", "slowpath-update"]);

/** What an independent decoder counted. */
const expected = JSON.parse(readFileSync(fixture(tlsSession, "expected.json"), "utf8")) as Counted;

function expectWhole(stdout: string): void {
  const { counts } = JSON.parse(stdout) as Counted;
  const compared = Object.entries(expected.counts).filter(([channel]) => !rough.has(channel));
  expect(compared.length).toBeGreaterThan(6);
  for (const [channel, messages] of compared) expect({ [channel]: counts[channel] }).toEqual({ [channel]: messages });
}

const stats = ["stats", "--json", session] as const;
const asked =
  /^rail-dump: \S+session\.pcap\.gz: packet \d+: connection 0: no key for the TLS session with client random 6a6c5734\.\.\.: give the key log \(SSLKEYLOGFILE\)/;

/** None of the secrets is in what was said. */
function expectNoSecrets(...texts: readonly string[]): void {
  for (const [, secret = "?"] of Buffer.from(keyBytes)
    .toString("latin1")
    .matchAll(/ ([0-9a-f]+)$/gm)) {
    for (const text of texts) expect(text.toLowerCase()).not.toContain(secret.slice(0, 16));
  }
}

describe("a session in TLS is read with its key log", () => {
  test("that an option names", async () => {
    const { code, stdout, stderr } = await run([...stats, "--keylog", keyLog]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expectWhole(stdout);
  });

  test("among several", async () => {
    const files = { other: otherKeys, right: keyBytes };
    const { code, stdout, stderr } = await run([...stats, "--keylog=other", "--keylog=right"], { files });
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expectWhole(stdout);
  });

  test("that SSLKEYLOGFILE names", async () => {
    const { code, stdout, stderr } = await run(stats, { env: { SSLKEYLOGFILE: keyLog } });
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expectWhole(stdout);
  });

  test.each([
    ["before the packets", 0],
    ["in their middle", 60],
    ["after them", Number.POSITIVE_INFINITY],
  ])("inside the capture, %s", async (_, after) => {
    const files = { "with-keys.pcapng": pcapngOf(session, [secretsBlock(keyBytes)], after) };
    const { code, stdout, stderr } = await run(["stats", "--json", "with-keys.pcapng"], { files });
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expectWhole(stdout);
  });

  test("inside a capture, and used for the one after it", async () => {
    const files = { keys: pcapngOf(session, [secretsBlock(keyBytes)], 0) };
    const { code, stdout } = await run(["stats", "--json", "--conn", "1", "keys", session], { files });
    expect(code).toBe(0);
    expectWhole(stdout);
  });

  test("and every byte of it is accounted for, the padding of one message by a deviation", async () => {
    const { code, stdout } = await run(["verify", "--json", "--keylog", keyLog, session]);
    const result = JSON.parse(stdout) as Verification;
    expect(result).toMatchObject({
      clean: true,
      findings: [],
      unseenBytes: 0,
      sealedBytes: 0,
      unaccountedBytes: 0,
      gaps: { count: 0, bytes: 0 },
      explained: { messages: 1, bytes: 340 },
    });
    expect(result.deviations).toHaveProperty("reserved-not-zero");
    expect(result.streamBytes).toBeGreaterThan(40_000);
    expect(code).toBe(0);
  });
});

describe("what cannot be decrypted is said, once, with what to supply", () => {
  test("no key log", async () => {
    const { code, stdout, stderr } = await run(stats);
    expect(code).toBe(1);
    const said = stderr.split("\n").slice(0, -1);
    expect(said.length).toBe(3);
    expect(said[0]).toMatch(asked);
    expect(said.slice(1).every((line) => /bytes of TLS of the (client|server) were not decrypted/.test(line))).toBe(
      true,
    );
    expect(Object.keys((JSON.parse(stdout) as Counted).counts)).toEqual(["tls", "x224"]);
  });

  test("no key log: findings, and the bytes are not accounted for", async () => {
    const { code, lines } = await run(["verify", session]);
    expect(code).toBe(1);
    expect(lines).toContain("tls (3)");
    expect(lines.some((line) => line.includes("tls: no-key, 0 bytes: no key for the TLS session"))).toBe(true);
    expect(lines.at(-1)).toBe("findings");
    expect(lines[1]).toMatch(/^bytes {10}58 of \d{5} accounted for/);
  });

  test("the key log of another session", async () => {
    const { code, stderr } = await run([...stats, "--keylog", "other"], { files: { other: otherKeys } });
    expect(code).toBe(1);
    expect(stderr).toMatch(asked);
  });

  test("secrets that are wrong, and are not shown", async () => {
    const { code, stdout, stderr } = await run(["verify", "--keylog", "wrong", session], {
      files: { wrong: wrongKeys },
    });
    expect(code).toBe(1);
    expect(stderr).toMatch(/a TLS record of the (client|server) does not fit its key: give the key log of this very/);
    expectNoSecrets(stdout, stderr);
  });

  test("a record that was changed: a hole between messages, whose bytes are counted", async () => {
    const capture = gunzipSync(readFileSync(session));
    // In the middle of the capture lie the large records of the graphics pipeline.
    const at = Math.floor(capture.length / 2);
    capture.writeUInt8(capture.readUInt8(at) ^ 1, at);
    const files = { changed: capture };
    const { code, stdout, stderr } = await run(["verify", "--json", "--keylog", keyLog, "changed"], { files });
    const result = JSON.parse(stdout) as Verification & { readonly gaps: object };
    expect(code).toBe(1);
    expect(stderr).toContain("does not fit its key");
    expect(result.sealedBytes).toBeGreaterThan(100);
    expect(result.unaccountedBytes).toBeGreaterThanOrEqual(result.sealedBytes);
    expect(result.unaccountedBytes).toBeLessThan(result.streamBytes / 2);
    expect(result.gaps).toEqual({ count: 0, bytes: 0 });
    const listed = await run(["--keylog", keyLog, "changed"], { files });
    expect(listed.lines.filter((line) => line.endsWith("bytes are missing: not decrypted")).length).toBe(1);
    expect(listed.lines.length).toBeGreaterThan(100);
  });

  test("a file that is no key log", async () => {
    const { code, stderr } = await run([...stats, "--keylog", session]);
    expect(code).toBe(1);
    expect(stderr.split("\n")[0]).toBe(`rail-dump: ${session}: no TLS secrets are in this key log`);
    expect(stderr.split("\n")[1]).toMatch(asked);
  });

  test("a connection that was not asked for is not complained about", async () => {
    expect(await run([...stats, "--conn", "1"])).toMatchObject({ code: 0, stderr: "" });
  });
});

describe("a key log that cannot be read", () => {
  test("ends the run if an option names it", async () => {
    const outcome = await run(["--keylog", "no\u001bkeys", session]);
    expect(outcome).toMatchObject({ code: 2, stdout: "", stderr: "rail-dump: no\\u{1b}keys: no such file\n" });
  });

  test("ends it if it is a folder", async () => {
    const outcome = await run(["--keylog", "/", session]);
    expect(outcome).toMatchObject({ code: 2, stdout: "", stderr: "rail-dump: /: is a directory\n" });
  });

  test.each(["missing", "/", ""])("does not if SSLKEYLOGFILE is '%s'", async (SSLKEYLOGFILE) => {
    const outcome = await run(["stats", fixture("wslg-rail-basic")], { env: { SSLKEYLOGFILE } });
    expect(outcome).toMatchObject({ code: 0, stderr: "" });
  });
});

test("secrets are in no listing", async () => {
  const { code, stdout, stderr } = await run(["-a", "-V", "-x", "--keylog", keyLog, session]);
  expect(code).toBe(0);
  expectNoSecrets(stdout, stderr);
});
