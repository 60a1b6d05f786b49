import { existsSync, readFileSync } from "node:fs";
import { DecodeError, sourceOf, tilingFault, type Pdu } from "@railvail/wire";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  BandwidthPayload,
  BandwidthStart,
  BandwidthStop,
  BandwidthStopConnectTime,
  NetworkCharacteristicsResult,
  RttRequest,
} from "./auto-detect-request.js";
import { BandwidthResults, NetworkCharacteristicsSync, RttResponse } from "./auto-detect-response.js";
import { Heartbeat } from "./heartbeat.js";
import { messageChannelPdus } from "./message-channel.js";
import { MultitransportRequest, MultitransportResponse } from "./multitransport.js";

const file = new URL("../../../../../shared/vectors/open/autodetect.json", import.meta.url);
const present = existsSync(file);
const vectors = present ? (JSON.parse(readFileSync(file, "utf8")) as { name: string; hex: string }[]) : [];
const bytesOf = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, "hex"));
const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
const vector = (name: string): string => vectors.find((each) => each.name === name)?.hex ?? "";
const match = (bytes: Uint8Array): Pdu | undefined => messageChannelPdus.match(sourceOf(bytes), 0, bytes.length);

/** The security headers that the vectors of auto-detection are without. */
const [request, response, none] = ["00100000", "00200000", ""];

const table: readonly (readonly [name: string, head: string, of: Pdu, expected: object])[] = [
  ["autodetect.rtt-request", request, RttRequest, { sequenceNumber: 1, requestType: 0x1001 }],
  ["autodetect.bw-start", request, BandwidthStart, { sequenceNumber: 2, requestType: 0x1014 }],
  [
    "autodetect.bw-payload-b",
    request,
    BandwidthPayload,
    { sequenceNumber: 9, payload: new Uint8Array(300).fill(0xa5) },
  ],
  [
    "autodetect.bw-stop-connect-time",
    request,
    BandwidthStopConnectTime,
    { sequenceNumber: 4, payload: bytesOf("eeff") },
  ],
  [
    "autodetect.netchar-all",
    request,
    NetworkCharacteristicsResult,
    { sequenceNumber: 6, requestType: 0, baseRTT: 10, bandwidth: 1000, averageRTT: 20 },
  ],
  ["autodetect.rtt-response", response, RttResponse, { sequenceNumber: 1 }],
  [
    "autodetect.bw-results-b",
    response,
    BandwidthResults,
    { sequenceNumber: 513, responseType: 3, timeDelta: 1500, byteCount: 16_909_060 },
  ],
  ["autodetect.netchar-sync", response, NetworkCharacteristicsSync, { sequenceNumber: 1, bandwidth: 5000, rtt: 15 }],
  [
    "multitransport.request",
    none,
    MultitransportRequest,
    { requestId: 42, requestedProtocol: 1, securityCookie: new Uint8Array(16).fill(0xab) },
  ],
  ["multitransport.response-success", none, MultitransportResponse, { requestId: 42, hrResponse: 0 }],
];

describe.skipIf(!present)("the message channel against vectors (skipped without ../shared/vectors)", () => {
  test.each(table)("%s", (name, head, of, expected) => {
    const bytes = bytesOf(head + vector(name));
    expect(match(bytes)).toBe(of);
    const value = of.decode(bytes);
    expect(value).toMatchObject({ flags: 0, flagsHi: 0, ...expected });
    expect(hexOf(of.encode(value))).toBe(hexOf(bytes));
    const { fields, deviations } = of.inspect(bytes);
    expect(tilingFault(fields, bytes.length)).toBe(-1);
    expect(deviations).toEqual([]);
  });

  test("autodetect.request-unknown-type, which its source refuses, is no message", () => {
    expect(match(bytesOf(request + vector("autodetect.request-unknown-type")))).toBeUndefined();
  });
});

describe("finding messages of the message channel", () => {
  const header = (flags: number, type: number): Uint8Array => {
    const bytes = new Uint8Array(10);
    const { view } = sourceOf(bytes);
    view.setUint16(0, flags, true);
    view.setUint16(8, type, true);
    return bytes;
  };

  test("every type of request and response that there is", () => {
    const types = (flags: number, of: Pdu): number[] =>
      Array.from({ length: 0x2000 }, (_, type) => type).filter((type) => match(header(flags, type)) === of);
    expect(types(0x1000, RttRequest)).toEqual([0x0001, 0x1001]);
    expect(types(0x1000, BandwidthStart)).toEqual([0x0014, 0x0114, 0x1014]);
    expect(types(0x1000, BandwidthPayload)).toEqual([0x0002]);
    expect(types(0x1000, BandwidthStop)).toEqual([0x0429, 0x0629]);
    expect(types(0x1000, BandwidthStopConnectTime)).toEqual([0x002b]);
    expect(types(0x1000, NetworkCharacteristicsResult)).toEqual([0x0840, 0x0880, 0x08c0]);
    expect(types(0x2000, RttResponse)).toEqual([0x0000]);
    expect(types(0x2000, BandwidthResults)).toEqual([0x0003, 0x000b]);
    expect(types(0x2000, NetworkCharacteristicsSync)).toEqual([0x0018]);
  });

  test("other flags do not matter, two kinds at once do", () => {
    expect(match(header(0x4800, 0))).toBe(Heartbeat);
    expect(match(header(0x5000, 1))).toBeUndefined();
    expect(match(header(0x0080, 1))).toBeUndefined();
    expect(match(Uint8Array.of(0, 0x40))).toBe(Heartbeat);
    expect(match(Uint8Array.of(0, 0x10, 0, 0, 6, 0, 1, 0, 1))).toBeUndefined();
    expect(match(Uint8Array.of(0))).toBeUndefined();
  });

  test("what is found decodes or is refused, whatever the bytes", () => {
    const flags = fc.constantFrom(0x1000, 0x2000, 0x4000, 2, 4);
    const type = fc.constantFrom(0x1001, 1, 0x1014, 2, 0x2b, 0x429, 0x840, 0x8c0, 0, 3, 0x18, 0xffff);
    fc.assert(
      fc.property(flags, type, fc.uint8Array({ minLength: 2, maxLength: 40 }), (flag, kind, bytes) => {
        const head = header(flag, kind);
        bytes.set(head.subarray(0, 2));
        if (bytes.length >= 10) bytes.set(head.subarray(8), 8);
        try {
          const value = match(bytes)?.decode(bytes);
          expect(value === undefined || typeof value === "object").toBe(true);
        } catch (error) {
          expect(error).toBeInstanceOf(DecodeError);
        }
      }),
    );
  });
});

describe("what is stated follows from what is there", () => {
  const common = { flags: 0, flagsHi: 0, sequenceNumber: 7 };

  test("the type of a result, and its length", () => {
    const encoded = (baseRTT: number | undefined, bandwidth: number | undefined): string =>
      hexOf(NetworkCharacteristicsResult.encode({ ...common, requestType: 0, baseRTT, bandwidth, averageRTT: 3 }));
    expect(encoded(1, undefined).slice(8)).toBe("0e0007004008" + "01000000" + "03000000");
    expect(encoded(undefined, 2).slice(8)).toBe("0e0007008008" + "02000000" + "03000000");
    expect(encoded(1, 2).slice(8)).toBe("12000700c008" + "010000000200000003000000");
  });

  test("a stated length that is wrong is a deviation", () => {
    const bytes = RttRequest.encode({ ...common, requestType: 1 });
    bytes[4] = 9;
    const { deviations, error } = RttRequest.inspect(bytes);
    expect(error).toBeUndefined();
    expect(deviations).toMatchObject([{ rule: "length-differs", field: "headerLength" }]);
  });

  test("an unknown protocol and an unknown result are kept", () => {
    const asked = bytesOf("02000000" + "01000000" + "0700" + "0000" + "00".repeat(16));
    expect(MultitransportRequest.decode(asked).requestedProtocol).toBe(7);
    expect(MultitransportRequest.inspect(asked).deviations).toMatchObject([{ rule: "unknown-value" }]);
    const answered = bytesOf("04000000" + "01000000" + "05400080");
    expect(MultitransportResponse.decode(answered).hrResponse).toBe(0x8000_4005);
  });
});
