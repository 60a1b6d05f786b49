import {
  CodecId,
  CreateSurface,
  encodeRawAlpha,
  EndFrame,
  FrameAcknowledge,
  MapSurfaceToScaledWindow,
  PixelFormat,
  StartFrame,
  WireToSurface1,
} from "../../packages/egfx/dist/index.js";
import { seeded } from "./random.mjs";

/** @typedef {import("./session-writer.mjs").SessionWriter} SessionWriter */
/** @typedef {import("./conversation.mjs").Conversation} Conversation */

export const title = "bulk: 1920x1080 at 10 Hz, WireToSurface1 alpha (raw) and uncompressed";
export const fixture = "wslg-rail-basic";
/** @param {import("./session-start.mjs").Message} message */
export const ends = ({ name }) => name === "RDPGFX_CREATE_SURFACE_PDU";

const channel = "Microsoft::Windows::RDS::Graphics";
const [width, height] = [1920, 1080];
const frameTime = 100_000;

/** Something that is neither one colour nor noise: lines of text look like this to a program that reads bytes. */
function picture() {
  const random = seeded(1);
  const pixels = new Uint32Array(width * height);
  for (let at = 0; at < pixels.length;) {
    const colour = random(4) === 0 ? 0xff00_0000 | random(0x100_0000) : 0xff2e_3436;
    const end = Math.min(pixels.length, at + 1 + random(12));
    pixels.fill(colour, at, end);
    at = end;
  }
  return new Uint8Array(pixels.buffer);
}

/**
 * Frames of one window, each acknowledged, until the file is full.
 *
 * @param {SessionWriter} writer @param {Conversation} conversation @param {() => boolean} full
 */
export function write(writer, conversation, full) {
  const pixels = picture();
  const alpha = encodeRawAlpha(new Uint8Array(width * height).fill(0xff));
  const destRect = { left: 0, top: 0, right: width, bottom: height };
  const bitmap = { surfaceId: 1, pixelFormat: PixelFormat.argb8888, destRect };
  writer.graphics(channel, CreateSurface, { surfaceId: 1, width, height, pixelFormat: PixelFormat.argb8888 });
  for (let frameId = 1; !full(); frameId++) {
    const began = conversation.time;
    const timestamp = { milliseconds: 0, seconds: 0, minutes: 0, hours: 0 };
    writer.graphics(channel, StartFrame, { timestamp, frameId });
    writer.graphics(channel, WireToSurface1, { ...bitmap, codecId: CodecId.alpha, bitmapData: alpha });
    writer.graphics(channel, WireToSurface1, { ...bitmap, codecId: CodecId.uncompressed, bitmapData: pixels });
    if (frameId === 1) {
      writer.graphics(channel, MapSurfaceToScaledWindow, {
        surfaceId: 1,
        windowId: 1n,
        mappedWidth: width,
        mappedHeight: height,
        targetWidth: width,
        targetHeight: height,
      });
    }
    writer.graphics(channel, EndFrame, { frameId });
    writer.push();
    conversation.pass(2000);
    writer.dynamic("c2s", channel, FrameAcknowledge, { queueDepth: 0, frameId, totalFramesDecoded: frameId });
    conversation.pass(Math.max(0, began + frameTime - conversation.time));
  }
}
