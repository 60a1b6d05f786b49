import { describe, expect, test } from "vitest";
import { decrypted } from "../../testing/tls/decrypted.js";
import { hasOpenssl, opensslSession } from "../../testing/tls/openssl-session.js";

describe.skipIf(!hasOpenssl)("OpenSSL's client (skipped where there is no openssl)", () => {
  test("updates its keys, and has the server update its own", { timeout: 20_000 }, async () => {
    const lines = ["one", "k", "two", "K", "three", "four", "k", "K", "five"];
    const { chunks, keyLog } = await opensslSession(lines);
    const { plain, problems } = decrypted(chunks, keyLog);
    const sent = lines.filter((line) => line.toUpperCase() !== "K").map((line) => `${line}\n`);
    expect(problems).toEqual([]);
    expect(plain.c2s.toString()).toBe(sent.join(""));
    expect(plain.s2c.toString()).toBe(sent.join(""));
  });
});
