/**
 * The name of a file system device from its data. By definition it is UTF-16; real clients write
 * one byte a character, which shows: their only NUL is the last byte. Such bytes become the
 * characters of their numbers. Empty if there is no data, and then the DOS name counts.
 */
export function driveName(data: Uint8Array): string {
  const firstNul = data.indexOf(0);
  const wide = data.length % 2 === 0 && firstNul >= 0 && firstNul < data.length - 1;
  let name = "";
  for (let at = 0; at < data.length; at += wide ? 2 : 1) {
    const code = (data[at] ?? 0) + (wide ? (data[at + 1] ?? 0) * 0x100 : 0);
    if (code === 0) break;
    name += String.fromCharCode(code);
  }
  return name;
}
