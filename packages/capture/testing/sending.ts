/** Files of single segments, for tests that say what is sent segment by segment. */
import { expect } from "vitest";
import type { CaptureLimits } from "../src/index.js";
import { captureFile, type Packet, type Shape } from "./capture-file.js";
import { defaultPath, frame, ip, push, type LinkName, type Path, type Segment } from "./packet.js";
import { readAll, transcribe, type ConnectionRecord, type Transcript } from "./transcript.js";

/** A segment, on the default path but for what it says of its own. */
export type Sent = Segment & { readonly path?: Partial<Path> };

const plain: Shape = { kind: "pcap", littleEndian: true, nanoseconds: false };

/** One packet each millisecond. */
export const fileOf = (
  sent: readonly Sent[],
  shape: Shape = plain,
  link: LinkName = "ethernet",
  path: Path = defaultPath,
  snapLength = Infinity,
): Uint8Array => {
  const frames = sent.map((segment) => frame(link, ip({ ...path, ...segment.path }, segment)));
  const packets = frames.map(({ bytes }, index): Packet => ({
    time: 1_700_000_000_000_000_000n + BigInt(index) * 1_000_000n,
    bytes: bytes.subarray(0, snapLength),
    onWire: bytes.length,
  }));
  return captureFile(shape, frames[0]?.linkType ?? 1, packets);
};

export const read = (sent: readonly Sent[], limits: Partial<CaptureLimits> = {}): Transcript =>
  transcribe(readAll(fileOf(sent), limits));

export const text = (value: string): Uint8Array => new TextEncoder().encode(value);

/** Payload without an acknowledgement. */
export const data = (fromClient: boolean, seq: number, value: string, path: Partial<Path> = {}): Sent => ({
  fromClient,
  seq,
  flags: push,
  payload: text(value),
  path,
});

export const only = ({ connections }: Transcript): ConnectionRecord => {
  expect(connections.length).toBe(1);
  const [first] = connections;
  if (first === undefined) throw new Error("no connection");
  return first;
};
