import { unit } from "../declaration/layout.js";
import type { TextNode } from "../declaration/nodes.js";
import type { DeviationRule } from "../inspection.js";
import type { Source } from "../source.js";
import { textSize } from "../text.js";

/** What an encoder would not write in the bytes of a text, and where. */
export interface TextDeviation {
  readonly rule: DeviationRule;
  readonly at: number;
  readonly message: string;
}

const none: readonly TextDeviation[] = [];

/** What deviates in the text that was read from the `size` bytes at `at`. */
export function textDeviations(
  { bytes }: Source,
  node: TextNode,
  text: string,
  at: number,
  size: number,
): readonly TextDeviation[] {
  const odd = size % unit(node);
  const other = terminatorDeviation(bytes, node, text, at, size - odd, size);
  if (odd === 0) return other === undefined ? none : [other];
  const first: TextDeviation = { rule: "odd-length", at, message: `${size} bytes of UTF-16` };
  return other === undefined ? [first] : [first, other];
}

/** `whole` is the size of all characters that are complete. */
function terminatorDeviation(
  bytes: Uint8Array,
  { nul, encoding }: TextNode,
  text: string,
  at: number,
  whole: number,
  size: number,
): TextDeviation | undefined {
  const used = textSize(text, encoding, "none");
  switch (nul) {
    case "counted":
    case "always":
      if (text === "" && size > 0 && nul === "counted")
        return { rule: "lone-terminator", at, message: "an empty text with a NUL" };
      if (used === whole && (size > 0 || nul === "always"))
        return { rule: "missing-terminator", at, message: "no NUL inside the stated length" };
      return undefined;
    case "padded":
      for (let i = at + used; i < at + size; i++) {
        if (bytes[i] !== 0) return { rule: "text-after-nul", at: at + used, message: "bytes after the NUL" };
      }
      return undefined;
    default:
      return undefined;
  }
}
