import { existsSync, readFileSync } from "node:fs";
import { deviationRules, type Pdu } from "@railvail/wire";
import { describe, expect, test } from "vitest";
import { PersistentKeyList } from "./finalization.js";
import { Input } from "./input.js";
import { SaveSessionInfo } from "./save-session-info.js";
import { EnhancedServerRedirection, RedirectionFlags, ServerRedirectionPacket } from "./server-redirection.js";
import { PlaySound, SetErrorInfo, SetKeyboardImeStatus, SetKeyboardIndicators, StatusInfo } from "./session-status.js";

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

const le16 = (value: number): string => Buffer.from([value & 0xff, value >> 8]).toString("hex");
/** A body behind a share data header of the given type. */
const framed = (pduType2: number, body: string): Uint8Array =>
  bytesOf(
    `${le16(18 + body.length / 2)}1700ea03ea03010000010400${pduType2.toString(16).padStart(2, "0")}000000${body}`,
  );
const sameAgain = (pdu: Pdu, bytes: Uint8Array): void =>
  expect(hexOf(pdu.encode(pdu.decode(bytes)))).toBe(hexOf(bytes));
const header = {
  pduSource: 1002,
  shareId: 66538,
  streamId: 1,
  uncompressedLength: 4,
  compressedType: 0,
  compressedLength: 0,
};

describe.skipIf(!present)("session PDUs against vectors (skipped without ../shared/vectors)", () => {
  const find = (area: string, name: string): string =>
    load(area).find((each) => each.name === `${area}.${name}`)?.hex ?? "";

  test.each([
    ["logon-v1", 0, { type: "logon", cbDomain: 12, domain: "NTDEV", userName: "eltons", sessionId: 2 }],
    [
      "logon-v2",
      1,
      {
        type: "logonLong",
        version: 1,
        size: 18,
        domain: "NTDEV",
        userName: "eltons",
        sessionId: 2,
      },
    ],
    ["plain-notify", undefined, { type: "plainNotify" }],
    [
      "extended-cookie-only",
      undefined,
      {
        type: "extended",
        info: {
          autoReconnectCookie: { logonId: 42, arcRandomBits: new Uint8Array(16).fill(0xc3) },
          logonErrors: undefined,
        },
      },
    ],
    [
      "extended-errors-only",
      undefined,
      {
        type: "extended",
        info: {
          autoReconnectCookie: undefined,
          logonErrors: { errorNotificationType: 0xffff_fffe, errorNotificationData: 3 },
        },
      },
    ],
    // Its source refuses these two; here the type is kept, and so is the size that is too large.
    ["invalid-type", undefined, { type: "unknown", tag: 4, data: new Uint8Array(0) }],
    ["v1-invalid-domain-size", 0, { type: "logon", cbDomain: 0x35, domain: "NTDEV" }],
  ])("session-info.%s", (name, infoType, expected) => {
    const body = (infoType === undefined ? "" : `0${infoType}000000`) + find("session-info", name);
    const bytes = framed(38, body);
    expect(SaveSessionInfo.decode(bytes).infoData).toMatchObject(expected);
    sameAgain(SaveSessionInfo, bytes);
  });

  test("session-info.extended-invalid-packet-size is reported", () => {
    const bytes = framed(38, "03000000" + find("session-info", "extended-invalid-packet-size") + "00".repeat(580));
    const { deviations, error } = SaveSessionInfo.inspect(bytes);
    expect(error).toBeUndefined();
    expect(deviations.map(({ rule, field }) => [rule, field])).toContainEqual([
      "length-differs",
      "infoData.info.autoReconnectCookie.cbLen",
    ]);
  });

  test("finalisation.set-error-info", () => {
    const bytes = framed(47, find("finalisation", "set-error-info"));
    expect(SetErrorInfo.decode(bytes).errorInfo).toBe(256);
    sameAgain(SetErrorInfo, bytes);
  });

  test.each([
    ["sync", { type: "sync", toggleFlags: 6 }],
    ["scancode", { type: "scancode", keyboardFlags: 33024, keyCode: 91 }],
    ["unicode", { type: "unicode", keyboardFlags: 0, unicodeCode: 8364 }],
    ["mouse", { type: "mouse", pointerFlags: 36864, xPos: 26, yPos: 1062 }],
    ["mouse-rel", { type: "mouseRelative", pointerFlags: 2048, xDelta: -7, yDelta: 300 }],
  ])("input.%s", (name, expected) => {
    const bytes = framed(28, find("input", name));
    expect(Input.decode(bytes).slowPathInputEvents).toMatchObject([{ eventTime: 0, event: expected }]);
    sameAgain(Input, bytes);
  });
});

describe("session PDUs", () => {
  test("a redirection says what it holds by holding it", () => {
    const bytes = ServerRedirectionPacket.encode({
      sessionId: 3,
      redirFlags: RedirectionFlags.LB_NOREDIRECT,
      targetNetAddress: "10.0.0.1",
      password: bytesOf("0102"),
      targetNetAddresses: { address: ["10.0.0.1", "10.0.0.2"] },
    });
    expect(Buffer.from(bytes).readUInt16LE(2)).toBe(bytes.length);
    expect(Buffer.from(bytes).readUInt32LE(8)).toBe(0x0080 | 0x0001 | 0x0010 | 0x0800);
    const value = ServerRedirectionPacket.decode(bytes);
    expect(value).toMatchObject({
      redirFlags: 0x80,
      targetNetAddress: "10.0.0.1",
      targetNetAddresses: { address: ["10.0.0.1", "10.0.0.2"] },
    });
    const share = EnhancedServerRedirection.encode({
      pduSource: 1002,
      serverRedirectionPdu: value,
      pad1Octet: 0,
    });
    expect(share.length).toBe(6 + 2 + bytes.length + 1);
    expect(EnhancedServerRedirection.decode(share).serverRedirectionPdu).toMatchObject({
      sessionId: 3,
      password: bytesOf("0102"),
    });
  });

  test("small PDUs", () => {
    expect(hexOf(PlaySound.encode({ ...header, duration: 100, frequency: 440 })).slice(36)).toBe("64000000b8010000");
    expect(hexOf(SetKeyboardIndicators.encode({ ...header, unitId: 0, ledFlags: 2 })).slice(36)).toBe("00000200");
    expect(hexOf(SetKeyboardImeStatus.encode({ ...header, unitId: 0, imeState: 1, imeConvMode: 9 })).slice(36)).toBe(
      "00000100000009000000",
    );
  });

  test("a status code and an IME mode the tables lack are kept and reported", () => {
    const rules = (pdu: Pdu, bytes: Uint8Array) => pdu.inspect(bytes).deviations.map(({ rule }) => rule);
    const status = (code: number) => StatusInfo.encode({ ...header, statusCode: code });
    expect(rules(StatusInfo, status(0x0505))).toEqual([]);
    expect(rules(StatusInfo, status(0x0506))).toEqual(["unknown-value"]);
    expect(StatusInfo.decode(status(0x0506)).statusCode).toBe(0x0506);
    const ime = (mode: number) => SetKeyboardImeStatus.encode({ ...header, unitId: 0, imeState: 1, imeConvMode: mode });
    expect(rules(SetKeyboardImeStatus, ime(0x0ffb))).toEqual([]);
    expect(rules(SetKeyboardImeStatus, ime(0x1000))).toEqual(["unknown-flags"]);
    expect(SetKeyboardImeStatus.decode(ime(0x1000)).imeConvMode).toBe(0x1000);
  });

  test("persistent keys", () => {
    const body = "0100" + "0000".repeat(4) + "0200" + "0000".repeat(4) + "03" + "000000" + "aa00000001000000";
    const bytes = framed(43, body);
    expect(PersistentKeyList.decode(bytes)).toMatchObject({
      numEntries: [1, 0, 0, 0, 0],
      totalEntries: [2, 0, 0, 0, 0],
      bBitMask: 3,
      entries: [{ key1: 0xaa, key2: 1 }],
    });
    sameAgain(PersistentKeyList, bytes);
  });

  test("nothing is lost of an input event of unknown type", () => {
    const bytes = framed(28, "01000000" + "00000000" + "9900" + "010203040506");
    expect(Input.decode(bytes).slowPathInputEvents[0]?.event).toEqual({
      type: "unknown",
      tag: 0x99,
      data: bytesOf("010203040506"),
    });
    expect(Input.inspect(bytes).deviations.some(({ rule }) => deviationRules[rule].lossy)).toBe(false);
    sameAgain(Input, bytes);
  });
});
