import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { KeyLogOpenError, loadKeyLog } from "./key-log-file.js";
import { KeyLog } from "./key-log.js";

const labels = [
  "CLIENT_HANDSHAKE_TRAFFIC_SECRET",
  "SERVER_HANDSHAKE_TRAFFIC_SECRET",
  "CLIENT_TRAFFIC_SECRET_0",
  "SERVER_TRAFFIC_SECRET_0",
] as const;
const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
const entry = fc.oneof(
  fc.record({ label: fc.constant("CLIENT_RANDOM" as const), random: bytes(32), secret: bytes(48) }),
  fc.record({ label: fc.constantFrom(...labels), random: bytes(32), secret: fc.oneof(bytes(32), bytes(48)) }),
);
const hex = (of: Uint8Array, upper: boolean): string => {
  const text = Buffer.from(of).toString("hex");
  return upper ? text.toUpperCase() : text;
};
/** Lines without a secret, and whether they are to be counted. */
const noise = fc.oneof(
  fc.constant<[string, number]>(["", 0]),
  fc.constant<[string, number]>(["# CLIENT_RANDOM", 0]),
  fc.constant<[string, number]>([`EXPORTER_SECRET ${"ab".repeat(32)} ${"cd".repeat(32)}`, 0]),
  fc.constant<[string, number]>([`CLIENT_RANDOM ${"ab".repeat(32)} ${"cd".repeat(47)}`, 1]),
  fc.constant<[string, number]>([`CLIENT_TRAFFIC_SECRET_0 ${"ab".repeat(31)} ${"cd".repeat(32)}`, 1]),
  fc.constant<[string, number]>([`CLIENT_TRAFFIC_SECRET_0 ${"ab".repeat(32)} ${"cd".repeat(33)}`, 1]),
  fc.constant<[string, number]>(["x".repeat(5000), 1]),
  fc.stringMatching(/^[a-z]{1,20} [a-z]{0,9}$/).map<[string, number]>((text) => [text, 1]),
);

describe("KeyLog", () => {
  test("knows what was written, among other lines", () => {
    const lines = fc.array(fc.tuple(entry, fc.boolean(), fc.array(noise, { maxLength: 3 })), { maxLength: 8 });
    fc.assert(
      fc.property(lines, fc.constantFrom("\n", "\r\n"), (lines, newline) => {
        const text = lines.flatMap(([{ label, random, secret }, upper, around]) => [
          ...around.map(([line]) => line),
          `${label} ${hex(random, upper)} ${hex(secret, upper)}`,
        ]);
        const keys = new KeyLog();
        const count = keys.add(Buffer.from(text.join(newline)));
        const ignored = lines
          .flatMap(([, , around]) => around.map(([, one]) => one))
          .reduce((sum, one) => sum + one, 0);
        expect(count).toEqual({ secrets: lines.length, ignored });
        for (const [{ label, random, secret }] of lines) {
          expect(Buffer.from(keys.secret(label, random) ?? [])).toEqual(Buffer.from(secret));
        }
      }),
    );
  });

  test("takes any bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (junk) => {
        expect(new KeyLog().add(junk).secrets).toBe(0);
      }),
    );
  });

  test("several logs add up, and the last line counts", () => {
    const keys = new KeyLog();
    const random = "11".repeat(32);
    keys.add(`CLIENT_RANDOM ${random} ${"22".repeat(48)}`);
    keys.add(`CLIENT_RANDOM ${random} ${"33".repeat(48)}`);
    keys.add(`CLIENT_RANDOM ${"44".repeat(32)} ${"55".repeat(48)}`);
    expect(keys.size).toBe(2);
    expect(keys.secret("CLIENT_RANDOM", Buffer.from(random, "hex"))?.[0]).toBe(0x33);
  });
});

test("the lines of one session, and of no other, can be written again", () => {
  const [random, other] = ["0a".repeat(32), "0b".repeat(32)];
  const lines = [
    `CLIENT_RANDOM ${random} ${"11".repeat(48)}`,
    `CLIENT_HANDSHAKE_TRAFFIC_SECRET ${random} ${"22".repeat(32)}`,
    `SERVER_TRAFFIC_SECRET_0 ${random} ${"33".repeat(48)}`,
  ];
  const keys = new KeyLog();
  keys.add([...lines, `CLIENT_RANDOM ${other} ${"44".repeat(48)}`].join("\n"));
  expect(keys.linesOf(Buffer.from(random, "hex"))).toBe(`${lines.join("\n")}\n`);
  expect(keys.linesOf(Buffer.alloc(32))).toBe("");
});

describe("loadKeyLog", () => {
  test("reads a file of any length, whatever its lines are", async () => {
    const folder = mkdtempSync(join(tmpdir(), "key-log-"));
    try {
      const path = join(folder, "keys.txt");
      const line = (index: number): string =>
        `CLIENT_RANDOM ${index.toString(16).padStart(64, "0")} ${"ab".repeat(48)}`;
      const lines = Array.from({ length: 2000 }, (_, index) => line(index));
      lines.splice(1000, 0, "junk".repeat(100_000));
      writeFileSync(path, lines.join("\n"));
      const keys = new KeyLog();
      expect(await loadKeyLog(path, keys)).toEqual({ secrets: 2000, ignored: 1 });
      expect(keys.size).toBe(2000);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test("says what could not be read", async () => {
    const missing = loadKeyLog("/nowhere/keys.txt", new KeyLog());
    await expect(missing).rejects.toThrow(KeyLogOpenError);
    await expect(missing).rejects.toThrow("cannot read key log /nowhere/keys.txt: ENOENT");
  });
});
