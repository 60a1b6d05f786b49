import { KeyLog, type DataEvent } from "@railvail/capture";
import {
  chunkStaticMessage,
  CreateRequest,
  DataTpdu,
  FastPathOutput,
  Fragmentation,
  fragmentDynamicMessage,
  SendDataIndication,
} from "@railvail/transport";
import { Arena } from "@railvail/wire";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ConnectionReading, type ReadRecord } from "./connection-reading.js";
import { MessagePackets } from "./message-packets.js";

const drdynvc = 1007;
const updateCode = 0xe;

/** A frame of the stream, and the number of the message that it has a part of. */
interface Frame {
  readonly bytes: Uint8Array;
  readonly message: number;
}

const sendData = (channelId: number, userData: Uint8Array): Uint8Array =>
  DataTpdu.encode({
    data: SendDataIndication.encode({ initiator: 1007, channelId, dataPriority: 1, segmentation: 3, userData }),
  });

const chunked = (channelId: number, message: Uint8Array, chunkSize: number): Uint8Array[] =>
  chunkStaticMessage([message], new Arena(), { chunkSize }).map((parts) => sendData(channelId, Buffer.concat(parts)));

/** Nothing that is read as a message: its first byte has no meaning on any channel. */
const contents = (message: number, length: number): Uint8Array =>
  new Uint8Array(length + 3).fill(0xfd).fill(message, 1, 3);

const numberIn = (bytes: Uint8Array): number | undefined => {
  const at = bytes.indexOf(0xfd);
  return at < 0 ? undefined : bytes[at + 1];
};

interface Plan {
  readonly kind: "static" | "dynamic" | "fast";
  readonly channel: number;
  readonly length: number;
  readonly size: number;
}

const plan: fc.Arbitrary<Plan> = fc.record({
  kind: fc.constantFrom("static", "dynamic", "fast"),
  channel: fc.integer({ min: 1, max: 3 }),
  length: fc.integer({ min: 0, max: 300 }),
  size: fc.integer({ min: 16, max: 120 }),
});

/** What cannot be divided: a frame, or the chunks of one drdynvc PDU. */
type Unit = readonly Frame[];

function unitsOf({ kind, channel, length, size }: Plan, message: number): Unit[] {
  const whole = contents(message, length);
  if (kind === "static") return chunked(2000 + channel, whole, size).map((bytes) => [{ bytes, message }]);
  if (kind === "dynamic") {
    const pdus = fragmentDynamicMessage(channel, [whole], new Arena(), size);
    return pdus.map((parts) => chunked(drdynvc, Buffer.concat(parts), 24).map((bytes) => ({ bytes, message })));
  }
  const units: Unit[] = [];
  for (let at = 0; at < whole.length; at += size) {
    const updateData = whole.subarray(at, at + size);
    const [begins, ends] = [at === 0, at + size >= whole.length];
    const { single, first, last, next } = Fragmentation;
    const fragmentation = begins ? (ends ? single : first) : ends ? last : next;
    const update = { updateCode, fragmentation, compression: 0, updateData };
    const bytes = FastPathOutput.encode({ secureChecksum: 0, fpOutputUpdates: [update] });
    units.push([{ bytes, message }]);
  }
  return units;
}

/** Messages of different channels come in turns; those of one channel one after the other. */
function interleaved(plans: readonly Plan[], turns: readonly number[]): Frame[] {
  const queues = new Map<string, Unit[]>();
  for (const [index, one] of plans.entries()) {
    const key = one.kind === "fast" ? "fast" : `${one.kind} ${one.channel}`;
    queues.set(key, [...(queues.get(key) ?? []), ...unitsOf(one, index)]);
  }
  const frames: Frame[] = [];
  const left = [...queues.values()].filter((queue) => queue.length > 0);
  for (let turn = 0; left.length > 0; turn++) {
    const at = (turns[turn % turns.length] ?? 0) % left.length;
    const queue = left[at] ?? [];
    frames.push(...(queue.shift() ?? []));
    if (queue.length === 0) left.splice(at, 1);
  }
  return frames;
}

const opening: Frame[] = [1, 2, 3].flatMap((channelId) =>
  chunked(drdynvc, CreateRequest.encode({ priority: 0, channelId, channelName: `test-${channelId}` }), 1600).map(
    (bytes) => ({ bytes, message: -1 }),
  ),
);

describe("the packets of a message", () => {
  test("are those of its frames, whatever comes between them and however the stream is cut", () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1, maxLength: 8 });
    const turns = fc.array(fc.nat(9), { minLength: 1, maxLength: 12 });
    let messages = 0;
    fc.assert(
      fc.property(fc.array(plan, { minLength: 1, maxLength: 8 }), turns, sizes, (plans, turns, sizes) => {
        const frames = [...opening, ...interleaved(plans, turns)];
        const stream = Buffer.concat(frames.map(({ bytes }) => bytes));
        const events: DataEvent[] = [];
        const endpoint = { address: "", port: 0 };
        const connection = { id: 0, client: endpoint, server: endpoint, startMissing: false };
        for (let at = 0; at < stream.length;) {
          const bytes = stream.subarray(at, at + (sizes[events.length % sizes.length] ?? 1));
          const packet = events.length + 1;
          events.push({ type: "data", connection, direction: "s2c", time: 0n, packet, offset: at, bytes });
          at += bytes.length;
        }
        const expected = plans.map(() => new Set<number>());
        let at = 0;
        for (const { bytes, message } of frames) {
          for (const { offset, bytes: part, packet } of events) {
            if (offset < at + bytes.length && offset + part.length > at) expected[message]?.add(packet);
          }
          at += bytes.length;
        }
        const found = new Map<number, number[]>();
        const packets = new MessagePackets();
        const reading = new ConnectionReading({
          connection: 0,
          startMissing: false,
          keys: new KeyLog(),
          held: { used: 0, limit: 1000 },
          packets,
          stream: () => {},
          problem: ({ message }) => expect.fail(message),
          record(record: ReadRecord) {
            const from = packets.of(record);
            if (record.type === "gap" || record.envelope) return;
            const number = numberIn(record.source.bytes.subarray(record.offset, record.end));
            if (number !== undefined)
              found.set(
                number,
                [...new Set(from)].toSorted((a, b) => a - b),
              );
          },
        });
        for (const event of events) reading.data(event);
        reading.end({ time: 0n, packet: 0 });
        expect([...found.keys()].toSorted((a, b) => a - b)).toEqual(plans.map((_, index) => index));
        for (const [index, set] of expected.entries()) expect(found.get(index)).toEqual([...set]);
        messages += found.size;
      }),
      { numRuns: 150 },
    );
    expect(messages).toBeGreaterThan(300);
  });
});
