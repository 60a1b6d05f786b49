import { Arena } from "@railvail/wire";
import { PacketFlags } from "./compression/compression-flags.js";
import type { ZgfxCompressor } from "./compression/zgfx-compressor.js";
import { PartReader } from "./part-reader.js";
import { Data, DataCompressed, DataFirst, DataFirstCompressed } from "./pdu/drdynvc-data.js";
import { SegmentCompression, SingleSegment } from "./pdu/segmented-data.js";

/** How messages of dynamic channels are cut. Sizes are in bytes. */
export interface DrdynvcFragmentOptions {
  /** A PDU with its header has so many at most; 1600 unless said otherwise. */
  readonly maximumSize?: number;
  /**
   * Up to this size a message that fits goes in one DYNVC_DATA; a longer one begins with
   * DYNVC_DATA_FIRST, even if that holds all of it. 10 less than a PDU unless said otherwise.
   */
  readonly wholeSize?: number;
}

/** One PDU: its header, then views of the message. */
export type DrdynvcFragment = readonly Uint8Array[];

const noData = new Uint8Array(0);

/**
 * Cuts a message, given in parts, by [MS-RDPEDYC] 3.1.5.1.1 and 3.1.5.1.2. The bytes of the message are
 * not copied, and all PDUs but the first share one header.
 */
export function fragmentPlain(
  channelId: number,
  message: readonly Uint8Array[],
  { maximumSize = 1600, wholeSize = maximumSize - 10 }: DrdynvcFragmentOptions = {},
): DrdynvcFragment[] {
  const reader = new PartReader(message);
  const length = reader.remaining;
  const arena = new Arena(32);
  const [head = noData] = Data.segments({ sp: 0, channelId, data: noData }, arena);
  const room = Math.max(1, maximumSize - head.length);
  const pdus: DrdynvcFragment[] = [];
  if (length > Math.min(room, wholeSize)) {
    const [first = noData] = DataFirst.segments({ channelId, length, data: noData }, arena);
    pdus.push([first, ...reader.take(Math.max(1, maximumSize - first.length))]);
  }
  while (reader.remaining > 0 || pdus.length === 0) pdus.push([head, ...reader.take(room)]);
  return pdus;
}

/** Descriptor and header of a segment. */
const segmentSize = SingleSegment.size({ compressionType: 0, flags: 0, data: noData });

const segmentHeads = [0, PacketFlags.PACKET_COMPRESSED >> 4].map((flags) =>
  SingleSegment.encode({ compressionType: SegmentCompression.PACKET_COMPR_TYPE_RDP8_LITE, flags, data: noData }),
);

/**
 * {@link fragmentPlain} with each PDU's data compressed on its own, by 3.1.5.1.3 and 3.1.5.1.4: needs version 3.
 * All messages of the channel have to go through the same lite `compressor`, and all PDUs must be sent.
 */
export function fragmentCompressed(
  channelId: number,
  message: readonly Uint8Array[],
  compressor: ZgfxCompressor,
  { maximumSize = 1600, wholeSize = maximumSize - 10 }: DrdynvcFragmentOptions = {},
): DrdynvcFragment[] {
  const reader = new PartReader(message);
  const length = reader.remaining;
  const arena = new Arena(32);
  const [head = noData] = DataCompressed.segments({ sp: 0, channelId, data: noData }, arena);
  const pdus: DrdynvcFragment[] = [];
  const roomAfter = (header: Uint8Array): number =>
    Math.min(compressor.segmentSize, Math.max(1, maximumSize - segmentSize - header.length));
  const add = (header: Uint8Array): void => {
    const plain = joined(reader.take(roomAfter(header)));
    const { data, flags } = compressor.compress(plain);
    const isCompressed = (flags & PacketFlags.PACKET_COMPRESSED) !== 0;
    // What is compressed lies in memory that the next call uses again.
    pdus.push([header, segmentHeads[isCompressed ? 1 : 0] ?? noData, isCompressed ? data.slice() : data]);
  };
  if (length > Math.min(roomAfter(head), wholeSize)) {
    add(DataFirstCompressed.segments({ channelId, length, data: noData }, arena)[0] ?? noData);
  }
  while (reader.remaining > 0 || pdus.length === 0) add(head);
  return pdus;
}

/** The parts as one; a copy if there are several. */
function joined(parts: readonly Uint8Array[]): Uint8Array {
  const [only] = parts;
  if (only !== undefined && parts.length === 1) return only;
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
