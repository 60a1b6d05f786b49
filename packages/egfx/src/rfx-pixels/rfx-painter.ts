import { DecodeError, sourceOf, type DecodeIssue } from "@railvail/wire";
import { CodecId } from "../codec-id.js";
import { RfxEntropy } from "../pdu/rfx-block.js";
import { RfxTileset, type RfxRegion } from "../pdu/rfx-data-blocks.js";
import { readPayload } from "../read-payload.js";
import { areaOf, intersection, isEmpty, type Rectangle } from "../rectangles.js";
import { blockShifts } from "./quantization.js";
import { combineComponents } from "./rfx-colors.js";
import { decodeRlgr, tileCoefficients } from "./rlgr.js";
import { reconstruct } from "./wavelet.js";

const tileSize = 64;
const blockHeaderSize = 6;

/** As many comparisons of tiles with rectangles are made for one set of tiles. */
const comparisonLimit = 2 ** 22;
/** Rectangles may overlap; so many times the pixels of a tile are copied. */
const copyLimit = 4 * tileCoefficients;

/** Where frames are painted: four bytes a pixel, rows from the top, `stride` bytes apart. */
export interface RfxTarget {
  readonly pixels: Uint8Array;
  /** Of the top left pixel, in bytes. */
  readonly offset?: number;
  readonly stride: number;
  readonly width: number;
  readonly height: number;
}

export interface RfxPainterOptions {
  /** The order of colors in a pixel; `bgra` by default. */
  readonly order?: "bgra" | "rgba";
}

type Tileset = RfxTileset["content"];
type Tile = Tileset["tiles"][number];

function refuse(field: string, issue: DecodeIssue): never {
  throw new DecodeError(RfxTileset.name, field, 0, issue);
}

/** What cannot be cut into blocks would leave regions unpainted. */
function checkWhole(bytes: Uint8Array): void {
  const available = bytes.length;
  const needed = available < blockHeaderSize ? blockHeaderSize : sourceOf(bytes).view.getUint32(2, true);
  if (needed !== available) refuse("blockLen", { code: "not-enough-bytes", needed, available });
}

/**
 * Paints the frames of a RemoteFX stream ([MS-RDPRFX]), of surface commands and of the codec
 * `caVideo`. It keeps nothing from one message to the next but 50 KB of memory to work in: all that
 * tiles need is said again with them.
 */
export class RfxPainter {
  private readonly red: 0 | 2;
  private readonly components = [0, 1, 2].map(() => new Int16Array(tileCoefficients)) as [
    Int16Array,
    Int16Array,
    Int16Array,
  ];
  private readonly scratch = new Int16Array(tileCoefficients);
  private readonly tile = new Uint8ClampedArray(tileCoefficients * 4);

  constructor(options: RfxPainterOptions = {}) {
    this.red = options.order === "rgba" ? 0 : 2;
  }

  /**
   * Paints a message: whole blocks, most of the time one frame. Pixels become opaque. The result
   * are the rectangles of its regions, as far as they are on the target; they may overlap. Blocks
   * of unknown types are skipped if they are whole.
   *
   * Each set may have as many tiles as the target has places for them. Throws {@link DecodeError};
   * tiles before the fault may have been painted.
   */
  paint(message: Uint8Array, target: RfxTarget): readonly Rectangle[] {
    const payload = readPayload(CodecId.caVideo, sourceOf(message), 0, message.length);
    const all = { left: 0, top: 0, right: target.width, bottom: target.height };
    const painted: Rectangle[] = [];
    let region: readonly Rectangle[] = [all];
    for (const each of payload.codec === "caVideo" ? payload.blocks : []) {
      if (each.type === "region") {
        region = rectanglesOf(each.block, all);
        for (const rectangle of region) painted.push(rectangle);
      } else if (each.type === "tileset") this.paintTiles(each.block, region, target);
      else if (each.type === "unknown") checkWhole(each.bytes);
    }
    return painted;
  }

  private paintTiles({ properties, content }: RfxTileset, region: readonly Rectangle[], target: RfxTarget): void {
    const { tiles } = content;
    const { et } = properties;
    if (et !== RfxEntropy.rlgr1 && et !== RfxEntropy.rlgr3) {
      refuse("properties.et", { code: "out-of-range", value: et, allowed: "1, 4" });
    }
    if (content.tileSize !== tileSize) {
      refuse("content.tileSize", { code: "out-of-range", value: content.tileSize, allowed: "64" });
    }
    const columns = Math.ceil(target.width / tileSize);
    const limit = columns * Math.ceil(target.height / tileSize);
    if (tiles.length > limit) refuse("content.tiles", { code: "limit-exceeded", value: tiles.length, limit });
    const comparisons = tiles.length * region.length;
    if (comparisons > comparisonLimit) {
      refuse("content.tiles", { code: "limit-exceeded", value: comparisons, limit: comparisonLimit });
    }
    const quants = content.quantVals.map(blockShifts);
    for (const [index, tile] of tiles.entries()) {
      const left = tile.xIdx * tileSize;
      const top = tile.yIdx * tileSize;
      const place = { left, top, right: left + tileSize, bottom: top + tileSize };
      const parts = region.map((each) => intersection(each, place)).filter((part) => !isEmpty(part));
      if (parts.length === 0) continue;
      const pixels = parts.reduce((sum, part) => sum + areaOf(part), 0);
      if (pixels > copyLimit) {
        refuse(`content.tiles[${index}]`, { code: "limit-exceeded", value: pixels, limit: copyLimit });
      }
      this.decodeTile(tile, quants, et, index);
      for (const part of parts) this.copy(part, place, target);
    }
  }

  private decodeTile(tile: Tile, quants: readonly Uint8Array[], entropy: number, index: number): void {
    const [luma, cb, cr] = this.components;
    this.decodeComponent(tile.yData, quants, tile.quantIdxY, entropy, luma, `content.tiles[${index}].quantIdxY`);
    this.decodeComponent(tile.cbData, quants, tile.quantIdxCb, entropy, cb, `content.tiles[${index}].quantIdxCb`);
    this.decodeComponent(tile.crData, quants, tile.quantIdxCr, entropy, cr, `content.tiles[${index}].quantIdxCr`);
    combineComponents(luma, cb, cr, this.tile, this.red);
  }

  private decodeComponent(
    data: Uint8Array,
    quants: readonly Uint8Array[],
    quantIndex: number,
    entropy: number,
    into: Int16Array,
    field: string,
  ): void {
    const shifts = quants[quantIndex];
    if (shifts === undefined) {
      refuse(field, { code: "out-of-range", value: quantIndex, allowed: `0 to ${quants.length - 1}` });
    }
    decodeRlgr(data, entropy, shifts, into);
    reconstruct(into, this.scratch);
  }

  private copy(part: Rectangle, { left, top }: Rectangle, { pixels, offset = 0, stride }: RfxTarget): void {
    for (let y = part.top; y < part.bottom; y++) {
      const from = ((y - top) * tileSize + part.left - left) * 4;
      const row = this.tile.subarray(from, from + (part.right - part.left) * 4);
      pixels.set(row, offset + y * stride + part.left * 4);
    }
  }
}

/** What of a region is on the target; without rectangles it is all. */
function rectanglesOf({ rects }: RfxRegion, all: Rectangle): readonly Rectangle[] {
  if (rects.length === 0) return [all];
  return rects
    .map(({ x, y, width, height }) => intersection({ left: x, top: y, right: x + width, bottom: y + height }, all))
    .filter((each) => !isEmpty(each));
}
