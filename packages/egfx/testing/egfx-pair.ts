import { Arena, sourceOf } from "@railvail/wire";
import { after, arriving, MachinePair, type Side } from "../../../test/machine-pair.js";
import {
  CodecId,
  egfxClient,
  egfxParts,
  egfxServer,
  encodeUniformAlpha,
  paintEgfx,
  PixelFormat,
  readCommands,
  stepEgfxClient,
  stepEgfxServer,
  SurfaceCanvases,
  type CapsSet,
  type DrawCommand,
  type EgfxClientInput,
  type EgfxClientOptions,
  type EgfxClientOutput,
  type EgfxClientState,
  type EgfxDrawing,
  type EgfxMessage,
  type EgfxSend,
  type EgfxServerInput,
  type EgfxServerOptions,
  type EgfxServerOutput,
  type EgfxServerState,
  type Rect16,
} from "../src/index.js";

/** A message that arrives, for either end. */
export const received = arriving<EgfxMessage>();

export const caps = (type: Exclude<CapsSet["capsData"]["type"], "unknown" | "version101">, flags = 0): CapsSet => ({
  capsData: { type, flags },
});

export const rect = (left: number, top: number, right: number, bottom: number): Rect16 => ({
  left,
  top,
  right,
  bottom,
});

export const drawing = <Name extends EgfxDrawing["message"]>(
  message: Name,
  value: Extract<EgfxDrawing, { message: Name }>["value"],
): EgfxDrawing => ({ message, value }) as EgfxDrawing;

export const draw = <Name extends EgfxDrawing["message"]>(
  message: Name,
  value: Extract<EgfxDrawing, { message: Name }>["value"],
): DrawCommand => ({ type: "draw", message: { message, value } as EgfxDrawing });

/** Pixels on a rectangle, all bytes of them `seed`. */
export const pixels = (surfaceId: number, destRect: Rect16, seed = 7) => ({
  surfaceId,
  codecId: CodecId.uncompressed,
  pixelFormat: PixelFormat.argb8888,
  destRect,
  bitmapData: new Uint8Array((destRect.right - destRect.left) * (destRect.bottom - destRect.top) * 4).fill(seed),
});

/** One opacity on a rectangle. */
export const opacity = (surfaceId: number, destRect: Rect16, alpha: number) => ({
  ...pixels(surfaceId, destRect),
  codecId: CodecId.alpha,
  bitmapData: encodeUniformAlpha(alpha, (destRect.right - destRect.left) * (destRect.bottom - destRect.top)),
});

export const fill = (surfaceId: number, ...fillRects: Rect16[]) => ({
  surfaceId,
  fillPixel: { b: 1, g: 2, r: 3, xa: 4 },
  fillRects,
});

export const create = (surfaceId = 1, width = 8, height = 6) =>
  ({ type: "createSurface", surfaceId, width, height }) as const;

/** A surface as the server's command makes it. */
export const created = (surfaceId = 1, width = 8, height = 6) =>
  received("createSurface", { surfaceId, width, height, pixelFormat: PixelFormat.argb8888 });

export const frame = (now = 0, ...commands: Extract<EgfxServerInput, { type: "frame" }>["commands"]) =>
  ({ type: "frame", now, commands }) as const;

export const noTime = { milliseconds: 0, seconds: 0, minutes: 0, hours: 0 };

export const ack = (frameId: number, queueDepth = 0) =>
  received("frameAcknowledge", { frameId, queueDepth, totalFramesDecoded: 1 });

/** A server after these inputs; the outputs are those of the last one. */
export const serverAfter = (inputs: readonly EgfxServerInput[], options: Partial<EgfxServerOptions> = {}) =>
  after(stepEgfxServer, egfxServer(options), inputs);

/** A client after these inputs; the outputs are those of the last one. */
export const clientAfter = (inputs: readonly EgfxClientInput[], options: Partial<EgfxClientOptions> = {}) =>
  after(stepEgfxClient, egfxClient(options), inputs);

/** The inputs after which each end is ready, with a set of capabilities. */
export const serverReadyWith = (...capsSets: CapsSet[]): readonly EgfxServerInput[] => [
  { type: "opened", now: 0 },
  received("capsAdvertise", { capsSets }),
];
export const clientReadyWith = (capsSet: CapsSet): readonly EgfxClientInput[] => [
  { type: "opened" },
  received("capsConfirm", { capsSet }),
];
export const serverReady = serverReadyWith(caps("version107"));
export const clientReady = clientReadyWith(caps("version107", 0x20));

/** The bytes of a command in one piece. */
export const bytesOf = (send: Omit<EgfxSend, "type">): Uint8Array => joined(egfxParts(send, new Arena(64)));

export function joined(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** Both ends with their applications; what they send is bytes that wait until they are delivered. */
export class EgfxPair extends MachinePair<
  EgfxServerState,
  EgfxServerInput,
  EgfxServerOutput,
  EgfxClientState,
  EgfxClientInput,
  EgfxClientOutput
> {
  /** What the client's application paints, and what the server's believes that it does. */
  painted = new SurfaceCanvases();
  meant = new SurfaceCanvases();
  /** What is shown in the client's windows, by surface. */
  readonly windows = new Map<bigint, number>();
  readonly reasons: string[] = [];
  /** Frames that the server's application knows to have arrived. */
  readonly acknowledged: number[] = [];

  constructor(server: Partial<EgfxServerOptions> = {}, client: Partial<EgfxClientOptions> = {}) {
    super({ state: egfxServer(server), step: stepEgfxServer }, { state: egfxClient(client), step: stepEgfxClient });
  }

  override open(): void {
    this.meant = new SurfaceCanvases();
    this.serverDoes({ type: "opening", now: this.now });
    this.clientDoes({ type: "opened" });
    this.serverDoes({ type: "opened", now: this.now });
  }

  /** All in one message of the channel. */
  protected override hear(to: Side, messages: readonly Uint8Array[]): void {
    const bytes = joined(messages);
    const sender = to === "client" ? "server" : "client";
    for (const message of readCommands(sourceOf(bytes), 0, bytes.length, sender)) {
      if (to === "client") this.clientDoes({ type: "received", message });
      else this.serverDoes({ type: "received", message });
    }
    // The memory is used again: nothing may hold on to it.
    bytes.fill(0xee);
  }

  protected override takeFromServer(output: EgfxServerOutput): void {
    if (output.type === "send") {
      const bytes = bytesOf(output);
      this.waiting.client.push(bytes);
      const [message] = readCommands(sourceOf(bytes), 0, bytes.length, "server");
      if (message === undefined || message.message === "unknown") throw new Error("a server sends what it knows");
      if (message.message === "createSurface") {
        paintEgfx(this.meant, { type: "surfaceCreated", surface: { ...message.value, mapping: undefined } });
      } else if (message.message === "deleteSurface") {
        paintEgfx(this.meant, { type: "surfaceDeleted", surfaceId: message.value.surfaceId });
      } else paintEgfx(this.meant, { type: "draw", message: message as EgfxDrawing });
    } else if (output.type === "wake") this.wake = output.at;
    else if (output.type === "ready") this.meant = new SurfaceCanvases();
    else if (output.type === "acknowledged") this.acknowledged.push(output.frameId);
    else if (output.type === "unavailable") this.reasons.push(output.reason);
    else if (output.type === "violation") this.violations.push(`server: ${output.by}: ${output.rule}`);
  }

  protected override takeFromClient(output: EgfxClientOutput): void {
    const trouble = paintEgfx(this.painted, output);
    if (trouble !== undefined) this.violations.push(`painter: ${trouble}`);
    if (output.type === "send") this.waiting.server.push(bytesOf(output));
    else if (output.type === "violation") this.violations.push(`client: ${output.by}: ${output.rule}`);
    else if (output.type === "mapped" && output.mapping.type === "window") {
      if (this.windows.has(output.mapping.windowId) && this.windows.get(output.mapping.windowId) !== output.surfaceId)
        this.violations.push("test: a window shows two surfaces");
      this.windows.set(output.mapping.windowId, output.surfaceId);
    } else if (output.type === "unmapped" && output.mapping.type === "window") {
      if (this.windows.get(output.mapping.windowId) !== output.surfaceId)
        this.violations.push("test: unmapped what was not mapped");
      this.windows.delete(output.mapping.windowId);
    }
  }
}
