import { DecodeError, EncodeError } from "@railvail/wire";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ClientCaps, ServerCaps } from "./capabilities.js";

const bytesOf = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex.replaceAll(/\s/g, ""), "hex"));

describe("ServerCaps", () => {
  test("an old server gives no unique id", () => {
    const wire = bytesOf("01000000 10000000 0300 0400 61000000");
    const value = ServerCaps.decode(wire);
    expect(value).toEqual({ version: 3, appListProviderName: "a" });
    expect(ServerCaps.encode(value)).toEqual(wire);
  });

  test("one byte after the name is kept as what it is", () => {
    const wire = bytesOf("01000000 11000000 0300 0400 61000000 07");
    const value = ServerCaps.decode(wire);
    expect(value).toMatchObject({ appListProviderName: "a", trailing: bytesOf("07") });
    expect(ServerCaps.encode(value)).toEqual(wire);
  });

  test("a name longer than the message is refused", () => {
    const wire = bytesOf("01000000 10000000 0400 0600 61000000");
    expect(() => ServerCaps.decode(wire)).toThrow(DecodeError);
  });
});

describe("ClientCaps", () => {
  test("a language of up to 32 characters survives", () => {
    const ascii = fc.string({ unit: "binary-ascii", maxLength: 32 });
    fc.assert(
      fc.property(ascii, (clientLanguageId) => {
        fc.pre(!clientLanguageId.includes("\0"));
        const wire = ClientCaps.encode({ version: 4, clientLanguageId });
        expect(wire).toHaveLength(42);
        expect(ClientCaps.decode(wire)).toEqual({ version: 4, clientLanguageId });
      }),
    );
  });

  test("a longer one cannot be sent", () => {
    const value = { version: 4, clientLanguageId: "x".repeat(33) };
    expect(() => ClientCaps.encode(value)).toThrow(EncodeError);
  });
});
