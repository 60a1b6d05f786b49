import { egfxCommandLength, egfxCommands } from "@railvail/egfx";
import { segmentedData } from "@railvail/transport";
import type { Source } from "@railvail/wire";
import { FramedChannel, type ChannelReader } from "./channel-reader.js";
import type { Emitter } from "./emitter.js";
import { partOf } from "./part.js";
import { placesOf, type Place } from "./place.js";
import type { Direction } from "./record.js";
import type { SegmentHistories, SegmentHistory } from "./segment-history.js";

/** The graphics pipeline: what the server sends is wrapped in segments, what the client sends is not. */
export class GraphicsReader implements ChannelReader {
  private readonly emit: Emitter;
  private readonly commands: ChannelReader;
  private readonly segments: Place;
  private readonly history: SegmentHistory;

  /** `path` is that of the channel around it. */
  constructor(emit: Emitter, path: string, histories: SegmentHistories) {
    this.emit = emit;
    this.commands = new FramedChannel(emit, egfxCommands, egfxCommandLength);
    this.segments = placesOf("segments", path).s2c;
    this.history = histories.make("full");
  }

  lost(direction: Direction): void {
    if (direction === "s2c") this.history.lost();
  }

  read(place: Place, source: Source, offset: number, end: number): void {
    if (place.direction === "c2s") return this.commands.read(place, source, offset, end);
    const { emit, segments } = this;
    const pdu = segmentedData.match(source, offset, end, "server");
    const opened = this.history.open(source, offset, end);
    if (!(opened instanceof Uint8Array)) {
      return emit.trouble(opened.trouble, opened.detail, segments, source, offset, end, pdu);
    }
    if (pdu !== undefined) emit.wrapping(pdu, segments, source, offset, end);
    const whole = partOf(source, opened);
    this.commands.read(place, whole.source, whole.offset, whole.end);
  }
}
