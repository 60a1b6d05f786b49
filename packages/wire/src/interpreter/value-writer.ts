import { intRange, selectedSizes, writeSelected, type Int } from "../declaration/ints.js";
import { unit } from "../declaration/layout.js";
import type { Node, TextNode } from "../declaration/nodes.js";
import { EncodeError, type EncodeIssue } from "../errors.js";
import { sourceOf } from "../source.js";
import { textEnd, textFits, textSize, writeText } from "../text.js";
import type { Described } from "./described.js";
import type { Scope } from "./scope.js";

export type Values = Readonly<Record<string, unknown>>;

export const nothing = new Uint8Array(0);

export function concat(parts: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

/** Writes single values, and refuses those that do not fit. */
export abstract class ValueWriter {
  protected readonly path: string[] = [];
  protected readonly pdu: Described;

  constructor(pdu: Described) {
    this.pdu = pdu;
  }

  protected fail(issue: EncodeIssue): never {
    throw new EncodeError(this.pdu.name, this.path.join(".").replaceAll(".[", "["), issue);
  }

  protected object(value: unknown): Values {
    if (value === undefined) this.fail({ code: "missing" });
    if (typeof value !== "object" || value === null) this.fail({ code: "out-of-range", value, allowed: "an object" });
    return value as Values;
  }

  protected data(value: unknown): Uint8Array {
    if (value === undefined) this.fail({ code: "missing" });
    if (!(value instanceof Uint8Array)) this.fail({ code: "out-of-range", value, allowed: "a Uint8Array" });
    return value;
  }

  protected checked(int: Int, value: unknown): number | bigint {
    if (value === undefined) this.fail({ code: "missing" });
    const [low, high] = intRange(int);
    const right = typeof low === "bigint" ? typeof value === "bigint" : Number.isInteger(value);
    if (!right || (value as number) < low || (value as number) > high) {
      this.fail({
        code: "out-of-range",
        value,
        allowed: `${typeof low === "bigint" ? "bigint " : ""}${low} to ${high}`,
      });
    }
    return value as number | bigint;
  }

  /** The bytes of an integer; none for bits, which their carrier writes. */
  protected integer(int: Int, value: unknown, width: unknown, scope: Scope): Uint8Array {
    const checked = this.checked(int, value);
    switch (int.form) {
      case "bits":
        return nothing;
      case "fixed": {
        const { view, bytes } = sourceOf(new Uint8Array(int.size));
        const set = view[`set${int.accessor}` as "setUint16"];
        set.call(view, 0, checked as number, int.littleEndian);
        return bytes;
      }
      case "variable": {
        const extent = (width as number | undefined) ?? int.variable.preferred(checked as number);
        if (!int.variable.fits(checked as number, extent))
          this.fail({ code: "conflict", reason: `${checked} does not fit ${extent} bytes` });
        const { view, bytes } = sourceOf(new Uint8Array(extent));
        int.variable.write(view, 0, checked as number, extent);
        return bytes;
      }
      case "selected": {
        const size = selectedSizes[scope.number(int.selector)] ?? 4;
        if ((checked as number) >= 256 ** size)
          this.fail({ code: "conflict", reason: `${checked} does not fit ${size} bytes` });
        const { view, bytes } = sourceOf(new Uint8Array(size));
        writeSelected(view, 0, checked as number, size);
        return bytes;
      }
    }
  }

  /** Content with its prefix, or of its fixed size. */
  protected extended(
    node: Extract<Node, { kind: "bytes" | "text" | "within" | "union" }>,
    content: Uint8Array,
    stated: number,
    scope: Scope,
  ): Uint8Array {
    const { extent } = node;
    if (extent.by === "fixed" && stated !== extent.size)
      this.fail({ code: "too-long", length: stated, limit: extent.size });
    if (extent.by !== "prefix") return content;
    if (stated % extent.unit !== 0)
      this.fail({ code: "conflict", reason: `${stated} bytes are not a multiple of ${extent.unit}` });
    return concat([this.integer(extent.int, stated / extent.unit + extent.bias, undefined, scope), content]);
  }

  protected text(node: TextNode, value: unknown, scope: Scope): Uint8Array {
    if (value === undefined && node.extent.by === "line") return nothing;
    if (value === undefined) this.fail({ code: "missing" });
    if (typeof value !== "string") this.fail({ code: "out-of-range", value, allowed: "a string" });
    const { encoding, nul, extent } = node;
    if (!textFits(value, encoding, textEnd(extent, nul))) {
      this.fail({
        code: "out-of-range",
        value,
        allowed: `${encoding === "utf16" ? "text" : "characters up to 0xff"} without what ends it`,
      });
    }
    let stated = textSize(value, encoding, nul);
    if (extent.by === "fixed" && nul === "padded") {
      if (stated > extent.size) this.fail({ code: "too-long", length: stated, limit: extent.size });
      stated = extent.size;
    }
    if (extent.by === "line") {
      const bytes = new Uint8Array(stated + 2);
      writeText(sourceOf(bytes), 0, bytes.length, `${value}\r\n`, encoding);
      return bytes;
    }
    const bytes = new Uint8Array(stated + (extent.by === "nul" || nul === "after" ? unit(node) : 0));
    writeText(sourceOf(bytes), 0, bytes.length, value, encoding);
    return this.extended(node, bytes, stated, scope);
  }
}
