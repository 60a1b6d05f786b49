import { existsSync, readFileSync } from "node:fs";
import { deviationRules } from "@railvail/wire";
import { describe, expect, test } from "vitest";
import { ConfirmActive, DeactivateAll, DemandActive } from "./activation.js";

interface Vector {
  readonly name: string;
  readonly hex: string;
}
const folder = new URL("../../../../../shared/vectors/open/", import.meta.url);
const present = existsSync(folder);
const load = (area: string): Vector[] =>
  present ? (JSON.parse(readFileSync(new URL(`${area}.json`, folder), "utf8")) as Vector[]) : [];
const bytesOf = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, "hex"));
const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");

const vector = (area: string, name: string): Uint8Array =>
  bytesOf(load(area).find((each) => each.name === `${area}.${name}`)?.hex ?? "");

describe.skipIf(!present)("activation against vectors (skipped without ../shared/vectors)", () => {
  test("demand active", () => {
    const bytes = vector("capsets", "demand-active-pdu-modern");
    const value = DemandActive.decode(bytes);
    expect(value).toMatchObject({
      pduSource: 1002,
      shareId: 66538,
      sourceDescriptor: "RDP\0",
      sessionId: 0,
    });
    expect(value.combinedCapabilities.capabilitySets.map((set) => set.capability.type)).toEqual([
      "share",
      "general",
      "virtualChannel",
      "bitmap",
      "pointer",
      "largePointer",
      "multifragmentUpdate",
      "surfaceCommands",
      "frameAcknowledge",
      "rail",
      "windowList",
    ]);
    expect(hexOf(DemandActive.encode(value))).toBe(hexOf(bytes));
  });

  test.each(["confirm-active-pdu", "confirm-active"])("%s", (name) => {
    const whole = vector("capsets", "confirm-active-pdu");
    const bytes = vector("capsets", name);
    if (name === "confirm-active") expect(hexOf(whole)).toContain(hexOf(bytes));
    const value = ConfirmActive.decode(whole);
    expect(value).toMatchObject({
      pduSource: 1007,
      shareId: 66538,
      originatorId: 1002,
      sourceDescriptor: "MSTSC\0",
    });
    expect(value.combinedCapabilities.capabilitySets).toHaveLength(18);
    expect(value.combinedCapabilities.capabilitySets.some((set) => set.capability.type === "unknown")).toBe(false);
    expect(hexOf(ConfirmActive.encode(value))).toBe(hexOf(whole));
  });

  test("deactivate all, whole and cut short", () => {
    const short = DeactivateAll.decode(vector("finalisation", "deactivate-all-short"));
    expect(short).toMatchObject({ pduSource: 1001, shareId: undefined });
    expect(hexOf(DeactivateAll.encode(short))).toBe(hexOf(vector("finalisation", "deactivate-all-short")));
    const long = DeactivateAll.decode(vector("finalisation", "deactivate-all"));
    expect(long).toMatchObject({ pduSource: 1001, shareId: 2864434397 });
    expect(hexOf(DeactivateAll.encode(long))).toBe(hexOf(vector("finalisation", "deactivate-all")));
  });
});

describe("activation", () => {
  const demand: DemandActive = {
    pduSource: 1002,
    shareId: 0x000103ea,
    sourceDescriptor: "RDP",
    combinedCapabilities: {
      capabilitySets: [
        { capability: { type: "share", nodeId: 1002, pad2Octets: 0 } },
        {
          capability: {
            type: "windowList",
            wndSupportLevel: 3,
            numIconCaches: 3,
            numIconCacheEntries: 12,
          },
        },
      ],
    },
  };
  const hex =
    "28001100ea03" +
    "ea030100" +
    "0300" +
    "1700" +
    "524450" +
    "02000000" +
    "09000800ea030000" +
    "18000b0003000000030c00";

  test("lengths and counts follow from what is given", () => {
    expect(hexOf(DemandActive.encode(demand))).toBe(hex);
    expect(DemandActive.decode(bytesOf(hex))).toMatchObject(demand);
  });

  test("a total length that is wrong is reported and does not stop decoding", () => {
    const bytes = bytesOf(hex);
    bytes[0] = 0;
    const { value, deviations } = DemandActive.inspect(bytes);
    expect(value).toMatchObject(demand);
    expect(deviations.filter(({ rule }) => deviationRules[rule].lossy).map(({ rule, field }) => [rule, field])).toEqual(
      [["length-differs", "totalLength"]],
    );
  });

  test("a deactivate all may stop after its type", () => {
    expect(DeactivateAll.decode(bytesOf("04001600")).pduSource).toBeUndefined();
  });
});
