import { existsSync, readFileSync } from "node:fs";
import { DecodeError, sourceOf, type Pdu } from "@railvail/wire";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { FlowPdu, ShareControl, ShareData } from "./pdu/share-header.js";
import { sharePdu, sharePduLength } from "./share.js";

interface Vector {
  readonly name: string;
  readonly hex: string;
  readonly direction: string;
}
const folder = new URL("../../../../shared/vectors/open/", import.meta.url);
const present = existsSync(folder);
const load = (area: string): Vector[] =>
  present ? (JSON.parse(readFileSync(new URL(`${area}.json`, folder), "utf8")) as Vector[]) : [];
const bytesOf = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, "hex"));
const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");

/** What each vector is, and the fields after the share data header in our words. */
const expected: Readonly<Record<string, readonly [string, Record<string, unknown>]>> = {
  "client-synchronize": ["TS_SYNCHRONIZE_PDU", { pduSource: 1007, shareId: 66538, streamId: 1, targetUser: 1002 }],
  "control-request": ["TS_CONTROL_PDU", { action: 1, grantId: 0, controlId: 0 }],
  "granted-control": ["TS_CONTROL_PDU", { streamId: 2, action: 2, grantId: 1007, controlId: 1002 }],
  "font-list": ["TS_FONT_LIST_PDU", { numberFonts: 0, totalNumFonts: 0, listFlags: 3, entrySize: 50 }],
  "font-map-header-only": ["TS_FONT_MAP_PDU", { numberEntries: undefined, entrySize: undefined }],
  "font-map-b": ["TS_FONT_MAP_PDU", { numberEntries: 0, totalNumEntries: 0, mapFlags: 2, entrySize: 4 }],
  "deactivate-all-short": ["TS_DEACTIVATE_ALL_PDU", { pduSource: 1001 }],
  "deactivate-all": ["TS_DEACTIVATE_ALL_PDU", { pduSource: 1001, shareId: 2864434397 }],
  "zero-length-update": ["TS_SHAREDATAHEADER", { pduType2: 2, data: new Uint8Array(0) }],
  "server-control-cooperate": ["TS_CONTROL_PDU", { action: 4 }],
  "monitor-layout-3": [
    "TS_MONITOR_LAYOUT_PDU",
    {
      monitorDefArray: [
        { left: 0, top: 0, right: 3839, bottom: 2159, flags: 1 },
        { left: 3840, top: -100, right: 5759, bottom: 979, flags: 0 },
        { left: -1080, top: 0, right: -1, bottom: 1919, flags: 0 },
      ],
    },
  ],
  "shutdown-request": ["TS_SHUTDOWN_REQ_PDU", { pduSource: 1004 }],
  "shutdown-denied": ["TS_SHUTDOWN_DENIED_PDU", { pduSource: 1002 }],
  "suppress-output-off": [
    "TS_SUPPRESS_OUTPUT_PDU",
    {
      allowDisplayUpdates: 1,
      desktopRect: { left: 0, top: 0, right: 1919, bottom: 1079 },
    },
  ],
  "refresh-rect": ["TS_REFRESH_RECT_PDU", { areasToRefresh: [{ left: 0, top: 0, right: 1023, bottom: 767 }] }],
};

/** These state a total length that is not theirs; it is corrected when they are encoded. */
const wrongLength = new Set(["font-map-header-only", "zero-length-update"]);

describe.skipIf(!present)("share PDUs against vectors (skipped without ../shared/vectors)", () => {
  const vectors = load("finalisation");
  test.each(Object.keys(expected))("%s", (name) => {
    const vector = vectors.find((each) => each.name === `finalisation.${name}`);
    const bytes = bytesOf(vector?.hex ?? "");
    const source = sourceOf(bytes);
    const sender = vector?.direction === "server-to-client" ? "server" : "client";
    expect(sharePduLength(source, 0, bytes.length)).toBe(bytes.length);
    const pdu = sharePdu(source, 0, bytes.length, sender) as Pdu;
    expect(pdu.name).toBe(expected[name]?.[0]);
    const value = pdu.read(source, 0, bytes.length);
    expect(value).toMatchObject(expected[name]?.[1] ?? {});
    const again = pdu.encode(value);
    expect(hexOf(again.subarray(2))).toBe(hexOf(bytes.subarray(2)));
    expect(again[0]).toBe(wrongLength.has(name) ? bytes.length : bytes[0]);
  });

  test("a font list without a body is refused, as its source does", () => {
    const bytes = bytesOf(vectors.find((each) => each.name === "finalisation.font-list-header-only")?.hex ?? "");
    const source = sourceOf(bytes);
    expect(() => sharePdu(source, 0, bytes.length, "client")?.read(source, 0, bytes.length)).toThrow(DecodeError);
  });
});

const pduOf = (hex: string): Pdu | undefined => {
  const source = sourceOf(bytesOf(hex));
  return sharePdu(source, 0, source.bytes.length, "server");
};

describe("finding share PDUs", () => {
  const header = (pduType2: string, compressedType: string): string =>
    `16001700ea03ea03010000010800${pduType2}${compressedType}0000aabbccdd`;

  test("a compressed body stays bytes", () => {
    expect(pduOf(header("1f", "21"))).toBe(ShareData);
    expect(pduOf(header("1f", "01"))?.name).toBe("TS_SYNCHRONIZE_PDU");
  });

  test("unknown types keep their bytes", () => {
    expect(pduOf(header("f0", "00"))).toBe(ShareData);
    expect(pduOf("06001900ea03")).toBe(ShareControl);
    const bytes = bytesOf("06001900ea03");
    expect(hexOf(ShareControl.encode(ShareControl.decode(bytes)))).toBe(hexOf(bytes));
  });

  test("a flow PDU stands where a length would", () => {
    expect(pduOf("0080410000000000")).toBe(FlowPdu);
    expect(FlowPdu.decode(bytesOf("008041000102ea03"))).toMatchObject({
      pduTypeFlow: 0x41,
      flowNumber: 2,
      pduSource: 1002,
    });
    expect(sharePduLength(sourceOf(bytesOf("0080410000000000ffff")), 0, 10)).toBe(8);
  });

  test("several PDUs in one message are told apart, whatever they state", () => {
    const source = sourceOf(bytesOf("06001600ea03" + "06001600ea03"));
    expect(sharePduLength(source, 0, 12)).toBe(6);
    expect(sharePduLength(source, 6, 12)).toBe(6);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        const any = sourceOf(bytes);
        const length = sharePduLength(any, 0, bytes.length);
        if (length === undefined) expect(bytes.length).toBeLessThan(4);
        else {
          expect(length).toBeGreaterThanOrEqual(4);
          expect(length).toBeLessThanOrEqual(bytes.length);
        }
      }),
    );
  });
});
