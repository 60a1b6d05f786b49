import { existsSync, readFileSync } from "node:fs";
import { sourceOf } from "@railvail/wire";
import { describe, expect, test } from "vitest";
import { fastPathLength } from "./fast-path.js";
import { ClientCapabilitySet } from "./pdu/capability-sets.js";
import { FastPathOutput } from "./pdu/fast-path-output.js";
import { LicenseErrorMessage } from "./pdu/license-error.js";
import { tpktLength } from "./pdu/tpkt.js";
import { DataTpdu } from "./pdu/x224-data.js";

interface Vector {
  readonly name: string;
  readonly hex: string;
  readonly expect: Readonly<Record<string, unknown>>;
}
const folder = new URL("../../../../shared/vectors/open/", import.meta.url);
const present = existsSync(folder);
const vectors = (present ? ["capsets", "fast-path", "licence", "x224"] : []).flatMap(
  (area) => JSON.parse(readFileSync(new URL(`${area}.json`, folder), "utf8")) as Vector[],
);
const find = (name: string): Vector => {
  const vector = vectors.find((each) => each.name === name);
  if (vector === undefined) throw new Error(`no vector ${name}`);
  return vector;
};
const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
const bytesOf = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, "hex"));
const le16 = (value: number): string => Buffer.from([value & 0xff, value >> 8]).toString("hex");

describe.skipIf(!present)("vectors that are parts of messages (skipped without ../shared/vectors)", () => {
  test("x224.tpkt-header", () => {
    const { hex, expect: expected } = find("x224.tpkt-header");
    const length = expected["packet_length"] as number;
    expect(tpktLength(sourceOf(bytesOf(hex)), 0, 4)).toBe(length);
    expect(hexOf(DataTpdu.encode({ data: new Uint8Array(length - 7) })).slice(0, 8)).toBe(hex);
  });

  test.each(["fast-path.header-short", "fast-path.header-forced-long", "fast-path.header-16383"])("%s", (name) => {
    const { hex, expect: expected } = find(name);
    const size = hex.length / 2;
    const length = fastPathLength(sourceOf(bytesOf(`${hex}00`)), 0, size + 1);
    expect(length).toBe(size + (expected["data_length"] as number));
    // The other two have the flag of encryption and no room for a signature, so they are no packets.
    if (name !== "fast-path.header-16383") return;
    const updateData = new Uint8Array((length ?? 0) - size - 3);
    const update = { updateCode: 1, fragmentation: 0, compression: 0, updateData };
    expect(hexOf(FastPathOutput.encode({ secureChecksum: 0, fpOutputUpdates: [update] })).slice(0, 6)).toBe(hex);
  });

  test("licence.header", () => {
    const { hex, expect: expected } = find("licence.header");
    const whole = bytesOf(hex + find("licence.error-valid-client").hex.slice(16));
    const value = LicenseErrorMessage.decode(whole);
    expect(value).toMatchObject({ ...(expected["security_header"] as object), preambleVersion: 3 });
    expect(hexOf(LicenseErrorMessage.encode(value))).toBe(hexOf(whole));
    expect(LicenseErrorMessage.inspect(whole).deviations).toEqual([]);
  });

  test("capsets.bitmap-cache-cell-info", () => {
    const body = find("capsets.bitmap-cache-rev2").hex;
    const at = body.indexOf(find("capsets.bitmap-cache-cell-info").hex);
    const set = ClientCapabilitySet.decode(bytesOf(`1300${le16(4 + body.length / 2)}${body}`)).capability;
    expect(at).toBe(2 * (4 + 2 * 4));
    if (set.type !== "bitmapCacheRev2") throw new Error(set.type);
    expect(set.cellInfos[2]).toEqual({ numEntries: 2555, persistent: 1 });
  });

  test("the parts of bitmap codecs", () => {
    const nsCodec = find("capsets.codec-nscodec").hex;
    const remoteFx = find("capsets.codec-rfx-client-container").hex;
    expect(remoteFx).toContain(find("capsets.codec-rfx-icap").hex);
    const codecs =
      "03" +
      `${find("capsets.codec-guid").hex}01${le16(nsCodec.length / 2)}${nsCodec}` +
      `122f777672bd6344afb3b73c9c6f788603${le16(remoteFx.length / 2)}${remoteFx}` +
      find("capsets.codec-ignore-empty").hex;
    const bytes = bytesOf(`1d00${le16(4 + codecs.length / 2)}${codecs}`);
    const value = ClientCapabilitySet.decode(bytes);
    expect(value.capability).toMatchObject({
      type: "bitmapCodecs",
      bitmapCodecs: [
        {
          codecId: 1,
          codecProperties: { type: "nsCodec", fAllowDynamicFidelity: 1, fAllowSubsampling: 1, colorLossLevel: 3 },
        },
        {
          codecProperties: {
            type: "remoteFx",
            captureFlags: 1,
            capsData: {
              capsets: [
                {
                  icapsData: [
                    { flags: 0, entropyBits: 1 },
                    { flags: 2, entropyBits: 4 },
                  ],
                },
              ],
            },
          },
        },
        { codecId: 0, codecProperties: { type: "ignore" } },
      ],
    });
    expect(hexOf(ClientCapabilitySet.encode(value))).toBe(hexOf(bytes));
  });
});
