import { createSecureContext, getCiphers } from "node:tls";
import { describe, expect, test } from "vitest";
import { withoutRange } from "../../testing/tls/arbitraries.js";
import { certificate } from "../../testing/tls/certificate.js";
import { decrypted } from "../../testing/tls/decrypted.js";
import { liveSession, type LiveOptions, type LiveSession, type Turn } from "../../testing/tls/live-session.js";
import type { Direction } from "../index.js";

const rsa = certificate("rsa");
const ec = certificate("ec");
const credentials = { key: [rsa.key, ec.key], cert: [rsa.cert, ec.cert], dhparam: "auto" as const };
const psk = Buffer.alloc(32, 7);
const turns: Turn[] = [
  { direction: "c2s", size: 1 },
  { direction: "s2c", size: 40_000 },
  { direction: "c2s", size: 333 },
  { direction: "s2c", size: 16 },
  { direction: "c2s", size: 20_000 },
  { direction: "s2c", size: 0x4000 },
];

type Version = "TLSv1" | "TLSv1.1" | "TLSv1.2" | "TLSv1.3";

const talk = (
  version: Version,
  ciphers: string,
  more: Partial<LiveOptions> = {},
  secureOptions = 0,
): Promise<LiveSession> => {
  const both = { secureOptions, minVersion: version, maxVersion: version, ciphers: `${ciphers}:@SECLEVEL=0` };
  const server = { ...credentials, ...both, pskCallback: () => psk };
  // With a PSK a client checks no certificate, and offers nothing else.
  const identified = { ...both, pskCallback: () => ({ psk, identity: "test" }), checkServerIdentity: () => undefined };
  return liveSession({ server, client: ciphers.includes("PSK") ? identified : both, turns, ...more });
};

const versionNames: Readonly<Record<string, string>> = {
  TLSv1: "TLS 1.0",
  "TLSv1.1": "TLS 1.1",
  "TLSv1.2": "TLS 1.2",
  "TLSv1.3": "TLS 1.3",
};

function expectWhole(session: LiveSession): void {
  const { plain, problems, sealed, decryptor } = decrypted(session.chunks, session.keyLog);
  expect(problems).toEqual([]);
  expect(plain.c2s.equals(session.sent.c2s)).toBe(true);
  expect(plain.s2c.equals(session.sent.s2c)).toBe(true);
  expect(sealed).toEqual({ c2s: 0, s2c: 0 });
  expect(decryptor.session).toEqual({ version: versionNames[session.version], cipherSuite: session.cipher });
}

/** Suites of TLS 1.2 that OpenSSL has and Node does not offer by itself. */
const more = ["RSA-PSK", "DHE-PSK", "PSK", "DHE-RSA", "ECDHE-ECDSA", "RSA"].flatMap((exchange) =>
  ["AES128-CCM", "AES256-CCM", "AES128-CCM8", "AES256-CCM8"].map((cipher) =>
    exchange === "RSA" ? cipher : `${exchange}-${cipher}`,
  ),
);
const offered = getCiphers().map((name) => name.toUpperCase());
const anonymous = ["ADH-AES128-GCM-SHA256", "ADH-AES256-SHA256", "AECDH-AES128-SHA"];
// Node has no way to give SRP its passwords; OpenSSL has no CCM with RSA-PSK.
const possible = [...new Set([...offered, ...more, ...anonymous])].filter(
  (name) => !name.startsWith("TLS_") && !name.startsWith("SRP") && !/^RSA-PSK.*CCM/.test(name),
);

describe("every cipher suite of this Node", () => {
  test.each(offered.filter((name) => name.startsWith("TLS_")))("TLS 1.3 %s", async (name) => {
    // Without a suite of TLS 1.2 OpenSSL does not take the list.
    const session = await talk("TLSv1.3", `${name}:AES128-SHA`);
    expect(session.cipher).toBe(name);
    expectWhole(session);
  });

  test.each(possible)("TLS 1.2 %s", async (name) => {
    expectWhole(await talk("TLSv1.2", name));
  });

  test.each(["AES128-SHA", "ECDHE-RSA-AES256-SHA", "ECDHE-ECDSA-AES128-SHA", "DHE-RSA-AES256-SHA"])(
    "TLS 1.0 and 1.1 %s",
    async (name) => {
      expectWhole(await talk("TLSv1", name));
      expectWhole(await talk("TLSv1.1", name));
    },
  );
});

/** SSL_OP_NO_ENCRYPT_THEN_MAC of OpenSSL, which Node has no name for. */
const macThenEncrypt = 0x0008_0000;

describe("CBC with the MAC inside", () => {
  test.each(possible.filter((name) => /AES\d+-(CBC-)?SHA\d*$/.test(name)))("%s", async (ciphers) => {
    for (const version of ["TLSv1.2", "TLSv1"] as const) {
      // Suites with newer hashes are for TLS 1.2 alone.
      if (version === "TLSv1" && !ciphers.endsWith("SHA")) continue;
      expectWhole(await talk(version, ciphers, {}, macThenEncrypt));
    }
  });
});

describe("what else handshakes can be", () => {
  test.each(["TLSv1.2", "TLSv1.3"] as const)("%s resumed by a ticket", async (version) => {
    const secureContext = createSecureContext(credentials);
    const both = { minVersion: version, maxVersion: version };
    const server = { ...both, secureContext };
    const first = await liveSession({ server, client: both, turns });
    const { session } = first;
    if (session === undefined) throw new Error("no ticket came");
    const second = await liveSession({ server, client: { ...both, session }, turns });
    expect([first.resumed, second.resumed]).toEqual([false, true]);
    expectWhole(first);
    expectWhole(second);
    // Each handshake has its own line, which the other's log does not have.
    expect(decrypted(second.chunks, first.keyLog).problems[0]?.issue.kind).toBe("no-key");
  });

  test("TLS 1.3 after a retry for another group", async () => {
    const client = { ecdhCurve: "P-256:P-384", minVersion: "TLSv1.3" } as const;
    const session = await liveSession({ server: { ...credentials, ecdhCurve: "P-384" }, client, turns });
    // Two client hellos come in the clear, the second behind the record of 6 bytes that changes the cipher.
    const toServer = session.chunks.filter(({ direction }) => direction === "c2s");
    const hellos = toServer.filter(({ bytes }) => bytes[0] === 22 || (bytes[0] === 20 && bytes[6] === 22));
    expect(hellos.length).toBe(2);
    expectWhole(session);
  });

  test.each(["AES128-SHA", "ECDHE-RSA-AES256-GCM-SHA384"])("TLS 1.2 %s renegotiated", async (ciphers) => {
    let again = 0;
    const between: LiveOptions["between"] = (client) =>
      new Promise((resolve, reject) => {
        client.renegotiate({}, (error) => (error === null ? resolve() : reject(error)));
        again++;
      });
    const session = await talk("TLSv1.2", ciphers, { between });
    expect(again).toBe(1);
    expect(session.keyLog.match(/CLIENT_RANDOM/g)?.length).toBe(2);
    expectWhole(session);
  });
});

/** Where the records of a direction lie in its stream. */
function rangesOf({ chunks }: LiveSession, which: Direction): { type: number; from: number; to: number }[] {
  const stream = Buffer.concat(chunks.filter((one) => one.direction === which).map(({ bytes }) => bytes));
  const ranges = [];
  for (let at = 0; at < stream.length;) {
    const to = at + 5 + stream.readUInt16BE(at + 3);
    ranges.push({ type: stream.readUInt8(at), from: at, to });
    at = to;
  }
  return ranges;
}

/** Whether the first is the second without one run of bytes. */
const lacksOneRun = (part: Buffer, whole: Buffer): boolean => {
  let same = 0;
  while (same < part.length && part[same] === whole[same]) same++;
  return part.subarray(same).equals(whole.subarray(whole.length - part.length + same));
};

describe("a session of TLS 1.2 or before with losses", () => {
  const suites: [Version, string][] = [
    ["TLSv1.2", "ECDHE-RSA-AES128-GCM-SHA256"],
    ["TLSv1.2", "ECDHE-RSA-CHACHA20-POLY1305"],
    ["TLSv1.2", "AES256-SHA256"],
    ["TLSv1.2", "AES128-CCM8"],
    ["TLSv1.1", "AES128-SHA"],
    ["TLSv1", "AES128-SHA"],
  ];

  test.each(suites)("%s %s: any record of application data", async (version, ciphers) => {
    const session = await talk(version, ciphers);
    for (const which of ["c2s", "s2c"] as const) {
      for (const { type, from, to } of rangesOf(session, which)) {
        if (type !== 23) continue;
        for (const [first, end] of [
          [from, to],
          [from + 1, to - 1],
        ] as const) {
          const { plain } = decrypted(withoutRange(session.chunks, which, first, end), session.keyLog);
          const missing = session.sent[which].length - plain[which].length;
          expect(missing).toBeGreaterThan(0);
          // Up to TLS 1.0, the record after the lost one cannot be decrypted either.
          expect(missing).toBeLessThanOrEqual(version === "TLSv1" ? 2 ** 15 : 2 ** 14);
          expect(lacksOneRun(plain[which], session.sent[which])).toBe(true);
        }
      }
    }
  });

  test("what changes the keys is missing", async () => {
    const session = await talk("TLSv1.2", "ECDHE-RSA-AES128-GCM-SHA256");
    for (const which of ["c2s", "s2c"] as const) {
      const change = rangesOf(session, which).find(({ type }) => type === 20);
      if (change === undefined) throw new Error("the keys were not changed");
      const result = decrypted(withoutRange(session.chunks, which, change.from, change.to), session.keyLog);
      expect(result.problems).toEqual([]);
      expect(result.plain[which].equals(session.sent[which])).toBe(true);
    }
  });
});
