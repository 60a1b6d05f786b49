import {
  CodecId,
  decodeAlpha,
  egfxVocabulary,
  encodeAlpha,
  readCommands,
  readPayload,
  RfxPainter,
  SurfaceCanvases,
} from "@railvail/egfx";
import {
  BitmapError,
  bitmapPixels,
  BitmapUpdate,
  BulkCompressor,
  BulkDecompressor,
  CompressionError,
  compressPlanar,
  decompressInterleaved,
  decompressPlanar,
  unsegmentBytes,
  ZgfxDecompressor,
  zgfxSegmentDecoder,
} from "@railvail/transport";
import { DecodeError, generate, sourceOf, type Choice } from "@railvail/wire";
import { channelMessage } from "../generators/channel-messages.js";
import { joined } from "../joined.js";
import type { Decoder } from "./decoder-target.js";

const isDecodeError = (error: unknown): boolean => error instanceof DecodeError;
const isBitmapError = (error: unknown): boolean => error instanceof BitmapError || isDecodeError(error);
const isCompressionError = (error: unknown): boolean => error instanceof CompressionError;

/** Bytes with runs in them, as pixels are. */
function runs(choice: Choice, most: number): Uint8Array {
  const bytes = new Uint8Array(choice.int(1, most));
  for (let at = 0; at < bytes.length; at += choice.int(1, 40)) bytes.fill(choice.int(0, 255), at);
  return bytes;
}

const bitDepths = [8, 15, 16, 24];
const codecIds = Object.values(CodecId);
/** Widths and heights that the first bytes of an input ask for. */
const side = (byte: number | undefined): number => byte ?? 0;

/** A size of two bytes, then the data. */
const sized = (width: number, height: number, data: Uint8Array): Uint8Array =>
  joined([Uint8Array.of(width, height), data]);

/** Compressed bytes and what stands in front of them: the type and flags of the packet. */
function compressed(choice: Choice): Uint8Array {
  const type = choice.int(0, 3) as 0 | 1 | 2 | 3;
  const compressor = new BulkCompressor(type);
  const packet = compressor.compress(runs(choice, 400));
  return joined([Uint8Array.of(packet.flags & 0xff), packet.data]);
}

/** Readers of compressed bytes and of pixels. */
export const pixelDecoders: Readonly<Record<string, Decoder>> = {
  bulk: {
    sample: compressed,
    isRefusal: isCompressionError,
    read(bytes) {
      const decompressor = new BulkDecompressor();
      const [flags = 0] = bytes;
      let made = 0;
      // Twice: what came first is what the second may refer to.
      for (let round = 0; round < 2; round++) made += decompressor.decompress(bytes.subarray(1), flags).length;
      return made;
    },
  },
  segments: {
    sample: (choice) => joined([Uint8Array.of(0xe0, 0x04), runs(choice, 90)]),
    read(bytes) {
      const decoder = zgfxSegmentDecoder(new ZgfxDecompressor("full"));
      const plain = unsegmentBytes(bytes, { decoder, maximumSize: 2 ** 22 });
      return plain.type === "data" ? plain.data.length : 0;
    },
    most: 2 ** 22,
  },
  alpha: {
    sample(choice) {
      const [width, height] = [choice.int(1, 20), choice.int(1, 20)];
      return sized(width, height, encodeAlpha(runs(choice, 60).slice(0, width * height)));
    },
    isRefusal: isDecodeError,
    read: (bytes) => decodeAlpha(bytes.subarray(2), side(bytes[0]), side(bytes[1])).length,
  },
  planar: {
    sample(choice) {
      const [width, height] = [choice.int(1, 20), choice.int(1, 20)];
      const bgra = new Uint8Array(width * height * 4).fill(choice.int(0, 255));
      return sized(width, height, compressPlanar({ bgra, stride: width * 4, width, height }));
    },
    isRefusal: isBitmapError,
    read: (bytes) => decompressPlanar(bytes.subarray(2), side(bytes[0]), side(bytes[1])).length,
  },
  interleaved: {
    sample: (choice) =>
      joined([Uint8Array.of(choice.int(0, 3)), sized(choice.int(1, 40), choice.int(1, 40), runs(choice, 40))]),
    isRefusal: isBitmapError,
    read(bytes) {
      const depth = bitDepths[(bytes[0] ?? 0) & 3] ?? 8;
      return decompressInterleaved(bytes.subarray(3), side(bytes[1]), side(bytes[2]), depth).length * 4;
    },
  },
  bitmaps: {
    sample: (choice) => BitmapUpdate.encode(generate(BitmapUpdate, choice)),
    isRefusal: isBitmapError,
    read(bytes) {
      for (const rectangle of BitmapUpdate.decode(bytes).rectangles) bitmapPixels(rectangle, { pixelLimit: 2 ** 18 });
    },
  },
  payload: {
    sample: (choice) => joined([Uint8Array.of(choice.int(0, codecIds.length - 1)), runs(choice, 80)]),
    isRefusal: isDecodeError,
    read(bytes) {
      const codecId = codecIds[(bytes[0] ?? 0) % codecIds.length] ?? 0;
      readPayload(codecId, sourceOf(bytes), 1, Math.max(1, bytes.length));
    },
  },
  remoteFx: {
    sample: (choice) => runs(choice, 120),
    isRefusal: isDecodeError,
    read(bytes) {
      const [width, height] = [70, 70];
      new RfxPainter().paint(bytes, { pixels: new Uint8Array(width * height * 4), stride: width * 4, width, height });
    },
  },
  canvases: {
    sample(choice) {
      const commands = Array.from({ length: choice.int(1, 8) }, () => channelMessage(choice, "egfx", "server").bytes);
      return joined(commands);
    },
    isRefusal: isDecodeError,
    read(bytes) {
      const canvases = new SurfaceCanvases({ pixelLimit: 2 ** 18 });
      for (const command of readCommands(sourceOf(bytes), 0, bytes.length, "server")) {
        if (command.message === "unknown") continue;
        canvases.apply(egfxVocabulary.pdus[command.message], command.value);
      }
    },
  },
};
