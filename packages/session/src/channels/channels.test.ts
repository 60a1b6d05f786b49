import { CreationStatus } from "@railvail/transport";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ChannelLoop, NotingEnd, other, staticChannel, type Side } from "../../testing/channel-loop.js";
import { activePair } from "../../testing/pair.js";
import { ClientChannels } from "./client-channels.js";
import { ServerChannels } from "./server-channels.js";
import { segmentedEnd } from "./segmented-end.js";

const bytes = (size: number): Uint8Array => Uint8Array.from({ length: size }, (_, at) => (at * 7) ^ (at >> 9));
const large = 8 * 1024 * 1024;
const same = (got: Uint8Array | undefined, wanted: Uint8Array): boolean =>
  got !== undefined && Buffer.compare(got, wanted) === 0;

/** A channel `one` whose ends are open. */
function openPair(...options: ConstructorParameters<typeof ChannelLoop>) {
  const loop = new ChannelLoop(...options);
  const [client, server] = [new NotingEnd(), new NotingEnd()];
  loop.client.listen("one", () => client);
  loop.open();
  loop.server.request("one", server, 0);
  loop.settle();
  expect([client.life, server.life]).toEqual([["opened"], ["opened"]]);
  return { loop, ends: { client, server } };
}

describe("a message of 8 MiB", () => {
  const message = bytes(large);

  test.each(["client", "server"] as const)("from the %s comes out as it was, and is sent without a copy", (from) => {
    const { loop, ends } = openPair();
    ends[from].send(message.subarray(0, 1_000_001), message.subarray(1_000_001));
    const queue = loop.wire[other(from)];
    expect(queue.length).toBe(Math.ceil((large - 1594) / 1598) + 1);
    const copied = queue.flatMap(({ parts }) => parts.filter(({ buffer }) => buffer !== message.buffer));
    expect(copied.reduce((sum, { length }) => sum + length, 0)).toBe(queue.length * 2 + 4);
    // One piece of memory for all headers.
    expect(new Set(copied.map(({ buffer }) => buffer)).size).toBe(1);
    loop.settle();
    expect(ends[other(from)].messages.map(({ length }) => length)).toEqual([large]);
    expect(same(ends[other(from)].messages[0], message)).toBe(true);
    expect(loop.violations).toEqual([]);
  });

  test("in segments comes out as it was, and is not copied on its way out either", () => {
    const loop = new ChannelLoop();
    const [client, server] = [new NotingEnd(), new NotingEnd()];
    loop.client.listen("one", () => segmentedEnd(client, { side: "client" }));
    loop.open();
    loop.server.request("one", segmentedEnd(server, { side: "server" }), 0);
    loop.settle();
    server.send(message);
    const views = loop.wire.client.flatMap(({ parts }) => parts.filter(({ buffer }) => buffer === message.buffer));
    expect(views.reduce((sum, { length }) => sum + length, 0)).toBe(large);
    loop.settle();
    expect(same(client.messages[0], message)).toBe(true);
  });
});

const action = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant("request" as const), name: fc.constantFrom("one", "two", "nobody") }) },
  {
    weight: 10,
    arbitrary: fc.record({
      do: fc.constant("send" as const),
      side: fc.constantFrom("client" as const, "server" as const),
      end: fc.nat(3),
      size: fc.constantFrom(4, 20, 1590, 1597, 4000),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant("close" as const),
      side: fc.constantFrom("client" as const, "server" as const),
      end: fc.nat(3),
    }),
  },
  {
    weight: 10,
    arbitrary: fc.record({
      do: fc.constant("deliver" as const),
      side: fc.constantFrom("client" as const, "server" as const),
      count: fc.constantFrom(1, 3, Infinity),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("cut" as const) }) },
);

test("ends are opened and closed in turn, hear nothing while closed, and all refusals are told", () => {
  fc.assert(
    fc.property(fc.array(action, { maxLength: 50, size: "max" }), (history) => {
      const loop = new ChannelLoop();
      const ends: Record<Side, NotingEnd[]> = { client: [], server: [] };
      const wanted: Record<Side, Set<number>> = { client: new Set(), server: new Set() };
      let [refused, nobody, number] = [0, 0, 0];
      for (const name of ["one", "two"]) {
        loop.client.listen(name, () => {
          const end = new NotingEnd();
          ends.client.push(end);
          return end;
        });
      }
      loop.open();
      for (const each of history) {
        const end = "end" in each ? ends[each.side][each.end] : undefined;
        if (each.do === "request") {
          const made = new NotingEnd();
          ends.server.push(made);
          loop.server.request(each.name, made, 0, { refused: () => refused++ });
          if (each.name === "nobody") nobody++;
        } else if (each.do === "send" && end !== undefined && end.life.length > 0) {
          const message = bytes(each.size);
          new DataView(message.buffer).setUint32(0, ++number);
          if (end.isOpen) wanted[other(each.side)].add(number);
          end.send(message);
        } else if (each.do === "close" && end !== undefined) loop[each.side].close(end, 0);
        else if (each.do === "deliver") loop.deliver(each.side, each.count);
        else if (each.do === "cut") {
          loop.cut();
          loop.open();
        }
      }
      loop.settle();
      loop.cut();
      for (const side of ["client", "server"] as const) {
        for (const { life, messages } of ends[side]) {
          // A request that is taken back opens nothing, and an end has one channel here.
          expect([[], ["opened", "closed"]]).toContainEqual(life);
          const numbers = messages.map(({ buffer }) => new DataView(buffer).getUint32(0));
          expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
          for (const got of numbers) expect(wanted[side].delete(got)).toBe(true);
        }
      }
      const taken = ends.server.filter(({ life }) => life.length === 0).length;
      expect(refused).toBeLessThanOrEqual(taken);
      expect(refused + history.filter((each) => each.do === "close" && each.side === "server").length).toBeGreaterThanOrEqual(
        nobody,
      );
      expect(loop.violations).toEqual([]);
    }),
    { numRuns: 60 },
  );
});

describe("over a connection", () => {
  test("messages come out whole, however the bytes are split", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 900 }), { minLength: 1, maxLength: 40 }),
        fc.constantFrom(1600, 4000),
        (cuts, chunkSize) => {
          const pair = activePair({ chunkSize }, { channels: [{ name: "drdynvc", options: 0 }] });
          const refuse = (): never => {
            throw new Error("a violation");
          };
          const server = new ServerChannels({
            send: (channel, parts) => pair.take("server", pair.server.sendOnChannel(channel.id, ...parts)),
            violation: refuse,
          });
          const client = new ClientChannels({
            send: (channel, parts) => pair.take("client", pair.client.sendOnChannel(channel.id, ...parts)),
            violation: refuse,
          });
          const [near, far] = [new NotingEnd(), new NotingEnd()];
          client.listen("one", () => near);
          client.open(pair.client.state.channels, 0);
          server.open(pair.server.state.channels, 0);
          server.request("one", far, 0);
          const hear = (): void => {
            for (const [side, channels] of [["client", client] as const, ["server", server] as const]) {
              for (const output of pair.told[side].splice(0)) if (output.type === "channelData") channels.received(output, 0);
            }
          };
          const move = (size: number): void => {
            pair.deliver("client", size);
            pair.deliver("server", size);
            hear();
          };
          while (!far.isOpen) move(7);
          const messages = [1, 1590, 1591, 1599, 6000].map(bytes);
          for (const message of messages) {
            far.send(message);
            near.send(message);
          }
          for (const size of cuts) move(size);
          while (pair.wire.client.length + pair.wire.server.length > 0) move(Infinity);
          for (const { messages: got } of [near, far])
            expect(got.map((message, index) => same(message, messages[index] ?? bytes(0)))).toEqual(messages.map(() => true));
        },
      ),
      { numRuns: 8 },
    );
  });
});

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
    const hand = (...given: number[]): void => loop.client.received({ channel, data: Uint8Array.from(given), flags: 3 }, 0);
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
