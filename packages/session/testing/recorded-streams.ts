/** The two byte streams of the recorded sessions: classic pcap, Ethernet, one loopback TCP connection. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";

export const sessions = [
  "wslg-audio",
  "wslg-clipboard",
  "wslg-multimon",
  "wslg-rail-basic",
  "wslg-vail-gfxredir",
] as const;

export interface Recorded {
  readonly from: "client" | "server";
  readonly bytes: Uint8Array;
}

const [fileHeader, recordHeader, ethernet] = [24, 16, 14];

/** Payloads in the order in which they continue their streams. */
export function recordedStreams(name: (typeof sessions)[number]): Recorded[] {
  const path = fileURLToPath(new URL(`../../../fixtures/${name}/session.pcap.gz`, import.meta.url));
  const file = gunzipSync(readFileSync(path));
  const inOrder: Recorded[] = [];
  const expected = new Map<string, number>();
  const early = new Map<string, Uint8Array>();
  let clientPort = -1;
  for (let at = fileHeader; at + recordHeader <= file.length;) {
    const size = file.readUInt32LE(at + 8);
    const frame = file.subarray(at + recordHeader, at + recordHeader + size);
    at += recordHeader + size;
    const tcp = ethernet + (frame.readUInt8(ethernet) & 0x0f) * 4;
    const end = ethernet + frame.readUInt16BE(ethernet + 2);
    const port = frame.readUInt16BE(tcp);
    if (clientPort < 0) clientPort = port;
    const from = port === clientPort ? "client" : "server";
    const sequence = frame.readUInt32BE(tcp + 4);
    const isSyn = (frame.readUInt8(tcp + 13) & 2) !== 0;
    const bytes = new Uint8Array(frame.subarray(tcp + (frame.readUInt8(tcp + 12) >> 4) * 4, end));
    if (isSyn) expected.set(from, (sequence + 1) >>> 0);
    else if (bytes.length > 0) early.set(`${from} ${sequence}`, bytes);
    for (let next = expected.get(from) ?? 0; ;) {
      const due = early.get(`${from} ${next}`);
      if (due === undefined) break;
      early.delete(`${from} ${next}`);
      next = (next + due.length) >>> 0;
      expected.set(from, next);
      inOrder.push({ from, bytes: due });
    }
  }
  return inOrder;
}
