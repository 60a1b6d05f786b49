import { createHmac } from "node:crypto";
import { AutoReconnectClient, SaveSessionInfo } from "@railvail/transport";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { activePair, Pair } from "../../testing/pair.js";
import { data, hand } from "../../testing/sent-bytes.js";
import type { ClientSettings, ReconnectionCookie, ServerSettings } from "../index.js";

const hmacMd5 = (key: Uint8Array, bytes: Uint8Array): Uint8Array =>
  new Uint8Array(createHmac("md5", key).update(bytes).digest());
const cookie: ReconnectionCookie = { logonId: 9, random: new Uint8Array(16).map((_, index) => 40 + index) };
const sessions = (known: readonly ReconnectionCookie[]): Partial<ServerSettings> => ({
  reconnection: { hmacMd5, randomOf: (logonId) => known.find((one) => one.logonId === logonId)?.random },
});
const comingBack = (shown: ReconnectionCookie): Partial<ClientSettings> => ({
  reconnection: { cookie: shown, hmacMd5 },
});
/** A Client Info whose cookie is any bytes. */
const withPacket = (autoReconnectCookie: Uint8Array): Partial<ClientSettings> => {
  const info = new Pair();
  info.connect();
  info.settle();
  const { extraInfo } = info.server.state.info ?? {};
  if (extraInfo === undefined) throw new Error("the client sends no extra information");
  return { info: { extraInfo: { ...extraInfo, autoReconnectCookie } } };
};

describe("a cookie", () => {
  test("of one connection brings the client of the next back to its session", () => {
    const first = activePair(sessions([]));
    const logon = { domain: "HOME", userName: "ann", sessionId: 9 };
    first.take("server", first.server.command({ type: "saveSession", logon, cookie }, 0));
    first.settle();
    expect(first.of("client", "reconnectionCookie")).toEqual([{ type: "reconnectionCookie", cookie }]);
    const kept = first.client.state.cookie;
    expect(kept).toEqual(cookie);

    const second = activePair(sessions([cookie]), comingBack(kept ?? cookie));
    expect(second.told.server.filter(({ type }) => type === "reconnected" || type === "logon")).toMatchObject([
      { type: "reconnected", logonId: 9 },
      { type: "logon" },
    ]);
    expect(second.client.state.phase).toBe("active");
    expect(second.violations).toEqual([]);
  });

  test("that is wrong in any bit, or of no session, is refused, and the logon goes on", () => {
    const bits = fc.nat(16 * 8 - 1);
    fc.assert(
      fc.property(fc.oneof(bits, fc.constant(undefined)), (bit) => {
        const random = cookie.random.slice();
        if (bit !== undefined) random[bit >> 3] = (random[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        const shown = { logonId: bit === undefined ? 10 : 9, random };
        const pair = activePair(sessions([cookie]), comingBack(shown));
        expect(pair.of("server", "reconnected")).toEqual([]);
        expect(pair.of("server", "violation")).toMatchObject([{ by: "peer", rule: "cookie-wrong" }]);
        expect(pair.of("client", "reconnectionFailed")).toHaveLength(1);
        expect([pair.server.state.phase, pair.client.state.phase]).toEqual(["active", "active"]);
        // Another share is no other reconnection.
        pair.take("server", pair.server.command({ type: "reactivate" }, 0));
        pair.settle();
        expect(pair.of("client", "active")).toHaveLength(2);
        expect(pair.of("client", "reconnectionFailed")).toHaveLength(1);
      }),
      { numRuns: 20 },
    );
  });

  test.each([
    ["too short", new Uint8Array(27)],
    ["too long", new Uint8Array(29)],
    ["all zero", new Uint8Array(28)],
  ])("that is %s is none", (_name, packet) => {
    const pair = activePair(sessions([cookie]), withPacket(packet));
    expect(pair.of("server", "violation")).toMatchObject([{ rule: "cookie-wrong" }]);
    expect(pair.server.state.phase).toBe("active");
  });

  test("is the HMAC of 32 zero bytes under the server's random number, and never the number itself", () => {
    const pair = activePair({}, comingBack(cookie));
    const packet = pair.server.state.info?.extraInfo?.autoReconnectCookie ?? new Uint8Array(0);
    expect(AutoReconnectClient.decode(packet)).toEqual({
      logonId: 9,
      securityVerifier: hmacMd5(cookie.random, new Uint8Array(32)),
    });
    expect(packet).toHaveLength(28);
    // A server that takes nobody back lets it pass.
    expect(pair.violations).toEqual([]);
  });

  test("is not offered to a client that cannot use it", () => {
    const general = { type: "general", osMajorType: 1, osMinorType: 3, protocolVersion: 0x200 } as const;
    const capabilities = [{ ...general, extraFlags: 1, refreshRectSupport: 0, suppressOutputSupport: 0 }];
    const pair = activePair({}, { capabilities });
    pair.take("server", pair.server.command({ type: "saveSession", cookie }, 0));
    expect(pair.violations).toEqual([expect.stringContaining("server: local not-supported")]);
    pair.settle();
    expect(pair.client.state.cookie).toBeUndefined();
  });

  test("is kept when the memory that it came in is used again", () => {
    const pair = activePair();
    const { ioChannelId, shareId } = pair.client.state;
    const body = {
      infoData: {
        type: "extended",
        info: { fieldsPresent: 0, autoReconnectCookie: { version: 1, logonId: 9, arcRandomBits: cookie.random } },
      },
    } as const;
    const share = {
      pduSource: 1002,
      shareId,
      streamId: 1,
      uncompressedLength: 0,
      compressedType: 0,
      compressedLength: 0,
    };
    const bytes = data("server", ioChannelId, SaveSessionInfo.encode({ ...share, ...body }));
    hand(pair, "client", bytes);
    bytes.fill(0);
    expect(pair.client.state.cookie).toEqual(cookie);
  });
});

describe("a logon", () => {
  const logon = { domain: "D".repeat(300), userName: "u".repeat(300), sessionId: 3 };
  const infoOf = (pair: Pair) =>
    pair
      .of("client", "message")
      .flatMap(({ message }) => (message.message === "saveSessionInfo" ? [message.value.infoData] : []));

  test("is announced in full, or cut to what an old client reads, or without a name", () => {
    const pair = activePair();
    pair.take("server", pair.server.command({ type: "saveSession", logon }, 0));
    pair.take("server", pair.server.command({ type: "saveSession" }, 0));
    const general = { type: "general", osMajorType: 1, osMinorType: 3, protocolVersion: 0x200 } as const;
    const capabilities = [{ ...general, extraFlags: 1, refreshRectSupport: 0, suppressOutputSupport: 0 }];
    const old = activePair({}, { capabilities });
    old.take("server", old.server.command({ type: "saveSession", logon }, 0));
    pair.settle();
    old.settle();
    expect(infoOf(pair)).toMatchObject([{ type: "logonLong", ...logon }, { type: "plainNotify" }]);
    expect(infoOf(old)).toMatchObject([
      { type: "logon", domain: "D".repeat(25), cbDomain: 52, userName: "u".repeat(255), cbUserName: 512, sessionId: 3 },
    ]);
  });

  test("is announced in an active session only", () => {
    const pair = activePair({ logon: "ask" });
    pair.take("server", pair.server.command({ type: "saveSession", logon }, 0));
    expect(pair.violations).toEqual([expect.stringContaining("local not-now")]);
  });
});
