import { existsSync } from "node:fs";
import { deviationRules, type DeviationRule } from "@railvail/wire";
import { describe, expect, test } from "vitest";
import { expectedCounts, flatCounts, type Flat } from "./expected-counts.js";
import { captures, captureFile, whyLess } from "./recordings.js";
import { railDump } from "./run-rail-dump.js";

/** What a run of rail-dump prints as JSON. */
const printed = async (argv: readonly string[]): Promise<unknown> => JSON.parse(await railDump(argv)) as unknown;

/** The arguments with which a capture is read: with the key log of its TLS, if it has one. */
function reading(name: string): string[] {
  const keyLog = captureFile(name, "keylog.txt");
  const keys = existsSync(keyLog) ? ["--keylog", keyLog] : [];
  return ["--json", ...keys, captureFile(name)];
}

/** What the other decoder, which does not open compressed updates, does not see in them. */
const inCompressedUpdates: Flat = {
  "window-order s2c WINDOW NEW": "6 x, 558 bytes",
  "window-order s2c WINDOW UPDATE": "4 x, 510 bytes",
};
const added: { readonly [name: string]: Flat } = {
  "wslg-bulk-compressed": inCompressedUpdates,
  "wslg-bulk-compressed-level1": inCompressedUpdates,
};

/** What servers send that re-encoding does not keep: how often, by rule. WSLg's sends nothing of the kind. */
const lossy: { readonly [name: string]: { readonly [rule: string]: number } } = {
  // FreeRDP's shadow server leaves memory as it was in the pad of RDPGFX_RESET_GRAPHICS_PDU.
  "debian-shadow-gfx-avc420": { "reserved-not-zero": 1 },
  "debian-shadow-tls": { "reserved-not-zero": 1 },
  // xrdp counts TS_RAIL_ORDER_HANDSHAKE without its header.
  "debian-xrdp-rail": { "length-differs": 1 },
};

interface Verified {
  readonly clean: boolean;
  readonly streamBytes: number;
  readonly unaccountedBytes: number;
  readonly troubles: { readonly [trouble: string]: unknown };
  readonly deviations: { readonly [rule: string]: number };
  readonly gaps: { readonly count: number };
  readonly decoded: { readonly messages: number };
}

describe.skipIf(captures.length === 0)(`recorded sessions (${whyLess})`, () => {
  test.each(captures)("%s has the messages that an independent decoder counted", async (name) => {
    const expected = expectedCounts(captureFile(name, "expected.json"));
    expect(Object.keys(expected).length).toBeGreaterThan(20);
    for (const message of Object.keys(added[name] ?? {})) expect(expected).not.toHaveProperty([message]);
    const counts = flatCounts(await printed(["stats", ...reading(name)]));
    expect(counts).toEqual({ ...expected, ...added[name] });
  });

  test.each(captures)("%s is read to the last byte, and each message encodes to its bytes", async (name) => {
    const verified = (await printed(["verify", ...reading(name)])) as Verified;
    const { clean, troubles, unaccountedBytes, gaps, streamBytes, decoded, deviations } = verified;
    expect({ clean, troubles, unaccountedBytes, gaps: gaps.count }).toEqual({
      clean: true,
      troubles: {},
      unaccountedBytes: 0,
      gaps: 0,
    });
    expect(streamBytes).toBeGreaterThan(10_000);
    expect(decoded.messages).toBeGreaterThan(200);
    const losing = Object.entries(deviations).filter(([rule]) => deviationRules[rule as DeviationRule].lossy);
    expect(Object.fromEntries(losing)).toEqual(lossy[name] ?? {});
  });
});
