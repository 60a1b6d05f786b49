import { Handshake } from "@railvail/rail";
import {
  BandwidthPayload,
  BandwidthResults,
  BandwidthStart,
  BandwidthStopConnectTime,
  Heartbeat,
  messageChannelPdus,
  MultitransportRequest,
  MultitransportResponse,
  NetworkCharacteristicsResult,
  NetworkCharacteristicsSync,
  RttRequest,
  RttResponse,
} from "@railvail/transport";
import { sourceOf } from "@railvail/wire";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { openedSession } from "../testing/opened.js";
import { bytesOf, channelMessage, concat, ids, opening, sendData } from "../testing/session-bytes.js";
import { Watched } from "../testing/watch.js";
import { guessMessageChannel } from "./message-channel-guess.js";

const messageChannel = 1099;
const common = { flags: 0, flagsHi: 0, sequenceNumber: 1 };
const head = { flags: 0, flagsHi: 0 };
const payload = new Uint8Array(700).fill(0xa5);

/** What servers and clients say while a connection is set up, in this order. */
const exchange: readonly (readonly ["c2s" | "s2c", string, Uint8Array])[] = [
  ["s2c", RttRequest.name, RttRequest.encode({ ...common, requestType: 0x1001 })],
  ["c2s", RttResponse.name, RttResponse.encode(common)],
  ["s2c", BandwidthStart.name, BandwidthStart.encode({ ...common, requestType: 0x1014 })],
  ["s2c", BandwidthPayload.name, BandwidthPayload.encode({ ...common, payload })],
  ["s2c", BandwidthStopConnectTime.name, BandwidthStopConnectTime.encode({ ...common, payload })],
  [
    "c2s",
    BandwidthResults.name,
    BandwidthResults.encode({ ...common, responseType: 3, timeDelta: 9, byteCount: 1400 }),
  ],
  ["c2s", NetworkCharacteristicsSync.name, NetworkCharacteristicsSync.encode({ ...common, bandwidth: 5, rtt: 6 })],
  [
    "s2c",
    NetworkCharacteristicsResult.name,
    NetworkCharacteristicsResult.encode({ ...common, requestType: 0, baseRTT: 1, bandwidth: 2, averageRTT: 3 }),
  ],
  [
    "s2c",
    MultitransportRequest.name,
    MultitransportRequest.encode({ ...head, requestId: 3, requestedProtocol: 1, securityCookie: new Uint8Array(16) }),
  ],
  [
    "c2s",
    MultitransportResponse.name,
    MultitransportResponse.encode({ ...head, requestId: 3, hrResponse: 0x80004004 }),
  ],
  ["s2c", Heartbeat.name, Heartbeat.encode({ ...head, period: 30, count1: 2, count2: 4 })],
];

function exchanged(watched: Watched, channelId: number): string[] {
  for (const [direction, , bytes] of exchange) watched.send(direction, sendData(direction, channelId, bytes));
  return watched.taken();
}
const shown = (path: string): string[] => exchange.map(([, name]) => `${path} ${name}`);

describe("auto-detection, heartbeat and multitransport", () => {
  test("on the message channel, whose id the server gives", () => {
    const watched = openedSession();
    expect(exchanged(watched, messageChannel)).toEqual(shown("mcs/message"));
  });

  test("on the I/O channel, as some servers send them", () => {
    expect(exchanged(openedSession(), ids.io)).toEqual(shown("mcs/io"));
    expect(exchanged(new Watched(), ids.io)).toEqual(shown("mcs/io"));
  });

  test("every message that there is was tried", () => {
    const tried = new Set(exchange.map(([, name]) => name));
    expect(messageChannelPdus.members.filter(({ name }) => !tried.has(name))).toEqual([]);
  });

  test("a type that is unknown, one that is cut short, and one that is encrypted", () => {
    const { c2s, s2c } = opening({ encryptionMethod: 2 });
    const watched = new Watched().send("c2s", c2s).send("s2c", s2c);
    watched.lines.length = 0;
    const message = (hex: string): Uint8Array => sendData("s2c", messageChannel, bytesOf(hex));
    watched.send("s2c", message("0010 0000 0600 0100 ffff"), message("0010 0000 0600"), message("0040 0000 00"));
    watched.send("s2c", message("0810 0000 0102030405060708 0600 0100 0110"), message("0010 0000 0600 0100 0110"));
    expect(watched.taken()).toEqual([
      "mcs/message unknown!",
      "mcs/message unknown!",
      "mcs/message undecodable!",
      "mcs/message encrypted!",
      "mcs/message RDP_RTT_REQUEST",
    ]);
  });
});

describe("a message channel whose id was not captured", () => {
  test("is known by what is sent on it", () => {
    expect(exchanged(new Watched(true), 1005)).toEqual(shown("mcs/message"));
  });

  test("is not taken for one of the channels that are known", () => {
    const watched = new Watched(true);
    const handshake = channelMessage("s2c", 1004, Handshake.encode({ buildNumber: 7601 }));
    watched.send("s2c", ...handshake).taken();
    const [, , rtt] = exchange[0] ?? ["s2c", "", new Uint8Array(0)];
    expect(watched.send("s2c", sendData("s2c", 1004, rtt)).taken()).not.toContain(`mcs/message ${RttRequest.name}`);
    watched.send("s2c", sendData("s2c", 1007, rtt));
    expect(watched.send("s2c", ...handshake).taken()).toEqual([
      `mcs/message ${RttRequest.name}`,
      `mcs/rail ${Handshake.name}`,
    ]);
  });

  test("only whole messages of the right side are evidence", () => {
    const guess = (direction: "c2s" | "s2c", bytes: Uint8Array): boolean =>
      guessMessageChannel(direction, sourceOf(bytes), 0, bytes.length);
    for (const [direction, name, bytes] of exchange) {
      expect(guess(direction, bytes), name).toBe(name !== MultitransportResponse.name);
      expect(guess(direction === "c2s" ? "s2c" : "c2s", bytes), name).toBe(false);
      expect(guess(direction, concat(bytes, [0])), name).toBe(false);
      expect(guess(direction, bytes.subarray(0, -1)), name).toBe(false);
    }
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), fc.constantFrom("c2s", "s2c"), (bytes, direction) => {
        expect(guess(direction, bytes)).toBe(false);
      }),
    );
  });
});
