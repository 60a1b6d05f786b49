/**
 * A font of 5 times 7 pixels for the characters of ASCII. A glyph is seven characters, a row each
 * from the top; each is a number in base 32, whose highest bit is the left pixel.
 */
const glyphs: readonly string[] = [
  // From the space to the slash.
  "0000000 4444404 aa00000 aavavaa 4fke5u4 pp248jj cik8lid 4400000",
  "2488842 8422248 04lel40 044v440 0000648 000e000 00000cc 122488g",
  // Digits.
  "ehjlphe 4c4444e eh1248v v2421he 26aiv22 vgu11he 68guhhe v124888 ehhehhe ehhf12c",
  // From the colon to the at sign.
  "0cc0cc0 0cc0c48 248g842 00v0v00 8421248 eh12404 ehnlnge",
  // Capital letters.
  "4ahhvhh uhhuhhu ehggghe sihhhis vgguggv vgguggg ehgnhhf hhhvhhh e44444e",
  "72222ic hikokih ggggggv hrllhhh hhpljhh ehhhhhe uhhuggg ehhhlid uhhukih",
  "fgge11u v444444 hhhhhhe hhhhha4 hhhllla hha4ahh hhha444 v1248gv",
  // From the bracket to the grave accent.
  "e88888e g884221 e22222e 4ah0000 000000v 8420000",
  // Small letters.
  "00e1fhf ggmphhu 00egghe 11djhhf 00ehvge 698s888 0fhhf1e ggmphhh 40c444e",
  "20622ic ggikoki c44444e 00qllhh 00mphhh 00ehhhe 00uhugg 00djf11 00mpggg",
  "00fge1u 88s8896 00hhhjd 00hhha4 00hhlla 00ha4ah 00hhf1e 00v248v",
  // From the brace to the tilde.
  "2448442 4444444 8442448 008l200",
].flatMap((line) => line.split(" "));

/** An empty box, for characters that the font does not have. */
const unknown = "vhhhhhv";
const firstCharacter = 0x20;

/** Pixels of a glyph without the space to the next one. */
export const glyphSize = { width: 5, height: 7 } as const;

/** The rows of a character from the top: five bits, the highest is the left pixel. */
export function glyphRows(character: string): readonly number[] {
  const glyph = glyphs[(character.codePointAt(0) ?? 0) - firstCharacter] ?? unknown;
  return Array.from(glyph, (row) => Number.parseInt(row, 32));
}
