import type { CaptureOptions } from "./capture-limits.js";
import { CaptureReader } from "./capture-reader.js";
import { GzipDamage, gunzipChunks } from "./gunzip-chunks.js";
import type { StreamEvent } from "./stream-event.js";

/** A longer chunk is read in pieces, so that a batch of events stays small. */
const piece = 1024 * 1024;

/**
 * Reads a capture: pcap or pcapng, gzip or not, told apart by their first bytes. Yields the
 * events in batches, one for each chunk that completes any, so that a packet does not cost a
 * turn of the event loop. Memory does not grow with the file; see {@link CaptureLimits}.
 *
 * Everything that can be wrong with the file is a `problem` event. What `chunks` throws passes
 * through.
 */
export async function* readCapture(
  chunks: AsyncIterable<Uint8Array>,
  options: CaptureOptions = {},
): AsyncGenerator<readonly StreamEvent[], void, undefined> {
  const reader = new CaptureReader(options);
  try {
    for await (const chunk of gunzipChunks(chunks)) {
      for (let at = 0; at < chunk.length; at += piece) {
        const events = reader.push(chunk.subarray(at, at + piece));
        if (events.length > 0) yield events;
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
