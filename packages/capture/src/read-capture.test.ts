import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { captureFile, type Shape } from "../testing/capture-file.js";
import { conversation } from "../testing/conversation.js";
import { concat, defaultPath, frame, ip } from "../testing/packet.js";
import { readAll, transcribe } from "../testing/transcript.js";
import { CaptureOpenError, openCapture, readCapture, type CaptureOptions, type StreamEvent } from "./index.js";

const shape: Shape = { kind: "pcap", littleEndian: true, nanoseconds: false };
const files = conversation(1500).map((talk) => {
  const packets = [...talk.opening, ...talk.rest].map((segment, n) => ({
    time: BigInt(n) * 1000n,
    bytes: frame("ethernet", ip(defaultPath, segment)).bytes,
  }));
  return captureFile(shape, 1, packets);
});
const [sample = new Uint8Array(0)] = fc.sample(files, { numRuns: 1, seed: 5 });

async function* chunksOf(
  file: Uint8Array,
  size: number,
  onEnd: () => void = () => undefined,
): AsyncGenerator<Uint8Array, void, undefined> {
  try {
    for (let at = 0; at < file.length; at += size) yield file.subarray(at, at + size);
  } finally {
    onEnd();
  }
}

const read = async (chunks: AsyncIterable<Uint8Array>, options: CaptureOptions = {}): Promise<StreamEvent[]> => {
  const events: StreamEvent[] = [];
  for await (const batch of readCapture(chunks, options)) events.push(...batch);
  return events;
};

describe("readCapture", () => {
  test("gives the same events for gzip, cut anywhere, in one member or several", async () => {
    await fc.assert(
      fc.asyncProperty(files, fc.integer({ min: 1, max: 5000 }), fc.nat(), async (file, size, place) => {
        const expected = readAll(file);
        expect(await read(chunksOf(file, size))).toEqual(expected);
        expect(await read(chunksOf(gzipSync(file), size))).toEqual(expected);
        const cut = place % file.length;
        const members = concat(gzipSync(file.subarray(0, cut)), gzipSync(file.subarray(cut)));
        expect(await read(chunksOf(members, size))).toEqual(expected);
      }),
      { numRuns: 60 },
    );
  });

  test("damaged gzip gives what could be opened, then a problem", async () => {
    const stored = gzipSync(sample, { level: 0 });
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 2, max: stored.length - 1 }),
        fc.integer({ min: 1, max: 900 }),
        async (length, size) => {
          const events = await read(chunksOf(stored.subarray(0, length), size));
          const { problems, connections } = transcribe(events);
          expect(problems.map(({ kind }) => kind)).toEqual(["damaged-gzip"]);
          // Not compressed, behind 15 bytes: what has arrived is known.
          const whole = transcribe(readAll(sample.subarray(0, Math.max(0, length - 15))));
          const sizes = (list: typeof connections): (number | undefined)[] => list.map(({ c2s }) => c2s.bytes.length);
          expect(sizes(connections)).toEqual(sizes(whole.connections));
        },
      ),
      { numRuns: 60 },
    );
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 2, max: stored.length - 1 }),
        fc.integer({ min: 1, max: 255 }),
        async (place, flip) => {
          const damaged = Uint8Array.from(stored);
          damaged[place] = (damaged[place] ?? 0) ^ flip;
          transcribe(await read(chunksOf(damaged, 700)));
        },
      ),
      { numRuns: 60 },
    );
  });

  test("no input at all is a problem too", async () => {
    expect(await read(chunksOf(new Uint8Array(0), 1))).toMatchObject([
      { type: "problem", problem: { kind: "unknown-format" } },
    ]);
  });

  test("closes its source when the consumer leaves, and when reading has to stop", async () => {
    for (const file of [sample, gzipSync(sample)]) {
      let closed = 0;
      for await (const batch of readCapture(chunksOf(file, 100, () => (closed += 1)))) {
        expect(batch.length).toBeGreaterThan(0);
        break;
      }
      expect(closed).toBe(1);
    }
    let pulled = 0;
    async function* endless(): AsyncGenerator<Uint8Array, void, undefined> {
      for (;;) {
        pulled += 1;
        yield new Uint8Array(64);
      }
    }
    const events = await read(endless());
    expect(events).toMatchObject([{ problem: { kind: "unknown-format", stopped: true } }]);
    expect(pulled).toBeLessThan(3);
  });

  test("passes on what the source throws", async () => {
    async function* failing(): AsyncGenerator<Uint8Array, void, undefined> {
      yield sample.subarray(0, 200);
      throw new Error("cable pulled");
    }
    await expect(read(failing())).rejects.toThrow("cable pulled");
  });
});

describe("openCapture", () => {
  let folder = "";
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "capture-"));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  test("reads a file, whatever its name says", async () => {
    const path = join(folder, "session.txt");
    writeFileSync(path, gzipSync(sample));
    expect(await read(openCapture(path))).toEqual(readAll(sample));
  });

  test("reads a file in pieces, into the same memory only if it may", async () => {
    const path = join(folder, "long.bin");
    const bytes = Uint8Array.from({ length: 300_000 }, (_, at) => at % 251);
    writeFileSync(path, bytes);
    for (const reuseMemory of [false, true]) {
      const memories = new Set<ArrayBufferLike>();
      const parts: Uint8Array[] = [];
      for await (const chunk of openCapture(path, { reuseMemory })) {
        memories.add(chunk.buffer);
        parts.push(chunk.slice());
      }
      expect(Buffer.concat(parts).equals(bytes)).toBe(true);
      expect(memories.size).toBe(reuseMemory ? 1 : parts.length);
      expect(parts.length).toBeGreaterThan(1);
    }
  });

  test("reads standard input for -", async () => {
    const original = Object.getOwnPropertyDescriptor(process, "stdin");
    const stdin = Readable.from([sample.subarray(0, 99), sample.subarray(99)]);
    Object.defineProperty(process, "stdin", { configurable: true, value: stdin });
    try {
      expect(await read(openCapture("-"))).toEqual(readAll(sample));
    } finally {
      if (original !== undefined) Object.defineProperty(process, "stdin", original);
    }
  });

  test("says which file could not be read, and why", async () => {
    const missing = read(openCapture(join(folder, "nowhere")));
    await expect(missing).rejects.toBeInstanceOf(CaptureOpenError);
    await expect(missing).rejects.toMatchObject({ code: "ENOENT", path: join(folder, "nowhere") });
    await expect(read(openCapture(folder))).rejects.toMatchObject({ code: "EISDIR" });
  });
});
