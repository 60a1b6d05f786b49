import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { NotingEnd } from "../../testing/channel-loop.js";
import { segmentedEnd, type SegmentsViolation } from "./segmented-end.js";

const compressOptions = fc.constantFrom(undefined, {}, { window: 4096, effort: 2 });

/** Both ends of one channel, which are open. */
function openPair(compress: object | undefined, maximumMessage?: number) {
  const [near, far] = [new NotingEnd(), new NotingEnd()];
  const problems: string[] = [];
  const violation = ({ problem }: SegmentsViolation): number => problems.push(problem);
  const client = segmentedEnd(near, {
    side: "client",
    violation,
    ...(maximumMessage === undefined ? {} : { maximumMessage }),
  });
  const server = segmentedEnd(far, { side: "server", compress });
  const sent: Uint8Array[] = [];
  const open = (): void => {
    client.opened((...parts) => server.received(new Uint8Array(Buffer.concat(parts)), 0), 0);
    server.opened((...parts) => {
      const bytes = new Uint8Array(Buffer.concat(parts));
      sent.push(bytes.slice());
      client.received(bytes, 0);
      bytes.fill(0xee);
    }, 0);
  };
  open();
  return { near, far, client, server, problems, sent, open };
}

const pattern = (size: number, seed: number): Uint8Array =>
  Uint8Array.from({ length: size }, (_, at) => ((at >> 4) * seed) & 0xff);

describe("messages in segments", () => {
  test("come out as they were, compressed or not, and the client's are bare", () => {
    const sizes = fc.array(fc.tuple(fc.constantFrom(0, 1, 500, 65_535, 65_536, 150_000), fc.nat({ max: 9 })), {
      maxLength: 4,
    });
    fc.assert(
      fc.property(compressOptions, sizes, (compress, messages) => {
        const { near, far, problems, sent } = openPair(compress);
        for (const [size, seed] of messages) {
          const message = pattern(size, seed);
          far.send(message.subarray(0, size >> 1), message.subarray(size >> 1));
          expect(Buffer.compare(near.messages.at(-1) as Uint8Array, message)).toBe(0);
          expect(sent.at(-1)?.[0]).toBe(size > 65_535 ? 0xe1 : 0xe0);
          if (compress !== undefined && size > 500) expect(sent.at(-1)?.length).toBeLessThan(size / 2);
        }
        near.send(Uint8Array.of(1, 2), Uint8Array.of(3));
        expect(far.messages).toEqual([Uint8Array.of(1, 2, 3)]);
        expect(problems).toEqual([]);
      }),
      { numRuns: 12 },
    );
  });

  test("begin a new history when the channel is opened again", () => {
    const { near, far, client, server, problems, sent, open } = openPair({});
    const message = pattern(9000, 3);
    far.send(message);
    far.send(message);
    server.closed(0);
    client.closed(0);
    open();
    far.send(message);
    expect(problems).toEqual([]);
    expect(near.messages.every((got) => Buffer.compare(got, message) === 0)).toBe(true);
    expect(sent[2]).toEqual(sent[0]);
    expect(sent[1]?.length).toBeLessThan(sent[0]?.length ?? 0);
    expect([near.life, far.life]).toEqual([
      ["opened", "closed", "opened"],
      ["opened", "closed", "opened"],
    ]);
  });

  test("that are broken are reported and passed over", () => {
    const { near, client, problems } = openPair(undefined, 100);
    for (const bytes of [[], [7], [0xe0], [0xe0, 0x24, 9], [0xe0, 0x26, 0], [0xe0, 4, ...pattern(101, 1)]])
      client.received(Uint8Array.from(bytes), 0);
    expect(problems).toEqual([
      "unknown-descriptor",
      "unknown-descriptor",
      "malformed",
      "broken-segment",
      "unknown-compression",
      "limit-exceeded",
    ]);
    client.received(Uint8Array.of(0xe0, 4, 5, 6), 0);
    expect(near.messages).toEqual([Uint8Array.of(5, 6)]);
  });

  test("of another size than they state are reported and taken", () => {
    const { near, client, problems } = openPair(undefined);
    client.received(Uint8Array.of(0xe1, 1, 0, 9, 0, 0, 0, 2, 0, 0, 0, 4, 5), 0);
    expect([problems, near.messages]).toEqual([["size-differs"], [Uint8Array.of(5)]]);
  });

  test("leave the inner end's time as it is", () => {
    const { near, client } = openPair(undefined);
    near.wakeAt = 5;
    expect(client.wakeAt).toBe(5);
    client.tick(5);
    expect([near.ticks, client.wakeAt]).toEqual([[5], undefined]);
  });
});
