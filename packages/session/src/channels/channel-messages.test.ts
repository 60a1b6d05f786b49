import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bytes, ChannelLoop, NotingEnd, openPair, other } from "../../testing/channel-loop.js";
import { activePair } from "../../testing/pair.js";
import { ClientChannels } from "./client-channels.js";
import { segmentedEnd } from "./segmented-end.js";
import { ServerChannels } from "./server-channels.js";

const large = 8 * 1024 * 1024;
const same = (got: Uint8Array | undefined, wanted: Uint8Array): boolean =>
  got !== undefined && Buffer.compare(got, wanted) === 0;

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
              for (const output of pair.told[side].splice(0))
                if (output.type === "channelData") channels.received(output, 0);
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
            expect(got.map((message, index) => same(message, messages[index] ?? bytes(0)))).toEqual(
              messages.map(() => true),
            );
        },
      ),
      { numRuns: 8 },
    );
  });
});
