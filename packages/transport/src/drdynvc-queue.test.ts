import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { drainQueue, dropQueued, emptyQueue, queueMessage, type PriorityCharges, type SendQueue } from "./index.js";

/** PDUs that say which channel, message and place they are. */
const message = (channelId: number, number: number, sizes: readonly number[]) => ({
  channelId,
  pdus: sizes.map((size, place) => [Uint8Array.of(channelId, number, place), new Uint8Array(size)]),
});
const named = (pdus: SendPdus): string[] => pdus.map(([head]) => (head as Uint8Array).join("."));
type SendPdus = ReturnType<typeof drainQueue>["pdus"];

const sizes = fc.array(fc.nat({ max: 50 }), { minLength: 1, maxLength: 4 });
const story = fc.array(
  fc.oneof(
    fc.record({ channel: fc.nat({ max: 7 }), sizes }),
    fc.record({ credit: fc.constantFrom(0, 1, 60, 500, Infinity) }),
    fc.record({ drop: fc.nat({ max: 7 }) }),
  ),
  { maxLength: 60, size: "max" },
);
const chargesOf = fc.option(
  fc.tuple(fc.nat(0xffff), fc.nat(0xffff), fc.nat(0xffff), fc.nat(0xffff)) as fc.Arbitrary<PriorityCharges>,
  { nil: undefined },
);

describe("the queue", () => {
  test("gives out all that was put in and not dropped, each class in its order, and counts right", () => {
    fc.assert(
      fc.property(story, chargesOf, (history, charges) => {
        let queue: SendQueue = emptyQueue;
        const out: string[] = [];
        /** What waits of each class. */
        const wanted: string[][] = [[], [], [], []];
        const took = (credit: number): void => {
          const drained = drainQueue(queue, charges, credit);
          queue = drained.queue;
          for (const pdu of named(drained.pdus)) {
            expect(wanted[Number(pdu[0]) % 4]?.shift()).toBe(pdu);
            out.push(pdu);
          }
        };
        for (const [number, each] of history.entries()) {
          if ("credit" in each) took(each.credit);
          else if ("drop" in each) {
            queue = dropQueued(queue, each.drop);
            for (const [index, lane] of wanted.entries())
              wanted[index] = lane.filter((pdu) => Number(pdu[0]) !== each.drop);
          } else {
            const added = message(each.channel, number, each.sizes);
            queue = queueMessage(queue, each.channel % 4, added);
            wanted[each.channel % 4]?.push(...named(added.pdus));
          }
          expect(queue.bytes).toBe(queue.lanes.reduce((sum, { bytes }) => sum + bytes, 0));
        }
        took(Infinity);
        expect(wanted.flat()).toEqual([]);
        expect(queue).toBe(emptyQueue);
      }),
      { numRuns: 60 },
    );
  });

  test("gives out no more than its credit and a part of one PDU, and something for any credit", () => {
    const queue = queueMessage(emptyQueue, 0, message(0, 0, [97, 97, 97]));
    expect(drainQueue(queue, undefined, 0).pdus).toEqual([]);
    expect(drainQueue(queue, undefined, 1).pdus).toHaveLength(1);
    expect(drainQueue(queue, undefined, 100)).toMatchObject({ bytes: 100, queue: { bytes: 200 } });
    expect(drainQueue(queue, undefined, 101).bytes).toBe(200);
  });
});

/** Bytes of each class among what is given out first. */
function shares(charges: PriorityCharges | undefined, credit: number): number[] {
  let queue: SendQueue = emptyQueue;
  for (const priority of [0, 1, 2, 3]) {
    for (let number = 0; number < 40; number++)
      queue = queueMessage(
        queue,
        priority,
        message(
          priority,
          number,
          Array.from({ length: 25 }, () => 997),
        ),
      );
  }
  const bytes = [0, 0, 0, 0];
  for (const [head, data] of drainQueue(queue, charges, credit).pdus as readonly [Uint8Array, Uint8Array][])
    bytes[head[0] as number] = (bytes[head[0] as number] ?? 0) + head.length + data.length;
  return bytes.map((size) => Math.round((size / credit) * 100));
}

describe("classes that all wait", () => {
  test("share what there is as their charges say", () => {
    expect(shares([936, 3276, 9362, 21_845], 1_000_000)).toEqual([70, 20, 7, 3]);
    expect(shares([13_107, 4369, 2621, 1191], 1_000_000)).toEqual([5, 15, 25, 55]);
    expect(shares(undefined, 1_000_000)).toEqual([25, 25, 25, 25]);
  });

  test("wait for a class with charge 0, and share the rest", () => {
    expect(shares([100, 0, 100, 100], 1_000_000)).toEqual([0, 100, 0, 0]);
    expect(shares([100, 0, 100, 100], 2_000_000)).toEqual([17, 50, 17, 17]);
  });

  test("a class that was silent has saved nothing up", () => {
    const many = (priority: number) =>
      message(
        priority,
        0,
        Array.from({ length: 100 }, () => 97),
      );
    let queue = queueMessage(emptyQueue, 0, many(0));
    queue = drainQueue(queue, undefined, 5000).queue;
    queue = queueMessage(queue, 1, many(1));
    const first = named(drainQueue(queue, undefined, 2000).pdus).filter((pdu) => pdu.startsWith("1"));
    expect(first).toHaveLength(10);
  });
});
