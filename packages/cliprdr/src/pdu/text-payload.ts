import { latin1, pdu, rest, utf16, type Infer } from "@railvail/wire";

/** Data of the format CF_UNICODETEXT (13): UTF-16, its end marked by a NUL. */
export const UnicodeText = pdu("CF_UNICODETEXT", "[MS-RDPECLIP] 2.2.5.2", { text: utf16(rest) });
export type UnicodeText = Infer<typeof UnicodeText>;

/** Data of CF_TEXT (1): bytes of the sender's ANSI code page, each as the character of its number. */
export const AnsiText = pdu("CF_TEXT", "[MS-RDPECLIP] 2.2.5.2", { text: latin1(rest) });
export type AnsiText = Infer<typeof AnsiText>;
