/** What Windows-1252 has where Latin-1 has controls, 0x80 to 0x9f. `TextDecoder` of Node 20 gets them wrong. */
const windows1252 = "€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ";

const strictUtf8 = new TextDecoder("utf-8", { fatal: true });

/**
 * Text in an ANSI code page that is not known, up to its NUL: as UTF-8, which WSLg's server sends,
 * if it can be, or as that of Western Europe.
 */
export function ansiText(data: Uint8Array): { readonly text: string; readonly encoding: string } {
  const nul = data.indexOf(0);
  const bytes = nul < 0 ? data : data.subarray(0, nul);
  const latin1 = Buffer.from(bytes).toString("latin1");
  if (/^[\0-\x7f]*$/.test(latin1)) return { text: latin1, encoding: "ASCII" };
  try {
    return { text: strictUtf8.decode(bytes), encoding: "UTF-8" };
  } catch {
    const text = latin1.replace(/[\x80-\x9f]/g, (control) => windows1252[control.charCodeAt(0) - 0x80] ?? control);
    return { text, encoding: "assumed to be Windows-1252" };
  }
}
