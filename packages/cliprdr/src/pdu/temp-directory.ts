import { fixed, pdu, utf16, type Infer } from "@railvail/wire";
import { clipHeader, ClipboardMessageType } from "./header.js";

/** A directory of the client's file system where the server may leave files: at most 260 units. */
export const TempDirectory = pdu(
  "CLIPRDR_TEMP_DIRECTORY",
  "[MS-RDPECLIP] 2.2.2.3",
  {
    ...clipHeader(ClipboardMessageType.tempDirectory),
    wszTempDir: utf16(fixed(520), { nul: "padded" }),
  },
  { sentBy: "client" },
);
export type TempDirectory = Infer<typeof TempDirectory>;
