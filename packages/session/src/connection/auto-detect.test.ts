import {
  BandwidthPayload,
  BandwidthStart,
  BandwidthStop,
  BandwidthStopConnectTime,
  Heartbeat,
  MultitransportRequest,
  NetworkCharacteristicsResult,
  RttRequest,
} from "@railvail/transport";
import type { Pdu } from "@railvail/wire";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { activePair, Pair } from "../../testing/pair.js";
import { broken, data, hand } from "../../testing/sent-bytes.js";

const header = { flags: 0, flagsHi: 0 };
const [connectTime, continuous] = [0x1014, 0x0014];

/** The server's application sends it on the message channel. */
function ask<T>(pair: Pair, pdu: Pdu<T>, value: T): void {
  pair.take("server", pair.server.sendOnMessageChannel(pdu, value));
}
/** The answers of the client, as the server's application gets them. */
const answers = (pair: Pair) =>
  pair.of("server", "message").map(({ message }) => ({ message: message.message, ...message.value }));

describe("a client in a session", () => {
  test("answers a request for the round trip with its number", () => {
    const pair = activePair();
    ask(pair, RttRequest, { ...header, sequenceNumber: 513, requestType: 1 });
    pair.settle();
    expect(answers(pair)).toEqual([{ message: "rttResponse", ...header, sequenceNumber: 513 }]);
    expect(pair.violations).toEqual([]);
  });

  test("counts all bytes and the time from start to stop, however they are cut", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 4000 }), { maxLength: 8 }),
        fc.integer({ min: 1, max: 3000 }),
        fc.integer({ min: 0, max: 5000 }),
        (sizes, cut, time) => {
          const pair = activePair();
          const channel = pair.server.state.channels[0]?.id ?? 0;
          ask(pair, BandwidthStart, { ...header, sequenceNumber: 1, requestType: continuous });
          pair.settle();
          for (const size of sizes) pair.take("server", pair.server.sendOnChannel(channel, new Uint8Array(size)));
          ask(pair, BandwidthStop, { ...header, sequenceNumber: 2, requestType: 0x0429 });
          const byteCount = pair.wire.client.length;
          pair.now += time;
          while (pair.wire.client.length > 0) pair.deliver("client", cut);
          pair.settle();
          const results = { ...header, sequenceNumber: 2, responseType: 0x000b, timeDelta: time, byteCount };
          expect(answers(pair)).toEqual([{ message: "bandwidthResults", ...results }]);
          expect(pair.violations).toEqual([]);
        },
      ),
      { numRuns: 20 },
    );
  });

  test("opens no other transport, and says what the server found out", () => {
    const pair = activePair();
    const securityCookie = new Uint8Array(16);
    ask(pair, MultitransportRequest, { ...header, requestId: 6, requestedProtocol: 1, securityCookie });
    ask(pair, NetworkCharacteristicsResult, {
      ...header,
      sequenceNumber: 3,
      requestType: 0,
      baseRTT: 4,
      averageRTT: 5,
    });
    ask(pair, Heartbeat, { ...header, period: 10, count1: 2, count2: 3 });
    pair.settle();
    expect(answers(pair)).toMatchObject([{ message: "multitransportResponse", requestId: 6, hrResponse: 0x8000_4004 }]);
    expect(pair.of("client", "networkCharacteristics")).toEqual([
      { type: "networkCharacteristics", baseRTT: 4, bandwidth: undefined, averageRTT: 5 },
    ]);
    expect(pair.of("client", "heartbeat")).toEqual([
      { type: "heartbeat", period: 10, warnAfter: 2, reconnectAfter: 3 },
    ]);
    expect(pair.violations).toEqual([]);
  });

  test.each([
    ["a stop", BandwidthStop, { ...header, sequenceNumber: 1, requestType: 0x0429 }],
    ["a payload", BandwidthPayload, { ...header, sequenceNumber: 1, payload: new Uint8Array(4) }],
    ["the other stop", BandwidthStopConnectTime, { ...header, sequenceNumber: 1, payload: new Uint8Array(4) }],
  ] as [string, Pdu, unknown][])("takes %s without a start for what it is", (_name, pdu, value) => {
    const pair = activePair();
    ask(pair, pdu, value);
    pair.settle();
    expect(pair.violations).toEqual([expect.stringContaining("without a start")]);
    expect(answers(pair)).toEqual([]);
  });
});

test("a client that logs on counts payloads only, on either channel, and answers on the message channel", () => {
  const pair = activePair({ logon: "ask" });
  const { messageChannelId, ioChannelId } = pair.client.state;
  const on = (channel: number | undefined, bytes: Uint8Array): void =>
    hand(pair, "client", data("server", channel ?? 0, bytes));
  on(messageChannelId, BandwidthStart.encode({ ...header, sequenceNumber: 1, requestType: connectTime }));
  on(messageChannelId, BandwidthPayload.encode({ ...header, sequenceNumber: 1, payload: new Uint8Array(1000) }));
  on(ioChannelId, BandwidthPayload.encode({ ...header, sequenceNumber: 1, payload: new Uint8Array(500) }));
  pair.now += 20;
  on(messageChannelId, BandwidthStopConnectTime.encode({ ...header, sequenceNumber: 8, payload: new Uint8Array(40) }));
  // The server asked nothing: it is told all the same what is out of place, which shows what was sent.
  const sent = pair.wire.server;
  expect(Buffer.from(sent).subarray(-18).toString("hex")).toBe("00200000".concat("0e01080003001400000004060000"));
  expect(broken(pair, "client")).toEqual([]);
  expect(pair.client.state.measurement).toBeUndefined();
});

test("a client that comes back says what was known of the network, and measures all the same if it has to", () => {
  const network = { bandwidth: 100_000, rtt: 7 };
  const hmacMd5 = (): Uint8Array => new Uint8Array(16);
  const cookie = { logonId: 1, random: new Uint8Array(16) };
  const pair = activePair({}, { reconnection: { cookie, hmacMd5, network } });
  ask(pair, RttRequest, { ...header, sequenceNumber: 1, requestType: 0x1001 });
  ask(pair, RttRequest, { ...header, sequenceNumber: 2, requestType: 0x0001 });
  ask(pair, BandwidthStart, { ...header, sequenceNumber: 3, requestType: connectTime });
  ask(pair, BandwidthStopConnectTime, { ...header, sequenceNumber: 4, payload: new Uint8Array(9) });
  pair.settle();
  expect(answers(pair)).toMatchObject([
    { message: "networkCharacteristicsSync", sequenceNumber: 1, ...network },
    { message: "rttResponse", sequenceNumber: 2 },
    { message: "networkCharacteristicsSync", sequenceNumber: 3, ...network },
    { message: "bandwidthResults", sequenceNumber: 4, byteCount: 9 },
  ]);
  expect(pair.violations).toEqual([]);
});

test("nothing of this may come before the client is attached", () => {
  const pair = new Pair();
  pair.connect();
  pair.deliver("server");
  pair.deliver("client");
  const { length } = pair.wire.server;
  hand(pair, "client", data("server", 0, RttRequest.encode({ ...header, sequenceNumber: 1, requestType: 1 })));
  expect(broken(pair, "client")).toEqual(["out-of-place"]);
  expect(pair.wire.server).toHaveLength(length);
});
