import { egfxCommandLength, egfxCommands } from "@railvail/egfx";
import { segmentedData, unsegment } from "@railvail/transport";
import type { Source } from "@railvail/wire";
import { FramedChannel, type ChannelReader } from "./channel-reader.js";
import type { Emitter } from "./emitter.js";
import { partOf } from "./part.js";
import { placesOf, type Place } from "./place.js";

/** The graphics pipeline: what the server sends is wrapped in segments, what the client sends is not. */
export class GraphicsReader implements ChannelReader {
  private readonly emit: Emitter;
  private readonly commands: ChannelReader;
  private readonly segments: Place;

  /** `path` is that of the channel around it. */
  constructor(emit: Emitter, path: string) {
    this.emit = emit;
    this.commands = new FramedChannel(emit, egfxCommands, egfxCommandLength);
    this.segments = placesOf("segments", path).s2c;
  }

  read(place: Place, source: Source, offset: number, end: number): void {
    if (place.direction === "c2s") return this.commands.read(place, source, offset, end);
    const { emit, segments } = this;
    const pdu = segmentedData.match(source, offset, end, "server");
    const unwrapped = unsegment(source, offset, end);
    if (unwrapped.type === "compressed") {
      const detail = "ZGFX compressed; this version does not decompress";
      return emit.trouble("compressed", detail, segments, source, offset, end, pdu);
    }
    if (unwrapped.type === "problem") {
      const detail = `segmented data cannot be unwrapped: ${unwrapped.problem.rule}`;
      return emit.trouble("unknown", detail, segments, source, offset, end, pdu);
    }
    if (pdu !== undefined) emit.wrapping(pdu, segments, source, offset, end);
    const whole = partOf(source, unwrapped.data);
    this.commands.read(place, whole.source, whole.offset, whole.end);
  }
}
