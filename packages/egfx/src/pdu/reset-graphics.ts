import { count, counted, flags, i32, list, padTo, pdu, struct, u32, type Infer } from "@railvail/wire";
import { CommandId, commandHeader } from "./header.js";

/** Bits of a monitor definition, [MS-RDPBCGR] 2.2.1.3.6.1. */
export const MonitorFlags = { primary: 1 } as const;

/** A reset has at most this many monitors: no more fit into its 340 bytes. */
export const monitorLimit = 16;

/**
 * Sets the size of the output in pixels, 1 to 32766, and its monitors; surfaces and mappings stay
 * (3.3.5.14). `right` and `bottom` are inclusive. Always 340 bytes. Server to client.
 */
export const ResetGraphics = pdu(
  "RDPGFX_RESET_GRAPHICS_PDU",
  "[MS-RDPEGFX] 2.2.2.14",
  {
    ...commandHeader(CommandId.resetGraphics),
    width: u32,
    height: u32,
    monitorCount: count(u32),
    monitorDefArray: list(
      struct({ left: i32, top: i32, right: i32, bottom: i32, flags: flags(u32, MonitorFlags) }),
      counted("monitorCount"),
    ),
    pad: padTo(340),
  },
  { sentBy: "server" },
);
export type ResetGraphics = Infer<typeof ResetGraphics>;
