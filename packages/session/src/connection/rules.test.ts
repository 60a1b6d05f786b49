import {
  ConnectInitial,
  DataTpdu,
  LicenseErrorMessage,
  LicenseRequest,
  SecurityHeader,
  SendDataRequest,
  ShareData,
} from "@railvail/transport";
import { generate } from "@railvail/wire";
import { expect, test } from "vitest";
import { activePair, Pair } from "../../testing/pair.js";
import { broken, chunk, data, hand, updatePacket } from "../../testing/sent-bytes.js";
import { connectionRules, type ClientBlock, type ConnectionRule } from "../index.js";

const [first, last] = [1, 2];
const lowest = { int: (low: number) => low };

/** The server has the client's settings; the client has not heard of it. */
function joining(client: ConstructorParameters<typeof Pair>[1] = {}): Pair {
  const pair = new Pair({}, client);
  pair.connect();
  pair.deliver("server");
  pair.deliver("client");
  pair.deliver("server");
  return pair;
}

const channels = Array.from({ length: 32 }, (_, index) => ({ name: `c${index}`, options: 0 }));
const monitor = { left: 0, top: 0, right: 9, bottom: 9, flags: 1 };
const monitors: ClientBlock = { type: "monitor", flags: 0, monitors: [monitor] };

/** The client's Connect-Initial without its core block. */
function withoutCore(): Pair {
  const pair = new Pair();
  pair.connect();
  pair.deliver("server");
  pair.deliver("client");
  const initial = ConnectInitial.decode(pair.wire.server.subarray(7));
  const blocks = initial.userData.userData.blocks.filter(({ body }) => body.type !== "core");
  const changed = ConnectInitial.encode({ ...initial, userData: { userData: { blocks } } });
  hand(pair, "server", DataTpdu.encode({ data: changed }));
  return pair;
}

/** The client waits for the end of licensing, and gets something else. */
function licensing(bytes: Uint8Array): Pair {
  const pair = activePair({ logon: "ask" });
  hand(pair, "client", data("server", pair.client.state.ioChannelId, bytes));
  return pair;
}

const licenseError = LicenseErrorMessage.encode({
  flags: 0x80,
  flagsHi: 0,
  preambleVersion: 3,
  extendedErrorSupported: 0,
  errorCode: 2,
  stateTransition: 1,
  errorInfo: { blobType: 4, data: new Uint8Array(0) },
});

function given(to: "client" | "server", bytes: (pair: Pair) => Uint8Array, pair = activePair()): Pair {
  hand(pair, to, bytes(pair));
  return pair;
}

const channelOf = (pair: Pair): number => pair.client.state.channels[0]?.id ?? 0;
const attachRefused = new Uint8Array([3, 0, 0, 9, 2, 0xf0, 0x80, 0x2d, 0x60]);

/** For each rule a way to break it: who reports it, and what happened. */
const ways: Record<ConnectionRule, () => [side: "client" | "server", Pair]> = {
  "no-frame": () => ["server", given("server", () => new Uint8Array([0x16]))],
  malformed: () => ["server", given("server", (pair) => data("client", channelOf(pair), new Uint8Array(3)))],
  unknown: () => ["server", given("server", () => DataTpdu.encode({ data: new Uint8Array([0xfc]) }))],
  "out-of-place": () => ["client", given("client", () => attachRefused)],
  encrypted: () => ["client", licensing(SecurityHeader.encode({ flags: 8, flagsHi: 0, data: new Uint8Array(8) }))],
  compressed: () => ["client", given("client", () => updatePacket({ compressionFlags: 0x20 }))],
  "no-common-security": () => ["server", activePair({ security: ["tls"] })],
  "core-missing": () => ["server", withoutCore()],
  "too-many-channels": () => ["server", joining({ channels })],
  "monitors-void": () => ["server", joining({ blocks: [monitors] })],
  "connect-refused": () => {
    const pair = joining();
    pair.deliver("client");
    hand(pair, "client", attachRefused);
    return ["client", pair];
  },
  "license-required": () => [
    "client",
    licensing(LicenseRequest.encode({ ...generate(LicenseRequest, lowest), flags: 0x80 })),
  ],
  "license-refused": () => ["client", licensing(licenseError)],
  "cookie-wrong": () => {
    const hmacMd5 = (): Uint8Array => new Uint8Array(16);
    const cookie = { logonId: 1, random: new Uint8Array(16) };
    return [
      "server",
      activePair({ reconnection: { hmacMd5, randomOf: () => undefined } }, { reconnection: { cookie, hmacMd5 } }),
    ];
  },
  "wrong-user": () => ["server", given("server", (pair) => chunk("client", channelOf(pair), first | last, 1001))],
  "wrong-share": () => {
    const pair = activePair({ logon: "ask" });
    pair.take("server", pair.server.command({ type: "accept" }, 0));
    // The share id is the first field of Demand Active after the share control header.
    const { length } = pair.wire.client;
    const at = pair.wire.client.findIndex(
      (_, index) => index + 1 < length && pair.wire.client[index] === 0x11 && pair.wire.client[index + 1] === 0,
    );
    pair.wire.client[at + 4] = (pair.wire.client[at + 4] ?? 0) ^ 1;
    pair.settle();
    return ["server", pair];
  },
  "unknown-channel": () => ["server", given("server", () => chunk("client", 2000, first | last))],
  "not-joined": () => {
    const pair = new Pair({ skipChannelJoin: false });
    pair.connect();
    pair.deliver("server");
    pair.deliver("client");
    pair.deliver("server");
    hand(pair, "server", chunk("client", 1004, first | last));
    return ["server", pair];
  },
  "channel-early": () => ["server", given("server", () => chunk("client", 1004, first | last), joining())],
  "channel-chunk": () => ["client", given("client", (pair) => chunk("server", channelOf(pair), last))],
  fragment: () => ["client", given("client", () => updatePacket({ fragmentation: 1 }))],
  "timed-out": () => {
    const pair = joining();
    pair.take("server", pair.server.tick(99_999));
    return ["server", pair];
  },
  "not-now": () => {
    const pair = new Pair();
    pair.take("client", pair.client.sendInput([]));
    return ["client", pair];
  },
  "not-supported": () => {
    const general = { type: "general", osMajorType: 0, osMinorType: 0, protocolVersion: 0x200, extraFlags: 0 } as const;
    const pair = activePair({}, { capabilities: [{ ...general, refreshRectSupport: 0, suppressOutputSupport: 0 }] });
    pair.take("server", pair.server.sendUpdate(5, new Uint8Array(0)));
    return ["server", pair];
  },
  "too-large": () => {
    const pair = activePair({}, { capabilities: [{ type: "multifragmentUpdate", maxRequestSize: 20_000 }] });
    pair.take("server", pair.server.sendUpdate(0, new Uint8Array(20_001)));
    return ["server", pair];
  },
  closed: () => {
    const pair = activePair();
    pair.take("server", pair.server.command({ type: "disconnect" }, 0));
    pair.take("server", pair.server.command({ type: "disconnect" }, 0));
    return ["server", pair];
  },
};

test.each(Object.keys(connectionRules) as ConnectionRule[])("%s is reported", (rule) => {
  const [side, pair] = ways[rule]();
  expect(broken(pair, side)).toContain(rule);
});

test("data from the other side's vocabulary and compressed Data PDUs are dropped with a reason", () => {
  const pair = activePair();
  const value = { initiator: 1008, channelId: 1003, dataPriority: 1, segmentation: 3, userData: new Uint8Array(4) };
  hand(pair, "client", DataTpdu.encode({ data: SendDataRequest.encode(value) }));
  const header = { pduSource: 0, shareId: 0, streamId: 1, uncompressedLength: 0, compressedLength: 0 };
  const compressed = ShareData.encode({ ...header, pduType2: 2, compressedType: 0x21, data: new Uint8Array(5) });
  hand(pair, "client", data("server", pair.client.state.ioChannelId, compressed));
  expect(broken(pair, "client")).toEqual(["out-of-place", "compressed"]);
  expect(pair.client.state.phase).toBe("active");
});

test("messages of channels that are not whole share one limit, which is free again when they are", () => {
  const pair = new Pair({}, {}, { channelMemory: 300_000 });
  pair.connect();
  pair.settle();
  const [one = 0, two = 0] = pair.client.state.channels.map(({ id }) => id);
  const large = new Uint8Array(100_000);
  for (const id of [one, two, one, two]) pair.take("client", pair.client.sendOnChannel(id, large));
  pair.settle();
  expect(pair.of("server", "channelData").map((got) => got.data.length)).toEqual(
    Array.from({ length: 4 }, () => 100_000),
  );
  pair.take("client", pair.client.sendOnChannel(one, new Uint8Array(400_000)));
  pair.settle();
  expect(pair.of("server", "channelData")).toHaveLength(4);
  expect(pair.violations).toEqual([expect.stringContaining("peer channel-chunk rail: memory-exceeded")]);
});
