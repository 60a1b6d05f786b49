/** Input processors, [MS-RDPERP] 2.2.2.10.1, as {@link guidText} shows them. */
export const LanguageProfileClsid = {
  none: "00000000-0000-0000-0000-000000000000",
  microsoftImeJapanese: "03b5835f-f03c-411b-9ce2-aa23e1171e36",
  microsoftImeKorean: "a028ae76-01b1-46c2-99c4-acd9858ae002",
  chineseSimplified: "81d4e9c9-1d3b-41bc-9e6c-4b40bf79e35e",
  chineseTraditional: "531fdebf-9b4c-4a43-a2aa-960e8fcdc732",
} as const;

/** Profiles of input processors, [MS-RDPERP] 2.2.2.10.1. */
export const LanguageProfileGuid = {
  none: "00000000-0000-0000-0000-000000000000",
  newPhonetic: "b2f9c502-1742-11d4-9790-0080c882687e",
  changJie: "4bdf9f03-c7d3-11d4-b2ab-0080c882687e",
  quick: "6024b45f-5c54-11d4-b921-0080c882687e",
  cantonese: "0aec109c-7e96-11d4-b2ef-0080c882687e",
  pinYin: "f3ba9077-6c7e-11d4-97fa-0080c882687e",
  simpleFast: "fa550b04-5ad7-411f-a5ac-ca038ec515d7",
  microsoftImeJapanese: "a76c93d9-5523-4e90-aafa-4db112f9ac76",
  microsoftImeKorean: "b5fe1f02-d5f2-4445-9c03-c568f23c99a1",
} as const;

/** The places of the bytes in the text; the first three groups are little-endian on the wire. */
const order = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15];
const dashes = new Set([4, 6, 8, 10]);

/** 16 bytes of the wire as `03b5835f-f03c-411b-9ce2-aa23e1171e36`. Missing bytes count as 0. */
export function guidText(bytes: Uint8Array): string {
  return order
    .map((from, at) => (dashes.has(at) ? "-" : "") + (bytes[from] ?? 0).toString(16).padStart(2, "0"))
    .join("");
}

/** The 16 bytes of a GUID's text, in either case, or undefined if it is none. */
export function guidBytes(text: string): Uint8Array | undefined {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)) return undefined;
  const digits = text.replaceAll("-", "");
  const bytes = new Uint8Array(16);
  for (const [at, to] of order.entries()) bytes[to] = Number.parseInt(digits.slice(at * 2, at * 2 + 2), 16);
  return bytes;
}
