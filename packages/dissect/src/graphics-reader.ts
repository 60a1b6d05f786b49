import { segmentedData, unsegment } from "@railvail/transport";
import { sourceOf, type Source } from "@railvail/wire";
import type { ChannelReader } from "./channel-reader.js";
import { offsetIn, type Emitter, type Place } from "./emitter.js";

const ruleOf = (problem: { readonly rule: string }): string => problem.rule;

/** The graphics pipeline: what the server sends is wrapped in segments, what the client sends is not. */
export class GraphicsReader implements ChannelReader {
  private readonly emit: Emitter;
  private readonly commands: ChannelReader;

  constructor(emit: Emitter, commands: ChannelReader) {
    this.emit = emit;
    this.commands = commands;
  }

  read(place: Place, source: Source, offset: number, end: number): void {
    if (place.direction === "c2s") return this.commands.read(place, source, offset, end);
    const outer = { ...place, path: place.path.replace(/\/[^/]*$/, "/segments") };
    const pdu = segmentedData.match(source, offset, end, "server");
    const unwrapped = unsegment(source, offset, end);
    if (unwrapped.type === "compressed") {
      return this.emit.trouble("compressed", "ZGFX compressed; this version does not decompress", outer, source, offset, end, pdu);
    }
    if (unwrapped.type === "problem" || pdu === undefined) {
      const rule = unwrapped.type === "problem" ? ruleOf(unwrapped.problem) : "unknown-descriptor";
      return this.emit.trouble("unknown", `segmented data cannot be unwrapped: ${rule}`, outer, source, offset, end, pdu);
    }
    this.emit.envelope(pdu, outer, source, offset, end);
    const { data } = unwrapped;
    const view = data.buffer === source.bytes.buffer;
    const start = view ? offsetIn(source, data) : 0;
    this.commands.read(place, view ? source : sourceOf(data), start, start + data.length);
  }
}
