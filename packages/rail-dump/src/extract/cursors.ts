import { createHash } from "node:crypto";
import type { Message } from "@railvail/dissect";
import { maskedImageToRgba } from "@railvail/rail";
import { ColorPointer, LargePointer, NewPointer, PointerUpdate } from "@railvail/transport";
import { DecodeError, hex, type Pdu } from "@railvail/wire";
import type { ExtractContext, Extractor } from "./extractor.js";
import { fileName } from "./file-name.js";
import { PerConnection } from "./per-connection.js";
import { pngOf } from "./png.js";

/** Cursors that are remembered, so that those that come again are not written again. */
const rememberedLimit = 4096;

/** Bits of a pixel of a pointer that does not say. */
const colorBits = 24;

type Pointer = ColorPointer & { readonly xorBpp?: number };

/** The shapes of the pointer, as PNG; the point that points is in the name of the file. */
export class CursorExtractor implements Extractor {
  readonly kind = "cursors";
  /** Fast path and slow path. */
  readonly channels = ["update", "io"];
  private readonly context: ExtractContext;
  /** Files by what is in them. */
  private readonly remembered = new PerConnection(() => new Map<string, string>());

  constructor(context: ExtractContext) {
    this.context = context;
  }

  wants({ pdu }: Message): boolean {
    return kinds.has(pdu);
  }

  message(message: Message): void {
    const what = kinds.get(message.pdu);
    if (what === undefined) return;
    if (message.pdu !== (PointerUpdate as Pdu)) return this.pointer(message, what, message.value as Pointer);
    const { pointerAttributeData: data } = message.value as PointerUpdate;
    if (data.type === "color" || data.type === "pointer") this.pointer(message, what, data);
  }

  finish(): void {
    this.remembered.finish();
  }

  private pointer(message: Message, what: string, pointer: Pointer): void {
    const { folder, report } = this.context;
    const { width, height, hotSpot, cacheIndex, xorBpp = colorBits, xorMaskData, andMaskData } = pointer;
    const details = { what, width, height, hotSpotX: hotSpot.xPos, hotSpotY: hotSpot.yPos, cacheIndex };
    const shape = [width, height, hotSpot.xPos, hotSpot.yPos, xorBpp, xorMaskData.length].join(" ");
    const key = hex(createHash("sha256").update(shape).update(xorMaskData).update(andMaskData).digest());
    const files = this.remembered.of(message.connection);
    const known = files.get(key);
    if (known !== undefined) return report.also("cursors", known, message, details);
    let png: Uint8Array;
    try {
      const image = { width, height, bitsPerPixel: bitsOf(xorBpp), colors: xorMaskData, mask: andMaskData };
      png = pngOf(maskedImageToRgba({ ...image, bottomUp: xorBpp !== 1 }));
    } catch (error) {
      if (!(error instanceof DecodeError)) throw error;
      return report.left("cursors", `cursors that cannot be: ${error.field}: ${error.issue.code}`, message);
    }
    const parts = [`${width}x${height}`, `at${hotSpot.xPos}x${hotSpot.yPos}`];
    const file = folder.write(fileName("cursor", message, parts, "png"), png);
    if (file === undefined) return report.left("cursors", "a limit was reached", message);
    if (files.size < rememberedLimit) files.set(key, file.name);
    report.file("cursors", file, message, { ...details, bitsPerPixel: xorBpp });
  }
}

const kinds: ReadonlyMap<Pdu | undefined, string> = new Map<Pdu | undefined, string>([
  [ColorPointer, "colour pointer"],
  [NewPointer, "pointer"],
  [LargePointer, "large pointer"],
  [PointerUpdate, "pointer"],
]);

/** A pointer without a stated depth has 24 bits; so do servers that state none. */
const bitsOf = (xorBpp: number): number => (xorBpp === 0 ? colorBits : xorBpp);
