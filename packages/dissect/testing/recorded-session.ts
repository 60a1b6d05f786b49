/** Reads the recorded sessions: classic pcap, one loopback TCP connection, every byte in order. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import type { Direction, Moment } from "../src/index.js";

export interface Segment extends Moment {
  readonly direction: Direction;
  readonly bytes: Uint8Array;
}

export type FixtureName = "wslg-audio" | "wslg-clipboard" | "wslg-multimon" | "wslg-rail-basic" | "wslg-vail-gfxredir";
export const fixtureNames: readonly FixtureName[] = [
  "wslg-audio",
  "wslg-clipboard",
  "wslg-multimon",
  "wslg-rail-basic",
  "wslg-vail-gfxredir",
];

const fileHeader = 24;
const recordHeader = 16;
const ethernet = 14;

/** The segments with payload, in the order of the capture; those out of order come when they are due. */
export function recordedSession(name: FixtureName): Segment[] {
  const path = fileURLToPath(new URL(`../../../fixtures/${name}/session.pcap.gz`, import.meta.url));
  const file = gunzipSync(readFileSync(path));
  const segments: Segment[] = [];
  const next: Partial<Record<Direction, number>> = {};
  const early = new Map<string, Uint8Array>();
  let client: number | undefined;
  for (let at = fileHeader, packet = 1; at + recordHeader <= file.length; packet++) {
    const size = file.readUInt32LE(at + 8);
    const frame = file.subarray(at + recordHeader, at + recordHeader + size);
    at += recordHeader + size;
    const tcp = ethernet + (frame.readUInt8(ethernet) & 0x0f) * 4;
    const stop = ethernet + frame.readUInt16BE(ethernet + 2);
    const port = frame.readUInt16BE(tcp);
    client ??= port;
    const direction = port === client ? "c2s" : "s2c";
    const sequence = frame.readUInt32BE(tcp + 4);
    const isSyn = (frame.readUInt8(tcp + 13) & 2) !== 0;
    const bytes = new Uint8Array(frame.subarray(tcp + (frame.readUInt8(tcp + 12) >> 4) * 4, stop));
    if (isSyn) next[direction] = (sequence + 1) >>> 0;
    else if (bytes.length > 0) early.set(`${direction} ${sequence}`, bytes);
    // Segments that overtook another wait for it.
    for (;;) {
      const expected = next[direction] ?? 0;
      const held = early.get(`${direction} ${expected}`);
      if (held === undefined) break;
      early.delete(`${direction} ${expected}`);
      next[direction] = (expected + held.length) >>> 0;
      segments.push({ direction, bytes: held, packet, time: BigInt(packet) });
    }
  }
  return segments;
}
