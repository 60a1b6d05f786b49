import type { Message } from "@railvail/dissect";
import { PresentBuffer } from "@railvail/gfxredir";
import { BitmapUpdate, SurfaceCommands } from "@railvail/transport";
import type { Pdu } from "@railvail/wire";
import type { ExtractContext, Extractor } from "./extractor.js";
import { PerConnection } from "./per-connection.js";
import { SurfaceWriter } from "./surface-writer.js";

/** Connections whose surfaces are kept at the same time: those of each can take 128 MiB. */
const connectionLimit = 4;

/** Pixels that take other ways than the graphics pipeline. */
const elsewhere: ReadonlyMap<Pdu | undefined, string> = new Map<Pdu | undefined, string>([
  [PresentBuffer, "presents of graphics redirection: their pixels are in memory, not in the capture"],
  [BitmapUpdate, "bitmap updates, which are outside of the graphics pipeline"],
  [SurfaceCommands, "surface commands, which are outside of the graphics pipeline"],
]);

/** Surfaces of the graphics pipeline, as PNG, as far as codecs are drawn. */
export class FrameExtractor implements Extractor {
  readonly kind = "frames";
  readonly channels = ["egfx", "segments", "gfxredir", "update"];
  private readonly context: ExtractContext;
  private readonly connections: PerConnection<SurfaceWriter>;

  constructor(context: ExtractContext, everyFrame: boolean) {
    this.context = context;
    this.connections = new PerConnection(
      () => new SurfaceWriter(context, everyFrame),
      (writer) => writer.finish(),
      connectionLimit,
    );
  }

  wants({ channel, direction, pdu }: Message): boolean {
    // Segments come here only if they could not be opened.
    return channel === "egfx" || channel === "segments" ? direction === "s2c" : elsewhere.has(pdu);
  }

  message(message: Message): void {
    const reason = elsewhere.get(message.pdu);
    if (reason !== undefined) return this.context.report.left("frames", reason, message, true);
    this.connections.of(message.connection).message(message);
  }

  finish(): void {
    this.connections.finish();
  }
}
