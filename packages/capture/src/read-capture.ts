import type { CaptureOptions } from "./capture-limits.js";
import type { CaptureProblemKind } from "./capture-problem.js";
import { CaptureReader } from "./capture-reader.js";
import { GzipDamage, gunzipChunks } from "./gunzip-chunks.js";
import { PacketFileReader, type RawPacket } from "./packet-file-reader.js";
import type { StreamEvent } from "./stream-event.js";

/** A longer chunk is read in pieces, so that a batch of events stays small. */
const piece = 1024 * 1024;

/** What is pushed chunks of a file and gives something for them. */
interface ChunkReader<Item> {
  readonly stopped: boolean;
  push(chunk: Uint8Array): Item[];
  fail(kind: CaptureProblemKind, message: string): void;
  end(): Item[];
}

/**
 * Reads a capture: pcap or pcapng, gzip or not, told apart by their first bytes. Yields the
 * events in batches, one for each chunk that completes any, so that a packet does not cost a
 * turn of the event loop. Memory does not grow with the file; see {@link CaptureLimits}.
 *
 * Everything that can be wrong with the file is a `problem` event. What `chunks` throws passes
 * through.
 */
export const readCapture = (
  chunks: AsyncIterable<Uint8Array>,
  options: CaptureOptions = {},
): AsyncGenerator<readonly StreamEvent[], void, undefined> => batches(new CaptureReader(options), chunks);

/**
 * Reads the packets of a capture as they are, in batches; see {@link PacketFileReader}. What
 * `chunks` throws passes through.
 */
export const readPackets = (
  chunks: AsyncIterable<Uint8Array>,
  options: CaptureOptions = {},
): AsyncGenerator<readonly RawPacket[], void, undefined> => batches(new PacketFileReader(options), chunks);

async function* batches<Item>(
  reader: ChunkReader<Item>,
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<readonly Item[], void, undefined> {
  try {
    for await (const chunk of gunzipChunks(chunks)) {
      for (let at = 0; at < chunk.length; at += piece) {
        const items = reader.push(chunk.subarray(at, at + piece));
        if (items.length > 0) yield items;
      }
      if (reader.stopped) break;
    }
  } catch (error) {
    if (!(error instanceof GzipDamage)) throw error;
    reader.fail("damaged-gzip", error.message);
  }
  const last = reader.end();
  if (last.length > 0) yield last;
}
