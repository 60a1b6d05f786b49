import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { direction, recut, sizes, steps } from "../../testing/tls/arbitraries.js";
import { decrypted, type Captured } from "../../testing/tls/decrypted.js";
import { expectPlain, kindsOf, plainOf } from "../../testing/tls/expectations.js";
import { handmadeSession } from "../../testing/tls/handmade-session.js";
import type { Direction } from "../index.js";
import { KeyLog } from "./key-log.js";
import { TlsDecryptor } from "./tls-decryptor.js";

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
        expectPlain(result, records);
      }),
    );
  });

  test("0-RTT data is said and passed over", () => {
    fc.assert(
      fc.property(steps, fc.integer({ min: 1, max: 80 }), (steps, earlyData) => {
        const { records, keyLog } = handmadeSession({ steps, earlyData });
        const result = decrypted(records, keyLog);
        expect(kindsOf(result)).toEqual(["early-data", "undecrypted"]);
        expect(result.sealed).toEqual({ c2s: earlyData * (5 + 50 + 1 + 16), s2c: 0 });
        expectPlain(result, records);
      }),
      { numRuns: 30 },
    );
  });

  test("needs no more of the key log than the lines that are named for it", () => {
    fc.assert(
      fc.property(steps, (steps) => {
        const [one, other] = [handmadeSession({ steps }), handmadeSession({ steps })];
        const { decryptor } = decrypted(one.records, `${other.keyLog}\n${one.keyLog}`);
        const lines = decryptor.keyLogLines();
        expect(lines.split("\n").toSorted()).toEqual(["", ...one.keyLog.trim().split("\n").slice(1)].toSorted());
        expectPlain(decrypted(one.records, lines), one.records);
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
        expectPlain(result, records);
      }),
    );
  });
});
