import { CreationStatus } from "@railvail/transport";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bytes, ChannelLoop, NotingEnd, openPair, staticChannel } from "../../testing/channel-loop.js";

describe("dynamic channels", () => {
  test("are refused by the client's word, or because it is silent, or because the connection ended", () => {
    const fates: unknown[] = [];
    const asked: string[] = [];
    const refused = (name: string, status: number): number => asked.push(`${name} ${status}`);
    const loop = new ChannelLoop({}, { refused });
    const request = (): boolean =>
      loop.server.request("nobody", new NotingEnd(), 0, { refused: (status) => fates.push(status) });
    expect(request()).toBe(false);
    loop.open();
    expect(request()).toBe(true);
    loop.settle();
    expect([fates, asked]).toEqual([[CreationStatus.notFound], [`nobody ${CreationStatus.notFound}`]]);
    expect(request()).toBe(true);
    loop.cut();
    expect(fates).toEqual([CreationStatus.notFound, undefined]);
    loop.now = 100;
    loop.server.open(loop.channels, 100);
    expect(loop.server.wakeAt).toBe(10_100);
    expect(request()).toBe(true);
    loop.server.tick(10_099);
    expect(fates).toHaveLength(2);
    loop.server.tick(10_100);
    expect([fates.length, loop.server.wakeAt, request()]).toEqual([3, undefined, false]);
    expect(loop.violations).toEqual(["server: local not-open drdynvc", "server: local unavailable drdynvc"]);
  });

  test("are not there without the static channel", () => {
    const loop = new ChannelLoop({}, {}, [staticChannel("rail", 1004), staticChannel("drdynvc", 0)]);
    loop.open();
    expect(loop.server.request("one", new NotingEnd(), 0)).toBe(false);
    expect(loop.wire).toEqual({ client: [], server: [] });
  });

  test("can be closed by either side, and an end that is closed cannot reach what comes after it", () => {
    const { loop, ends } = openPair();
    expect(loop.client.close(ends.client, 0)).toBe(true);
    expect(loop.client.close(ends.client, 0)).toBe(false);
    loop.settle();
    expect([ends.client.life, ends.server.life]).toEqual([
      ["opened", "closed"],
      ["opened", "closed"],
    ]);
    ends.server.send(bytes(5));
    expect(loop.wire.client).toEqual([]);
    expect(loop.violations).toEqual([]);
  });

  test("have nothing sent on them that waited when the peer closed them", () => {
    const { loop, ends } = openPair();
    loop.server.allow(0, 0);
    ends.server.send(bytes(5));
    loop.client.close(ends.client, 0);
    loop.settle();
    loop.server.allow(Infinity, 0);
    expect([loop.wire.client, loop.server.waiting]).toEqual([[], 0]);
  });

  test("begin anew with the connection: of what waited or was half received nothing is left", () => {
    const { loop, ends } = openPair();
    ends.server.send(bytes(4000));
    loop.deliver("client", 1);
    loop.server.allow(0, 0);
    ends.server.send(bytes(5));
    loop.cut();
    loop.open();
    const end = new NotingEnd();
    loop.server.request("one", end, 0);
    loop.settle();
    loop.server.allow(Infinity, 0);
    end.send(bytes(4000));
    loop.settle();
    expect(ends.client.messages).toEqual([bytes(4000)]);
    expect(loop.violations).toEqual([]);
  });

  test("leave no memory taken when they are closed within a message", () => {
    const { loop, ends } = openPair({}, { receiving: { maximumMemory: 9000 } });
    const [near, far] = [new NotingEnd(), new NotingEnd()];
    loop.client.listen("two", () => near);
    loop.server.request("two", far, 0);
    loop.settle();
    ends.server.send(bytes(5000));
    loop.deliver("client", 2);
    loop.wire.client.length = 0;
    loop.server.close(ends.server, 0);
    far.send(bytes(5000));
    loop.settle();
    expect([near.messages.length, loop.violations]).toEqual([1, []]);
  });

  test("a request that is taken back opens nothing", () => {
    const { loop } = openPair();
    const end = new NotingEnd();
    loop.server.request("one", end, 0);
    expect(loop.server.close(end, 0)).toBe(true);
    loop.settle();
    expect(end.life).toEqual([]);
  });

  test("wait for leave to be written, and go by priority then", () => {
    const loop = new ChannelLoop();
    const [urgent, slow] = [new NotingEnd(), new NotingEnd()];
    loop.client.listen("one", () => new NotingEnd());
    loop.open();
    loop.server.request("one", slow, 0, { priority: 3 });
    loop.server.request("one", urgent, 0, { priority: 0 });
    loop.settle();
    loop.server.allow(0, 0);
    slow.send(bytes(500_000));
    urgent.send(bytes(500_000));
    const { waiting } = loop.server;
    expect(waiting).toBeGreaterThan(1_000_000);
    loop.server.allow(200_000, 0);
    const ids = loop.wire.client.map(({ parts }) => parts[0]?.[1]);
    const share = ids.filter((id) => id === 2).length / ids.length;
    expect(share).toBeGreaterThan(0.94);
    expect(loop.server.waiting).toBeGreaterThan(waiting - 202_000);
    loop.server.allow(Infinity, 0);
    expect(loop.server.waiting).toBe(0);
  });

  test("say when too much waits", () => {
    const { loop, ends } = openPair({ sending: { queueLimit: 1000 } });
    loop.server.allow(0, 0);
    for (let count = 0; count < 3; count++) ends.server.send(bytes(400));
    expect(loop.violations).toEqual(["server: local queue-full one"]);
    loop.server.allow(Infinity, 0);
    loop.settle();
    expect(ends.client.messages).toHaveLength(2);
  });

  test("compressed data is opened, and what is broken is reported", () => {
    const compress = { drdynvc: { compress: ["one"] } };
    const { loop, ends } = openPair(compress, compress);
    ends.server.send(new Uint8Array(20_000));
    expect(loop.wire.client.reduce((sum, { parts }) => sum + Buffer.concat(parts).length, 0)).toBeLessThan(1000);
    ends.client.send(bytes(9));
    loop.settle();
    expect([ends.client.messages, ends.server.messages]).toEqual([[new Uint8Array(20_000)], [bytes(9)]]);
    const [channel] = loop.channels;
    if (channel === undefined) throw new Error("no channel");
    const hand = (...given: number[]): void =>
      loop.client.received({ channel, data: Uint8Array.from(given), flags: 3 }, 0);
    hand(0x70, 1, 0xe0);
    hand(0xf0);
    hand(0x30);
    hand(0x30, 9, 9);
    expect(loop.violations).toEqual([
      "client: peer broken-data one",
      "client: peer unreadable drdynvc",
      "client: peer unreadable drdynvc",
      "client: peer unknown-channel drdynvc channel 9",
    ]);
  });

  test("never throw, whatever the peer sends", () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 12 }), { maxLength: 40, size: "max" }), (messages) => {
        const { loop } = openPair();
        const [channel] = loop.channels;
        if (channel === undefined) throw new Error("no channel");
        for (const data of messages) {
          loop.client.received({ channel, data, flags: 3 }, 0);
          loop.server.received({ channel, data, flags: 3 }, 0);
        }
        loop.cut();
      }),
      { numRuns: 50 },
    );
  });
});

describe("static channels", () => {
  const [rail, local] = [staticChannel("RAIL", 1004), staticChannel("rail_wi", 1005)];

  test("are found by their whole name without regard to case, if they are joined", () => {
    const ends = { rail: new NotingEnd(), cliprdr: new NotingEnd(), rdpsnd: new NotingEnd() };
    const loop = new ChannelLoop({}, {}, [local, rail, staticChannel("cliprdr", 1006, false)]);
    for (const [name, end] of Object.entries(ends)) loop.server.add(name, end);
    loop.open();
    loop.open();
    expect([ends.rail.life, ends.cliprdr.life, ends.rdpsnd.life]).toEqual([["opened"], [], []]);
    ends.rail.send(bytes(2), bytes(3));
    expect(loop.wire.client).toEqual([{ channel: rail, parts: [bytes(2), bytes(3)] }]);
    const hand = (channel: typeof rail, data: Uint8Array, flags: number): void =>
      loop.server.received({ channel, data, flags }, 0);
    hand(rail, bytes(4), 3);
    hand(local, bytes(5), 3);
    hand(rail, bytes(0), 0x23);
    expect(ends.rail.messages).toEqual([bytes(4)]);
    loop.cut();
    hand(rail, bytes(4), 3);
    expect([ends.rail.messages.length, ends.rail.life]).toEqual([1, ["opened", "closed"]]);
  });

  test("and dynamic ones are ticked when their time has come", () => {
    const { loop, ends } = openPair({}, {}, [rail, staticChannel("drdynvc", 1007)]);
    const end = new NotingEnd();
    loop.server.add("rail", end);
    loop.server.open(loop.channels, 0);
    end.wakeAt = 50;
    ends.server.wakeAt = 40;
    expect(loop.server.wakeAt).toBe(40);
    loop.server.tick(45);
    expect([loop.server.wakeAt, end.ticks, ends.server.ticks]).toEqual([50, [], [45]]);
    loop.server.tick(50);
    expect([loop.server.wakeAt, end.ticks]).toEqual([undefined, [50]]);
    ends.client.wakeAt = 60;
    expect(loop.client.wakeAt).toBe(60);
    loop.client.tick(60);
    expect(ends.client.ticks).toEqual([60]);
  });
});
