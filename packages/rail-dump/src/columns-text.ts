import type { Utf8Text } from "@railvail/wire";

/** Writes a line whose columns are counted: a character takes one, however many bytes it has. */
export class ColumnsText {
  readonly out: Utf8Text;
  /** UTF-16 units that were written. */
  columns = 0;

  constructor(out: Utf8Text) {
    this.out = out;
  }

  /** Text of ASCII only. */
  ascii(text: string): void {
    this.out.ascii(text);
    this.columns += text.length;
  }

  text(text: string): void {
    this.out.text(text);
    this.columns += text.length;
  }

  bytes(ascii: Uint8Array): void {
    this.out.put(ascii);
    this.columns += ascii.length;
  }

  number(value: number | bigint): void {
    const { out } = this;
    const { length } = out;
    if (typeof value === "number") out.number(value);
    else if (value >= 0n && value <= Number.MAX_SAFE_INTEGER) out.number(Number(value));
    else out.ascii(String(value));
    this.columns += out.length - length;
  }
}
