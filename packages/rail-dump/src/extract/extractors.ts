import type { ReadRecord } from "../connection-reading.js";
import { AudioExtractor } from "./audio.js";
import { ClipboardExtractor } from "./clipboard.js";
import { CursorExtractor } from "./cursors.js";
import type { ExtractOptions } from "./extract-options.js";
import type { ExtractContext, Extractor } from "./extractor.js";
import { FrameExtractor } from "./frames.js";
import { IconExtractor } from "./icons.js";

/** Hands records to the extractors of the kinds that are asked for. */
export class Extractors {
  private readonly context: ExtractContext;
  private readonly extractors: readonly Extractor[];
  private readonly byChannel = new Map<string, Extractor[]>();

  constructor(context: ExtractContext, options: ExtractOptions) {
    this.context = context;
    const all: readonly Extractor[] = [
      new ClipboardExtractor(context),
      new AudioExtractor(context),
      new IconExtractor(context),
      new CursorExtractor(context),
      new FrameExtractor(context, options.frames === "all"),
    ];
    this.extractors = all.filter(({ kind }) => options.kinds.has(kind));
    for (const extractor of this.extractors) {
      for (const channel of extractor.channels) {
        const others = this.byChannel.get(channel);
        if (others === undefined) this.byChannel.set(channel, [extractor]);
        else others.push(extractor);
      }
    }
  }

  /** The next record, in the order of the dissector. */
  record(record: ReadRecord): void {
    const { report } = this.context;
    if (record.type === "gap") {
      report.left("capture", "bytes are missing in the capture, and what they held", record);
      for (const extractor of this.extractors) extractor.lost?.(record.connection);
      return;
    }
    if (record.envelope) return;
    for (const extractor of this.byChannel.get(record.channel) ?? []) {
      if (extractor.wants?.(record) === false) continue;
      const { trouble } = record;
      if (trouble === undefined) extractor.message(record);
      else report.left(extractor.kind, `messages of its channels could not be read: ${trouble}`, record);
    }
  }

  /** No more comes. */
  finish(): void {
    for (const extractor of this.extractors) extractor.finish();
  }
}
