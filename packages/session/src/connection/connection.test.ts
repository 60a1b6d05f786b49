import {
  FastPathUpdateCode,
  OrdersUpdate,
  PlaySound,
  SetKeyboardImeStatus,
  SetKeyboardIndicators,
} from "@railvail/transport";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { activePair, joined, Pair } from "../../testing/pair.js";

const sides = fc.constantFrom("client" as const, "server" as const);
const delivery = fc.record({ side: sides, size: fc.integer({ min: 1, max: 700 }) });
const settings = fc.record({
  skipChannelJoin: fc.boolean(),
  security: fc.constantFrom("rdp" as const, "tls" as const),
  rail: fc.boolean(),
  channels: fc.uniqueArray(fc.constantFrom("rail", "cliprdr", "drdynvc", "rdpsnd", "rdpdr"), { maxLength: 5 }),
});

describe("client against server", () => {
  test("both become active, however the bytes are cut, and nobody breaks a rule", () => {
    fc.assert(
      fc.property(
        settings,
        fc.array(delivery, { maxLength: 60 }),
        ({ skipChannelJoin, security, rail, channels }, history) => {
          const pair = new Pair(
            { skipChannelJoin, security: [security] },
            { security, rail, channels: channels.map((name) => ({ name, options: 0x8000_0000 })) },
          );
          pair.connect();
          for (const { side, size } of history) pair.deliver(side, size);
          pair.settle();
          expect([pair.client.state.phase, pair.server.state.phase]).toEqual(["active", "active"]);
          expect(pair.violations).toEqual([]);
          const { shareId } = pair.server.state;
          expect(pair.of("client", "active")).toEqual([{ type: "active", shareId }]);
          expect(pair.of("server", "active")).toEqual([{ type: "active", shareId }]);
          expect(pair.of("server", "logon")).toMatchObject([{ rail, hiDefRail: rail }]);
          expect(pair.client.state.channels).toEqual(pair.server.state.channels);
          expect(pair.client.state.channels.every((channel) => channel.joined)).toBe(true);
          expect(pair.client.state.deadline).toBeUndefined();
          expect(pair.server.state.deadline).toBeUndefined();
        },
      ),
      { numRuns: 60 },
    );
  });

  test("a channel message comes out whole at the other end, in both directions", () => {
    const messages = fc.array(fc.tuple(sides, fc.nat(2), fc.uint8Array({ maxLength: 5000, size: "max" })), {
      maxLength: 6,
    });
    fc.assert(
      fc.property(
        messages,
        fc.array(fc.integer({ min: 1, max: 3000 })),
        fc.integer({ min: 1600, max: 16_256 }),
        (sent, cuts, chunkSize) => {
          const pair = activePair({ chunkSize });
          const { channels } = pair.client.state;
          for (const [from, index, message] of sent) {
            const channel = channels[index];
            const half = message.length >> 1;
            pair.take(
              from,
              pair[from].sendOnChannel(channel?.id ?? 0, message.subarray(0, half), message.subarray(half)),
            );
          }
          for (const size of cuts) {
            pair.deliver("client", size);
            pair.deliver("server", size);
          }
          pair.settle();
          for (const to of ["client", "server"] as const) {
            const wanted = sent
              .filter(([from]) => from !== to)
              .map(([, index, message]) => [channels[index]?.name, [...message]]);
            const got = pair.of(to, "channelData").map(({ channel, data }) => [channel.name, [...data]]);
            expect(got).toEqual(wanted);
          }
          expect(pair.violations).toEqual([]);
        },
      ),
      { numRuns: 40 },
    );
  });

  test("updates come out whole, in fragments where they are large, and so does input", () => {
    const pair = activePair();
    const orderData = new Uint8Array(50_000).map((_, index) => index);
    const body = OrdersUpdate.encode({ numberOrders: 3, orderData });
    pair.take("server", pair.server.sendUpdate(FastPathUpdateCode.orders, body));
    pair.take("server", pair.server.sendUpdate(FastPathUpdateCode.pointerHidden, new Uint8Array(0)));
    const event = { type: "pointerMoved", x: 5, y: 6 } as const;
    pair.take("client", pair.client.sendInput(Array.from({ length: 300 }, () => event)));
    pair.settle();
    const [orders, hidden] = pair.of("client", "update");
    expect(orders).toMatchObject({ update: "orders", updateCode: 0, value: { numberOrders: 3 } });
    const got = orders?.update === "orders" ? orders.value.orderData : new Uint8Array(0);
    expect(Buffer.compare(got, orderData)).toBe(0);
    expect(hidden).toEqual({ type: "update", update: "pointerHidden", updateCode: 5, value: undefined });
    const events = pair.of("server", "input").flatMap((input) => input.events);
    expect(events).toHaveLength(300);
    expect(events[299]).toEqual(event);
    expect(pair.violations).toEqual([]);
  });

  test("other share PDUs are handed up decoded", () => {
    const pair = activePair();
    pair.take("server", pair.server.playSound(100, 440));
    pair.take("server", pair.server.setLockKeys({ scrollLock: true, numLock: false, capsLock: true, kanaLock: false }));
    pair.take("server", pair.server.setImeStatus({ open: true, conversionMode: 9 }));
    pair.settle();
    expect(pair.of("client", "pdu")).toMatchObject([
      { pdu: PlaySound, value: { duration: 100, frequency: 440 } },
      { pdu: SetKeyboardIndicators, value: { ledFlags: 5 } },
      { pdu: SetKeyboardImeStatus, value: { imeState: 1, imeConvMode: 9 } },
    ]);
    expect(pair.of("client", "message")).toMatchObject([{ message: { message: "monitorLayout" } }]);
  });

  test("a desktop can be deactivated and activated again with another size", () => {
    const pair = activePair();
    const before = pair.server.state.shareId;
    pair.take("server", pair.server.command({ type: "reactivate", desktop: { width: 800, height: 600 } }, 0));
    pair.settle();
    expect(pair.server.state.shareId).not.toBe(before);
    expect(pair.client.state.shareId).toBe(pair.server.state.shareId);
    expect(pair.of("client", "deactivated")).toHaveLength(1);
    expect(pair.of("client", "active")).toHaveLength(2);
    const bitmap = pair.client.state.peerCapabilities.find((set) => set.type === "bitmap");
    expect(bitmap).toMatchObject({ desktopWidth: 800, desktopHeight: 600 });
    expect(pair.violations).toEqual([]);
  });

  test("a shutdown is asked for, denied, and then carried out", () => {
    const pair = activePair();
    pair.take("client", pair.client.command({ type: "requestShutdown" }, 0));
    pair.settle();
    expect(pair.of("server", "shutdownRequested")).toHaveLength(1);
    pair.take("server", pair.server.command({ type: "denyShutdown" }, 0));
    pair.settle();
    expect(pair.of("client", "shutdownDenied")).toHaveLength(1);
    pair.take("client", pair.client.command({ type: "disconnect" }, 0));
    pair.settle();
    expect(pair.of("client", "close")).toEqual([{ type: "close", because: "local" }]);
    expect(pair.of("server", "close")).toEqual([{ type: "close", because: "peer" }]);
    expect(pair.violations).toEqual([]);
  });

  test("a logon that was asked about goes on when it is accepted, with the caller's capability sets", () => {
    const pair = activePair({ logon: "ask" });
    const capabilities = [{ type: "frameAcknowledge", maxUnacknowledgedFrameCount: 9 }] as const;
    pair.take("server", pair.server.command({ type: "accept", capabilities }, 0));
    pair.settle();
    expect(pair.client.state.phase).toBe("active");
    expect(pair.client.state.peerCapabilities).toContainEqual(capabilities[0]);
  });
});

test("what is sent on a channel is not copied", () => {
  const pair = activePair();
  const message = new Uint8Array(100);
  const outputs = pair.server.sendOnChannel(pair.server.state.channels[0]?.id ?? 0, message);
  const segments = outputs.flatMap((output) => (output.type === "bytes" ? output.segments : []));
  expect(segments.some(({ buffer }) => buffer === message.buffer)).toBe(true);
  expect(joined(segments).length).toBeGreaterThan(100);
});
