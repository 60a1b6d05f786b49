import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { Parser } from "binary-parser";
import { describe, expect, test } from "vitest";
import { captureFile, type Packet } from "../testing/capture-file.js";
import { reorder } from "../testing/conversation.js";
import { readAll, transcribe } from "../testing/transcript.js";
import { openCapture, readCapture, type StreamEvent } from "./index.js";

const folders = ["../../../fixtures/", "../../../../shared/captures/"].map((path) =>
  fileURLToPath(new URL(path, import.meta.url)),
);
const sessions = folders
  .filter((folder) => existsSync(folder))
  .flatMap((folder) => readdirSync(folder).map((name) => `${folder}${name}/session.pcap.gz`))
  .filter((path) => existsSync(path));

// The recordings are little-endian pcap, Ethernet, IPv4 without options, one connection.
const record = new Parser().endianness("little").uint32("sec").uint32("usec").uint32("length");
const headers = new Parser()
  .endianness("big")
  .seek(14 + 2)
  .uint16("totalLength")
  .seek(16)
  .uint16("sourcePort")
  .uint16("destinationPort")
  .uint32("sequence")
  .uint32("acknowledgement")
  .bit4("headerWords")
  .bit4("reserved")
  .uint8("flags");

interface Recording {
  readonly packets: Packet[];
  readonly client: { readonly port: number; readonly stream: Uint8Array };
  readonly server: { readonly port: number; readonly stream: Uint8Array };
}

/** Every payload put at its place by its sequence number: right if nothing is lost. */
const place = (file: Uint8Array): Recording => {
  const packets: Packet[] = [];
  const ports: number[] = [];
  const bases = new Map<number, number>();
  const parts: { port: number; at: number; payload: Uint8Array }[] = [];
  for (let at = 24; at < file.length;) {
    const { sec, usec, length } = record.parse(file.subarray(at));
    const bytes = file.subarray(at + 16, at + 16 + length);
    at += 16 + length;
    packets.push({ time: BigInt(sec) * 1_000_000_000n + BigInt(usec) * 1000n, bytes });
    const head = headers.parse(bytes);
    const port = head.sourcePort;
    if (head.flags & 2) {
      ports.push(port);
      bases.set(port, head.sequence + 1);
    }
    const payload = bytes.subarray(14 + 20 + head.headerWords * 4, 14 + head.totalLength);
    parts.push({ port, at: (head.sequence - (bases.get(port) ?? 0)) | 0, payload });
  }
  const side = (port = 0): { port: number; stream: Uint8Array } => {
    const mine = parts.filter((part) => part.port === port && part.payload.length > 0);
    const length = Math.max(0, ...mine.map((part) => part.at + part.payload.length));
    const stream = new Uint8Array(length);
    for (const part of mine) if (part.at >= 0) stream.set(part.payload, part.at);
    return { port, stream };
  };
  return { packets, client: side(ports[0]), server: side(ports[1]) };
};

const check = (events: readonly StreamEvent[], recording: Recording): void => {
  const { connections, problems } = transcribe(events);
  expect(problems).toEqual([]);
  expect(connections.length).toBe(1);
  const [only] = connections;
  expect(only?.connection).toMatchObject({
    client: { address: "127.0.0.1", port: recording.client.port },
    server: { address: "127.0.0.1", port: recording.server.port },
    startMissing: false,
  });
  expect([only?.c2s.gaps, only?.s2c.gaps]).toEqual([[], []]);
  // Compared as Buffers, because the matcher goes byte by byte over millions of them.
  const same = (a: Uint8Array | undefined, b: Uint8Array): boolean => a !== undefined && Buffer.compare(a, b) === 0;
  expect(same(only?.c2s.bytes, recording.client.stream)).toBe(true);
  expect(same(only?.s2c.bytes, recording.server.stream)).toBe(true);
  expect(["fin", "reset"]).toContain(only?.close?.how);
};

describe.skipIf(sessions.length === 0)("recorded sessions (skipped where there are none)", () => {
  test.each(sessions)("%s", async (path) => {
    const recording = place(gunzipSync(readFileSync(path)));
    expect(recording.packets.length).toBeGreaterThan(100);
    expect(recording.client.stream.length).toBeGreaterThan(1000);
    const events: StreamEvent[] = [];
    for await (const batch of readCapture(openCapture(path))) events.push(...batch);
    check(events, recording);

    // The same packets in another format and out of order, but for the beginning and the end.
    const { packets } = recording;
    const jitter = packets.map((_, index) => (index * 7919) % 101);
    const middle = reorder(packets.slice(4, -6), jitter, 12);
    const shuffled = [...packets.slice(0, 4), ...middle, ...packets.slice(-6)];
    const shape = { kind: "pcapng", littleEndian: false, block: "enhanced" } as const;
    check(readAll(captureFile(shape, 1, shuffled)), recording);
  });
});
