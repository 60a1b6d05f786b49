import { DecodeError, tilingFault } from "@railvail/wire";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { EarlyUserAuthorizationResult, TsRequest } from "./credssp.js";

const bytesOf = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex.replaceAll(" ", ""), "hex"));
const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
type Field = TsRequest["fields"][number]["field"];

const run = fc.uint8Array({ maxLength: 300 });
const field: fc.Arbitrary<Field> = fc.oneof(
  fc.integer({ min: 0, max: 0x7fff_ffff }).map((version) => ({ type: "version" as const, version })),
  fc.array(run, { maxLength: 3 }).map((tokens) => ({
    type: "negoTokens" as const,
    negoTokens: tokens.map((negoToken) => ({ token: { negoToken } })),
  })),
  run.map((authInfo) => ({ type: "authInfo" as const, authInfo })),
  run.map((pubKeyAuth) => ({ type: "pubKeyAuth" as const, pubKeyAuth })),
  fc.integer({ min: 0, max: 0xffff_ffff }).map((errorCode) => ({ type: "errorCode" as const, errorCode })),
  run.map((clientNonce) => ({ type: "clientNonce" as const, clientNonce })),
  run.map((data) => ({ type: "unknown" as const, tag: 0xa6, data })),
);

describe("TSRequest", () => {
  test("what was written is read, and the shortest lengths are written", () => {
    fc.assert(
      fc.property(fc.array(field, { maxLength: 6 }), (fields) => {
        const value = { fields: fields.map((each) => ({ field: each })) };
        const bytes = TsRequest.encode(value);
        expect(TsRequest.decode(bytes)).toMatchObject(value);
        const { fields: spans, deviations } = TsRequest.inspect(bytes);
        expect(tilingFault(spans, bytes.length)).toBe(-1);
        expect(deviations.filter(({ rule }) => rule !== "unknown-tag")).toEqual([]);
      }),
    );
  });

  test("lengths of one, two and three bytes", () => {
    const encoded = (size: number): string =>
      hexOf(TsRequest.encode({ fields: [{ field: { type: "authInfo", authInfo: new Uint8Array(size) } }] }));
    expect(encoded(1)).toBe("3005" + "a203" + "0401" + "00");
    expect(encoded(0x7e).startsWith("308183" + "a28180" + "047e")).toBe(true);
    expect(encoded(0x100).startsWith("30820108" + "a2820104" + "04820100")).toBe(true);
  });

  test("a longer form than needed survives", () => {
    const bytes = bytesOf("30820006 a08103 020106");
    expect(TsRequest.decode(bytes).fields[0]?.field).toMatchObject({ type: "version", version: 6 });
    expect(hexOf(TsRequest.encode(TsRequest.decode(bytes)))).toBe(hexOf(bytes));
    expect(TsRequest.inspect(bytes).deviations.map(({ rule }) => rule)).toEqual(["long-form", "long-form"]);
  });

  test("what stands inside another type, and what goes past the end, is refused", () => {
    expect(() => TsRequest.decode(bytesOf("3005 a203 0301 00"))).toThrow(DecodeError);
    expect(() => TsRequest.decode(bytesOf("3005 a204 0401 00"))).toThrow(DecodeError);
    expect(() => TsRequest.decode(bytesOf("3005 a203 0402 00"))).toThrow(DecodeError);
    expect(() => TsRequest.decode(bytesOf("3080 a003 020106 0000"))).toThrow(DecodeError);
  });
});

test("a result of authorization that the table lacks is kept", () => {
  const bytes = bytesOf("2e050000");
  expect(EarlyUserAuthorizationResult.decode(bytes).authorizationResult).toBe(0x52e);
  expect(EarlyUserAuthorizationResult.inspect(bytes).deviations).toMatchObject([{ rule: "unknown-value" }]);
});
