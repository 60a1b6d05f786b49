import { OrderCode } from "./interleaved-format.js";

interface RunForm {
  /** The header whose low bits hold runs below `count`. */
  readonly code: number;
  readonly count: number;
  /** The header before a run in two bytes. */
  readonly mega: number;
}

const form = (code: number, count: number, mega: number): RunForm => ({ code, count, mega });

/** Orders that hold a run of pixels (pairs in `dithered`). */
export const runForms = {
  background: form(OrderCode.regularBackground, 32, OrderCode.megaBackground),
  foreground: form(OrderCode.regularForeground, 32, OrderCode.megaForeground),
  colorRun: form(OrderCode.regularColorRun, 32, OrderCode.megaColorRun),
  colorImage: form(OrderCode.regularColorImage, 32, OrderCode.megaColorImage),
  setForeground: form(OrderCode.liteSetForeground, 16, OrderCode.megaSetForeground),
  dithered: form(OrderCode.liteDithered, 16, OrderCode.megaDithered),
} as const;

/** Orders that hold a bit for each pixel. */
export const maskForms = {
  mask: form(OrderCode.regularMask, 32, OrderCode.megaMask),
  setMask: form(OrderCode.liteSetMask, 16, OrderCode.megaSetMask),
} as const;

/** Bytes of a header with this run: 1 to 3. */
export const runHeaderSize = ({ count }: RunForm, run: number): number => (run < count ? 1 : run < count + 256 ? 2 : 3);

/** Bytes of the header of a mask over so many pixels: 1 to 3. */
export const maskHeaderSize = ({ count }: RunForm, run: number): number =>
  (run & 7) === 0 && run >> 3 < count ? 1 : run <= 256 ? 2 : 3;

/** Writes orders into memory of a fixed size; what goes past its end is lost, but counted. */
export class OrderWriter {
  readonly bytes: Uint8Array;
  readonly pixelSize: number;
  at = 0;

  constructor(bytes: Uint8Array, pixelSize: number) {
    this.bytes = bytes;
    this.pixelSize = pixelSize;
  }

  /** A run of 1 to 65,535. */
  run(form: RunForm, run: number): void {
    const { code, count, mega } = form;
    if (run < count) this.byte(code | run);
    else if (run < count + 256) {
      this.byte(code);
      this.byte(run - count);
    } else this.long(mega, run);
  }

  /** The header of a mask over 1 to 65,535 pixels. */
  mask(form: RunForm, run: number): void {
    const size = maskHeaderSize(form, run);
    if (size === 1) this.byte(form.code | (run >> 3));
    else if (size === 2) {
      this.byte(form.code);
      this.byte(run - 1);
    } else this.long(form.mega, run);
  }

  pixel(value: number): void {
    this.byte(value);
    if (this.pixelSize > 1) this.byte(value >> 8);
    if (this.pixelSize > 2) this.byte(value >> 16);
  }

  byte(value: number): void {
    this.bytes[this.at++] = value;
  }

  private long(code: number, run: number): void {
    this.byte(code);
    this.byte(run);
    this.byte(run >> 8);
  }
}
