import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, onTestFinished, test } from "vitest";
import { ended, reading } from "../../testing/conduit-pair.js";
import { temporaryFolder } from "../../testing/temporary.js";
import {
  connect,
  PulseSink,
  PulseSource,
  readSinkHeader,
  sinkHeaderSize,
  SinkReader,
  writeSinkHeader,
  type Conduit,
  type SinkCommand,
} from "../index.js";

const u32s = fc.integer({ min: 0, max: 0xffff_ffff });
const commands: fc.Arbitrary<SinkCommand> = fc.oneof(
  fc.record({ command: fc.constant("version" as const), version: u32s }),
  fc.record({
    command: fc.constant("transfer" as const),
    size: u32s,
    timestamp: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
  }),
  fc.record({ command: fc.constantFrom("latency" as const, "reset" as const) }),
);

describe("the header of the sink", () => {
  test("has 72 bytes, with the fields where WSLg has them", () => {
    const header = writeSinkHeader({ command: "transfer", size: 880, timestamp: 0x0102_0304_0506_0708n });
    expect(Buffer.from(header).toString("hex")).toBe(
      "01000000" + "00000000" + "70030000" + "00000000" + "0807060504030201" + "00".repeat(48),
    );
    expect(Buffer.from(writeSinkHeader({ command: "version", version: 1 })).toString("hex")).toBe(
      "00000000" + "00000000" + "01000000" + "00".repeat(60),
    );
    expect(writeSinkHeader({ command: "latency" })[0]).toBe(2);
    expect(writeSinkHeader({ command: "reset" })[0]).toBe(3);
  });

  test("is read as it was written, whatever stands in the bytes that are not used", () => {
    fc.assert(
      fc.property(commands, fc.uint8Array({ minLength: 48, maxLength: 48 }), (command, garbage) => {
        const bytes = writeSinkHeader(command);
        bytes.set(garbage, 24);
        expect(readSinkHeader(bytes)).toEqual(command);
      }),
    );
  });

  test("of an unknown command, or too short, is none", () => {
    const bytes = new Uint8Array(sinkHeaderSize);
    bytes[0] = 4;
    expect(readSinkHeader(bytes)).toBeUndefined();
    expect(readSinkHeader(new Uint8Array(71))).toBeUndefined();
  });
});

describe("the stream of a sink", () => {
  const read = (pieces: readonly Uint8Array[]) => {
    const found = { commands: [] as SinkCommand[], samples: [] as number[], odd: 0, problems: [] as string[] };
    const reader = new SinkReader({
      command: (command) => void found.commands.push(command),
      samples: (bytes) => {
        found.samples.push(...bytes);
        if (bytes.length % 4 !== 0 || bytes.length === 0) found.odd += 1;
      },
      problem: (message) => void found.problems.push(message),
    });
    for (const piece of pieces) reader.push(piece);
    return found;
  };

  test("comes out the same however it is cut, in whole frames", () => {
    const transfers = fc.tuple(fc.integer({ min: 0, max: 300 }), fc.nat(255)).map(([frames, seed]) => {
      const samples = new Uint8Array(frames * 4).map((_, index) => index * 7 + seed);
      return { command: { command: "transfer", size: samples.length, timestamp: 5n } as const, samples };
    });
    const others = commands
      .filter(({ command }) => command !== "transfer")
      .map((command) => ({ command, samples: new Uint8Array(0) }));
    fc.assert(
      fc.property(fc.array(fc.oneof(transfers, others)), fc.array(fc.integer({ min: 1, max: 200 })), (sent, cuts) => {
        const all = Buffer.concat(sent.flatMap(({ command, samples }) => [writeSinkHeader(command), samples]));
        const pieces: Uint8Array[] = [];
        let at = 0;
        for (const cut of cuts) pieces.push(all.subarray(at, (at += cut)));
        pieces.push(all.subarray(at));
        const found = read(pieces);
        expect(found.commands).toEqual(sent.map(({ command }) => command));
        expect(found.samples).toEqual(sent.flatMap(({ samples }) => [...samples]));
        expect([found.odd, found.problems]).toEqual([0, []]);
      }),
    );
  });

  test("ends at an unknown command, and at a transfer that is no whole frames", () => {
    const unknown = new Uint8Array(sinkHeaderSize).fill(9);
    const odd = writeSinkHeader({ command: "transfer", size: 6, timestamp: 0n });
    const reset = writeSinkHeader({ command: "reset" });
    for (const bad of [unknown, odd]) {
      const found = read([reset, bad, reset, reset]);
      expect(found.commands).toEqual([{ command: "reset" }]);
      expect(found.problems).toHaveLength(1);
    }
  });

  test("of any bytes is read without an exception", () => {
    fc.assert(fc.property(fc.array(fc.uint8Array({ maxLength: 200 })), (pieces) => read(pieces).odd === 0));
  });
});

const at = async (path: string): Promise<Conduit> => {
  const conduit = await connect({ path });
  onTestFinished(() => conduit.abort());
  return conduit;
};

describe("the socket of the sink", () => {
  const opened = async () => {
    const path = join(temporaryFolder(), "PulseAudioRDPSink");
    const told: unknown[] = [];
    const sink = await PulseSink.listen(path, {
      opened: () => told.push("opened"),
      samples: (bytes, timestamp) => told.push([bytes.length, timestamp]),
      latency: () => 12_345.6,
      reset: () => told.push("reset"),
      closed: (error) => told.push(["closed", error?.message]),
    });
    onTestFinished(() => sink.close());
    return { path, told, sink };
  };

  test("answers and plays; PulseAudio may go and come again", async () => {
    const { path, told } = await opened();
    for (let round = 0; round < 2; round++) {
      const pulse = await at(path);
      const answers = reading(pulse);
      const transfer = writeSinkHeader({ command: "transfer", size: 8, timestamp: 99n });
      pulse.write([writeSinkHeader({ command: "version", version: 1 }), transfer, new Uint8Array(8)]);
      pulse.write([writeSinkHeader({ command: "reset" }), writeSinkHeader({ command: "latency" })]);
      await answers.until(8);
      expect(answers.bytes.toString("hex")).toBe("01000000" + "3a300000");
      pulse.close();
      await ended(pulse);
    }
    const round = ["opened", [8, 99n], "reset", ["closed", undefined]];
    expect(told).toEqual([...round, ...round]);
  });

  test("sends one away that says what is not known", async () => {
    const { path, told } = await opened();
    const pulse = await at(path);
    reading(pulse);
    pulse.write([new Uint8Array(sinkHeaderSize).fill(9)]);
    await ended(pulse);
    expect(told).toEqual(["opened", ["closed", "the PulseAudio sink sent a command that is not known"]]);
  });

  test("holds PulseAudio up while it is paused", async () => {
    const { path, told, sink } = await opened();
    sink.pause();
    const pulse = await at(path);
    const answers = reading(pulse);
    pulse.write([writeSinkHeader({ command: "reset" }), writeSinkHeader({ command: "latency" })]);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(told).toEqual(["opened"]);
    sink.resume();
    await answers.until(4);
    expect(told).toEqual(["opened", "reset"]);
  });
});

describe("the socket of the source", () => {
  test("gets samples while somebody records, and none that would come too late", async () => {
    const path = join(temporaryFolder(), "PulseAudioRDPSource");
    let open: () => void = () => undefined;
    let close: () => void = () => undefined;
    const opening = new Promise<void>((resolve) => (open = resolve));
    const closing = new Promise<void>((resolve) => (close = resolve));
    const source = await PulseSource.listen(path, { opened: () => open(), closed: () => close() });
    onTestFinished(() => source.close());
    expect(source.write(new Uint8Array(882))).toBe(false);
    const pulse = await at(path);
    await opening;
    expect(source.write(new Uint8Array(882).fill(1))).toBe(true);
    let sent = 1;
    while (sent < 10_000 && source.write(new Uint8Array(882))) sent += 1;
    expect(sent).toBeLessThan(10_000);
    const samples = reading(pulse);
    await samples.until(sent * 882);
    await nextTurn();
    expect(source.write(new Uint8Array(882))).toBe(true);
    pulse.close();
    await closing;
    expect(source.write(new Uint8Array(882))).toBe(false);
  });
});

const nextTurn = (): Promise<void> => new Promise((resolve) => void setTimeout(resolve, 5));
