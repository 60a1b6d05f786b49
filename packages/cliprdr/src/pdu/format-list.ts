import { either, fixed, flag, latin1, list, nul, pdu, rest, struct, u32, utf16, type Infer } from "@railvail/wire";
import { clipHeader, ClipboardMessageFlags, ClipboardMessageType } from "./header.js";

/**
 * The formats on the sender's clipboard, with names of 32 bytes: the form to use unless both sides
 * announced long names. A name is cut to 16 UTF-16 units (a peer may leave no room for a NUL), or
 * to 32 characters if `msgFlags` has `asciiNames`. A format without a name has the empty string.
 */
export const FormatListShort = pdu("CLIPRDR_FORMAT_LIST", "[MS-RDPECLIP] 2.2.3.1.1", {
  ...clipHeader(ClipboardMessageType.formatList),
  formats: list(
    struct({
      formatId: u32,
      formatName: either(
        flag("msgFlags", ClipboardMessageFlags.asciiNames),
        latin1(fixed(32), { nul: "padded" }),
        utf16(fixed(32), { nul: "padded" }),
      ),
    }),
    rest,
  ),
});
export type FormatListShort = Infer<typeof FormatListShort>;

/** The same with names of any length, each ended by a NUL: if both sides announced long names. */
export const FormatListLong = pdu("CLIPRDR_FORMAT_LIST", "[MS-RDPECLIP] 2.2.3.1.2", {
  ...clipHeader(ClipboardMessageType.formatList),
  formats: list(struct({ formatId: u32, formatName: utf16(nul) }), rest),
});
export type FormatListLong = Infer<typeof FormatListLong>;
