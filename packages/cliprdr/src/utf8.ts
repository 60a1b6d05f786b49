const replacement = 0xfffd;

/** UTF-8; a lone surrogate becomes U+FFFD. */
export function encodeUtf8(text: string): Uint8Array {
  const out = new Uint8Array(text.length * 3);
  let at = 0;
  for (const character of text) {
    let code = character.codePointAt(0) ?? 0;
    if (code >= 0xd800 && code <= 0xdfff) code = replacement;
    if (code < 0x80) out[at++] = code;
    else {
      const more = code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
      out[at++] = ((0xff00 >> (more + 1)) & 0xff) | (code >> (6 * more));
      for (let shift = 6 * (more - 1); shift >= 0; shift -= 6) out[at++] = 0x80 | ((code >> shift) & 0x3f);
    }
  }
  return out.subarray(0, at);
}

const smallest = [0, 0x80, 0x800, 0x10000];

/** Text of UTF-8; U+FFFD for a byte that begins no character, and for one cut off or overlong. */
export function decodeUtf8(bytes: Uint8Array): string {
  const parts: string[] = [];
  let codes: number[] = [];
  for (let at = 0; at < bytes.length;) {
    const lead = bytes[at++] as number;
    const more = lead < 0x80 ? 0 : lead < 0xc2 ? -1 : lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : lead < 0xf5 ? 3 : -1;
    let code = more <= 0 ? lead : lead & (0x3f >> more);
    let read = 0;
    while (read < more && ((bytes[at + read] ?? 0) & 0xc0) === 0x80)
      code = (code << 6) | ((bytes[at + read++] as number) & 0x3f);
    const valid =
      read === more && code >= (smallest[more] ?? 0) && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
    if (valid) at += read;
    codes.push(valid ? code : replacement);
    if (codes.length === 4096) {
      parts.push(String.fromCodePoint(...codes));
      codes = [];
    }
  }
  return parts.join("") + String.fromCodePoint(...codes);
}
