import { inspect } from "node:util";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { direction, recut, sizes, step, steps, withoutRange } from "../../testing/tls/arbitraries.js";
import { decrypted, keyLogOf, type Captured, type Decrypted } from "../../testing/tls/decrypted.js";
import {
  clientHello,
  handmadeSession,
  record,
  serverHello,
  type HandmadeRecord,
} from "../../testing/tls/handmade-session.js";
import type { Direction } from "../index.js";
import { KeyLog } from "./key-log.js";
import { TlsDecryptor } from "./tls-decryptor.js";

const plainOf = (records: readonly HandmadeRecord[], which: Direction): Buffer =>
  Buffer.concat(records.flatMap((one) => (one.direction === which && one.plain ? [one.plain] : [])));

const kinds = ({ problems }: Decrypted): string[] => [...new Set(problems.map(({ issue }) => issue.kind))];

/** What RDP sends before TLS. */
const negotiation: readonly Captured[] = [
  { direction: "c2s", bytes: Buffer.from("030000130ee000000000000100080003000000", "hex") },
  { direction: "s2c", bytes: Buffer.from("030000130ed000001234000200080001000000", "hex") },
];
const [request, confirm] = negotiation.map((chunk) => ("bytes" in chunk ? chunk.bytes : new Uint8Array(0)));

describe("a whole capture", () => {
  test("gives the application data, however it is cut, with or without RDP's start in clear", () => {
    fc.assert(
      fc.property(steps, sizes, fc.boolean(), (steps, sizes, rdp) => {
        const { records, keyLog } = handmadeSession({ steps });
        const chunks = [...(rdp ? negotiation : []), ...records].filter((chunk) => "bytes" in chunk);
        const result = decrypted(recut(chunks, sizes), keyLog);
        expect(result.problems).toEqual([]);
        expect(result.plain).toEqual({
          c2s: Buffer.concat([rdp ? (request ?? []) : [], plainOf(records, "c2s")].map((part) => Buffer.from(part))),
          s2c: Buffer.concat([rdp ? (confirm ?? []) : [], plainOf(records, "s2c")].map((part) => Buffer.from(part))),
        });
      }),
      { numRuns: 300 },
    );
  });

  test("gives the same, in the same order, if the keys come late", () => {
    fc.assert(
      fc.property(steps, fc.nat(), (steps, late) => {
        const { records, keyLog } = handmadeSession({ steps });
        const keys = new KeyLog();
        const at = late % records.length;
        const plain: [Direction, string][] = [];
        const tls = new TlsDecryptor({
          keys,
          onPlain: (which, bytes) => plain.push([which, Buffer.from(bytes).toString("hex")]),
          onProblem: ({ message }) => expect.fail(message),
        });
        for (const [index, { direction: which, bytes }] of records.entries()) {
          if (index === at) keys.add(keyLog);
          tls.data(which, bytes, { time: 0n, packet: index });
        }
        tls.end({ time: 0n, packet: 0 });
        const expected = records.flatMap(({ direction: which, plain }) =>
          plain === undefined ? [] : [[which, Buffer.from(plain).toString("hex")]],
        );
        expect(plain).toEqual(expected);
      }),
      { numRuns: 200 },
    );
  });

  test("one direction may be ahead of the other", () => {
    fc.assert(
      fc.property(steps, direction, (steps, first) => {
        const { records, keyLog } = handmadeSession({ steps });
        const ahead = records.filter((one) => one.direction === first);
        const result = decrypted([...ahead, ...records.filter((one) => one.direction !== first)], keyLog);
        expect(result.problems).toEqual([]);
        expect([result.plain.c2s, result.plain.s2c]).toEqual([plainOf(records, "c2s"), plainOf(records, "s2c")]);
      }),
    );
  });

  test("0-RTT data is said and passed over", () => {
    fc.assert(
      fc.property(steps, fc.integer({ min: 1, max: 80 }), (steps, earlyData) => {
        const { records, keyLog } = handmadeSession({ steps, earlyData });
        const result = decrypted(records, keyLog);
        expect(kinds(result)).toEqual(["early-data", "undecrypted"]);
        expect(result.sealed).toEqual({ c2s: earlyData * (5 + 50 + 1 + 16), s2c: 0 });
        expect([result.plain.c2s, result.plain.s2c]).toEqual([plainOf(records, "c2s"), plainOf(records, "s2c")]);
      }),
      { numRuns: 30 },
    );
  });

  test("the keys of application data are enough", () => {
    fc.assert(
      fc.property(steps, (steps) => {
        const { records, keyLog } = handmadeSession({ steps });
        const lines = keyLog.split("\n").filter((line) => !line.includes("HANDSHAKE"));
        const result = decrypted(records, lines.join("\n"));
        expect(result.problems).toEqual([]);
        expect([result.plain.c2s, result.plain.s2c]).toEqual([plainOf(records, "c2s"), plainOf(records, "s2c")]);
      }),
    );
  });
});

describe("a capture with losses", () => {
  test("of whole records goes on after them", () => {
    const dropped = fc.array(fc.boolean(), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(steps, dropped, (steps, dropped) => {
        const { records, keyLog } = handmadeSession({ steps });
        const first = records.length - steps.length;
        const updates = { c2s: 0, s2c: 0 };
        const lost = records.map(({ direction: which, kind }, index) => {
          const wanted = index >= first && dropped[index % dropped.length] === true;
          // More than one change of keys in one hole is not followed.
          if (!wanted) updates[which] = 0;
          else if (kind === "key update") updates[which]++;
          return wanted && updates[which] < 2;
        });
        const result = decrypted(
          records.map((one, index) =>
            lost[index] === true ? { direction: one.direction, missing: one.bytes.length } : one,
          ),
          keyLog,
        );
        const kept = records.filter((_, index) => lost[index] !== true);
        expect(result.problems).toEqual([]);
        expect([result.plain.c2s, result.plain.s2c]).toEqual([plainOf(kept, "c2s"), plainOf(kept, "s2c")]);
      }),
      { numRuns: 300 },
    );
  });

  test("of any bytes gives nothing that was not sent, and counts", () => {
    fc.assert(
      fc.property(
        steps,
        sizes,
        direction,
        fc.nat(),
        fc.integer({ min: 1, max: 4000 }),
        (steps, sizes, which, at, length) => {
          const { records, keyLog } = handmadeSession({ steps });
          const total = records.reduce((sum, one) => sum + (one.direction === which ? one.bytes.length : 0), 0);
          const from = at % total;
          const missing = Math.min(length, total - from);
          const result = decrypted(withoutRange(recut(records, sizes), which, from, from + missing), keyLog);
          expect(result.missing[which]).toBe(missing);
          if (from < 6) {
            // It is seen later, by the other direction, that this is TLS.
            expect(kinds(result)).toContain("handshake-missing");
            return;
          }
          expectPartOf(result, records);
          // Only the records that the hole touches are lost, if the handshake is whole.
          const flight = records.filter(({ kind }) => kind === "clear" || kind === "handshake");
          const handshakeEnd = flight.reduce((sum, one) => sum + (one.direction === which ? one.bytes.length : 0), 0);
          if (from < handshakeEnd || steps.some(({ kind }) => kind === "key update")) return;
          const other = which === "c2s" ? "s2c" : "c2s";
          expect(result.plain[other].equals(plainOf(records, other))).toBe(true);
          expect(result.plain[which].equals(plainOf(untouched(records, which, from, from + missing), which))).toBe(
            true,
          );
        },
      ),
      { numRuns: 500 },
    );
  });
});

/** Records of a direction with no byte in the range. */
function untouched(records: readonly HandmadeRecord[], which: Direction, from: number, to: number): HandmadeRecord[] {
  let at = 0;
  return records.filter((one) => {
    if (one.direction !== which) return false;
    const start = at;
    at += one.bytes.length;
    return at <= from || start >= to;
  });
}

/** What came out is what was sent, without some records; the rest was counted. */
function expectPartOf({ plain, sealed, decryptor, problems }: Decrypted, records: readonly HandmadeRecord[]): void {
  for (const which of ["c2s", "s2c"] as const) {
    let rest = plain[which];
    for (const one of records) {
      if (one.direction !== which || one.plain === undefined) continue;
      const { length } = one.plain;
      if (rest.length >= length && rest.subarray(0, length).equals(one.plain)) rest = rest.subarray(length);
    }
    expect(rest.length).toBe(0);
    expect(sealed[which]).toBe(decryptor.undecrypted(which));
    const said = problems.some(({ direction: of, issue }) => of === which && issue.kind === "undecrypted");
    expect(said).toBe(sealed[which] > 0);
  }
}

describe("damage", () => {
  test("in one record costs that record", () => {
    fc.assert(
      fc.property(
        steps,
        sizes,
        fc.nat(),
        fc.nat(),
        fc.integer({ min: 1, max: 255 }),
        (steps, sizes, pick, at, flip) => {
          const { records, keyLog } = handmadeSession({ steps });
          const index = records.length - 1 - (pick % steps.length);
          const chosen = records[index];
          if (chosen === undefined) throw new Error("no record");
          // A damaged header moves where the next record seems to begin: that is another test.
          const position = 5 + (at % (chosen.bytes.length - 5));
          const damaged = Buffer.from(chosen.bytes);
          damaged[position] = (damaged[position] ?? 0) ^ flip;
          const chunks = records.map((one) => (one === chosen ? { ...one, bytes: damaged } : one));
          const result = decrypted(recut(chunks, sizes), keyLog);
          const kept = records.filter((one) => one !== chosen);
          expect(kinds(result)).toEqual(["authentication-failed", "undecrypted"]);
          expect(result.sealed[chosen.direction]).toBe(chosen.bytes.length);
          expect([result.plain.c2s, result.plain.s2c]).toEqual([plainOf(kept, "c2s"), plainOf(kept, "s2c")]);
        },
      ),
      { numRuns: 300 },
    );
  });

  test("anywhere gives nothing that was not sent", () => {
    const flips = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 1, max: 255 })), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(steps, sizes, flips, (steps, sizes, flips) => {
        const { records, keyLog } = handmadeSession({ steps });
        // In front of TLS, whatever does not look like it passes in clear.
        const telling = (one: HandmadeRecord): number => (one === records[0] || one === firstOfServer ? 6 : 0);
        const firstOfServer = records.find((one) => one.direction === "s2c");
        const copies = records.map((one) => ({ ...one, bytes: Buffer.from(one.bytes) }));
        for (const [place, flip] of flips) {
          const index = place % records.length;
          const [original, copy] = [records[index], copies[index]];
          if (original === undefined || copy === undefined) continue;
          const skip = telling(original);
          const at = skip + (Math.floor(place / records.length) % (copy.bytes.length - skip));
          copy.bytes[at] = (copy.bytes[at] ?? 0) ^ flip;
        }
        expectPartOf(decrypted(recut(copies, sizes), keyLog), records);
      }),
      { numRuns: 500 },
    );
  });

  test("noise passes through, or is counted; nothing is lost and nothing is thrown", () => {
    const noise = fc.array(
      fc.record({
        direction,
        bytes: fc.oneof(
          fc.uint8Array({ minLength: 1, maxLength: 60 }),
          fc.uint8Array({ maxLength: 30 }).map((rest) => Buffer.concat([Buffer.from("160301001801", "hex"), rest])),
          fc.uint8Array({ maxLength: 30 }).map((rest) => Buffer.concat([Buffer.from("1703030020", "hex"), rest])),
          fc.uint8Array({ maxLength: 30 }).map((rest) => Buffer.concat([Buffer.from("0300000b06e0", "hex"), rest])),
        ),
      }),
      { maxLength: 20 },
    );
    fc.assert(
      fc.property(noise, (noise) => {
        const { plain, sealed } = decrypted(noise, "");
        for (const which of ["c2s", "s2c"] as const) {
          const all = Buffer.concat(noise.filter((one) => one.direction === which).map(({ bytes }) => bytes));
          expect(all.subarray(0, plain[which].length).equals(plain[which])).toBe(true);
          expect(plain[which].length + sealed[which]).toBeLessThanOrEqual(all.length);
        }
      }),
      { numRuns: 2000 },
    );
  });
});

describe("what cannot be decrypted is said", () => {
  const some = fc.sample(step, { numRuns: 30, seed: 3 });
  const { records, keyLog } = handmadeSession({ steps: some });
  const random = Buffer.from(records[0]?.bytes.subarray(11, 43) ?? []).toString("hex");

  test("no key", () => {
    const result = decrypted(records, "");
    expect(kinds(result)).toEqual(["no-key", "undecrypted"]);
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
    expect(kinds(result)).toEqual(["authentication-failed", "undecrypted"]);
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
    expect(kinds(result)).toEqual(["handshake-missing", "undecrypted"]);
    expect([result.plain.c2s.length, result.plain.s2c.length]).toEqual([0, 0]);
  });

  test("a capture that has one direction only", () => {
    const result = decrypted(
      records.filter((one) => one.direction === "c2s"),
      keyLog,
    );
    expect(kinds(result)).toEqual(["handshake-missing", "undecrypted"]);
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
    expect(kinds(decrypted([...records.slice(0, -1), cut], keyLog))).toEqual(["incomplete", "undecrypted"]);
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
          one instanceof KeyLog ? `${one.toString()}` : "",
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
