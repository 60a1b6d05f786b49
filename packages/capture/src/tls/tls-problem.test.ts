import { inspect } from "node:util";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { step, steps } from "../../testing/tls/arbitraries.js";
import { decrypted, keyLogOf, type Captured } from "../../testing/tls/decrypted.js";
import { kindsOf, plainOf } from "../../testing/tls/expectations.js";
import { clientHello, handmadeSession, record, serverHello } from "../../testing/tls/handmade-session.js";
import type { Direction } from "../index.js";
import { KeyLog } from "./key-log.js";
import { TlsDecryptor } from "./tls-decryptor.js";

describe("what cannot be decrypted is said", () => {
  const some = fc.sample(step, { numRuns: 30, seed: 3 });
  const { records, keyLog } = handmadeSession({ steps: some });
  const random = Buffer.from(records[0]?.bytes.subarray(11, 43) ?? []).toString("hex");

  test("no key", () => {
    const result = decrypted(records, "");
    expect(kindsOf(result)).toEqual(["no-key", "undecrypted"]);
    const start = random.slice(0, 8);
    expect(result.problems[0]?.message).toBe(
      `no key for the TLS session with client random ${start}...: give the key log (SSLKEYLOGFILE) that its client or its server wrote`,
    );
    const sealedRecords = records.filter(({ kind }) => kind !== "clear");
    const bytes = (which: Direction) =>
      sealedRecords.reduce((sum, one) => sum + (one.direction === which ? one.bytes.length : 0), 0);
    expect(result.sealed).toEqual({ c2s: bytes("c2s"), s2c: bytes("s2c") });
  });

  test("a line that the key log lacks", () => {
    const lines = keyLog.split("\n").filter((line) => !line.startsWith("SERVER_TRAFFIC"));
    const result = decrypted(records, lines.join("\n"));
    expect(result.problems[0]?.issue).toMatchObject({
      kind: "no-key",
      label: "SERVER_TRAFFIC_SECRET_0",
      partial: true,
    });
    expect(result.plain.c2s.equals(plainOf(records, "c2s"))).toBe(true);
    expect(result.plain.s2c.length).toBe(0);
  });

  test("wrong keys", () => {
    const wrong = keyLog.replaceAll(/[0-9a-f]{4}$/gm, "0000");
    const result = decrypted(records, wrong);
    expect(kindsOf(result)).toEqual(["authentication-failed", "undecrypted"]);
    expect([result.plain.c2s.length, result.plain.s2c.length]).toEqual([0, 0]);
  });

  test.each([
    {
      choice: { suite: 0x0005, version: 0x0303 },
      message:
        "cipher suite TLS_RSA_WITH_RC4_128_SHA (0x0005) is not supported: record the session with AES or ChaCha20",
    },
    {
      choice: { suite: 0xfefe, version: 0x0303 },
      message: "cipher suite 0xfefe is not supported: record the session with AES or ChaCha20",
    },
    {
      choice: { suite: 0x002f, version: 0x0300 },
      message: "SSL 3.0 is not supported: record the session with TLS 1.2 or 1.3",
    },
    {
      choice: { suite: 0x1301, version: 0x7f1c },
      message: "draft 28 of TLS 1.3 is not supported: record the session with TLS 1.2 or 1.3",
    },
    {
      choice: { suite: 0x1301, version: 0x0303 },
      message: "cipher suite TLS_AES_128_GCM_SHA256 (0x1301) is not supported: record the session with AES or ChaCha20",
    },
    {
      choice: { suite: 0x009c, version: 0x0303, compression: 1 },
      message: "TLS compression method 1 is not supported: record the session without compression",
    },
  ])("$message", ({ choice, message }) => {
    const chunks: Captured[] = [
      { direction: "c2s", bytes: record(22, clientHello(Buffer.alloc(32, 1)), 0x0301) },
      { direction: "s2c", bytes: record(22, serverHello(choice)) },
      { direction: "s2c", bytes: record(20, Uint8Array.of(1)) },
      { direction: "s2c", bytes: record(22, Buffer.alloc(60)) },
      { direction: "s2c", bytes: record(23, Buffer.alloc(60)) },
    ];
    const { problems } = decrypted(chunks, keyLog);
    expect(problems[0]?.message).toBe(message);
  });

  test("a capture that begins later", () => {
    const later = records.filter(({ kind }) => kind !== "clear" && kind !== "handshake");
    const result = decrypted(later, keyLog);
    expect(kindsOf(result)).toEqual(["handshake-missing", "undecrypted"]);
    expect([result.plain.c2s.length, result.plain.s2c.length]).toEqual([0, 0]);
  });

  test("a capture that has one direction only", () => {
    const result = decrypted(
      records.filter((one) => one.direction === "c2s"),
      keyLog,
    );
    expect(kindsOf(result)).toEqual(["handshake-missing", "undecrypted"]);
  });

  test("a server's hello that was not captured, at once and not at the end", () => {
    const hello = records.find((one) => one.direction === "s2c");
    const kinds: string[] = [];
    const tls = new TlsDecryptor({
      keys: keyLogOf(keyLog),
      onPlain: () => undefined,
      onProblem: ({ issue }) => kinds.push(issue.kind),
    });
    for (const one of records) {
      if (one === hello) tls.gap("s2c", one.bytes.length, { time: 0n, packet: 0 });
      else tls.data(one.direction, one.bytes, { time: 0n, packet: 0 });
    }
    expect(kinds).toEqual(["handshake-missing"]);
  });

  test("a capture that ends inside a record", () => {
    const last = records.at(-1);
    if (last === undefined) throw new Error("no record");
    const cut = { ...last, bytes: last.bytes.subarray(0, -1) };
    expect(kindsOf(decrypted([...records.slice(0, -1), cut], keyLog))).toEqual(["incomplete", "undecrypted"]);
  });
});

describe("secrets", () => {
  test("are in no problem and in no object that is printed", () => {
    fc.assert(
      fc.property(steps, fc.boolean(), (steps, whole) => {
        const { records, keyLog } = handmadeSession({ steps });
        const part = whole ? keyLog : keyLog.replace(/^SERVER_TRAFFIC.*$/m, "");
        const keys = keyLogOf(part);
        const { problems, decryptor } = decrypted(records, keys);
        const texts = [problems, decryptor, keys].flatMap((one) => [
          inspect(one, { depth: Infinity, showHidden: true }),
          JSON.stringify(one, (_, value: unknown) => (typeof value === "bigint" ? String(value) : value)),
          one instanceof KeyLog ? one.toString() : "",
        ]);
        const secrets = [...keyLog.matchAll(/^\w+ (\w+) (\w+)$/gm)].flatMap(([, random = "", secret = ""]) => [
          random,
          secret,
          secret.slice(0, 12),
          (secret.slice(0, 12).match(/../g) ?? []).join(" "),
        ]);
        for (const text of texts) for (const secret of secrets) expect(text).not.toContain(secret);
      }),
      { numRuns: 20 },
    );
  });
});

describe("what waits", () => {
  test("is bounded, and given up when it is too much", () => {
    const data = { kind: "data", bytes: Buffer.alloc(300), padding: 0 } as const;
    const many = handmadeSession({
      steps: Array.from({ length: 200 }, (_, index) => ({ ...data, direction: index % 2 === 0 ? "c2s" : "s2c" })),
    });
    const held = { used: 0, limit: 8000 };
    let most = 0;
    const problems: string[] = [];
    const sealed = { c2s: 0, s2c: 0 };
    const tls = new TlsDecryptor({
      keys: new KeyLog(),
      held,
      onPlain: () => expect.fail("there is no key"),
      onProblem: ({ issue }) => problems.push(issue.kind),
      onSealed: (which, bytes) => (sealed[which] += bytes.length),
    });
    for (const { direction: which, bytes } of many.records) {
      tls.data(which, bytes, { time: 0n, packet: 0 });
      most = Math.max(most, held.used);
    }
    expect(problems).toEqual(["no-key"]);
    expect(most).toBeGreaterThan(7000);
    expect(most).toBeLessThanOrEqual(8000);
    expect(held.used).toBe(0);
    expect(sealed.c2s).toBeGreaterThan(100 * 300);
    tls.end({ time: 0n, packet: 0 });
    expect(problems).toEqual(["no-key", "undecrypted", "undecrypted"]);
  });
});
