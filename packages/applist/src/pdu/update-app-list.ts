import {
  bytes,
  enumeration,
  flag,
  flags,
  length,
  pdu,
  sized,
  struct,
  u32,
  when,
  type Infer,
  type ValueOf,
} from "@railvail/wire";
import { AppFlags } from "./app-flags.js";
import { MessageId, messageHeader, text } from "./header.js";

/** What the bits of an icon are. WSLg sends `bmp`, by which it means bare pixels. */
export const IconFormat = { png: 1, bmp: 2, svg: 3 } as const;

/**
 * RDPAPPLIST_ICON_DATA: `width` and `height` in pixels, `stride` in bytes, `bpp` bits a pixel.
 * With format `bmp`, `bits` holds B, G, R, A from the bottom row up; see `iconPixels`.
 */
const appIconShape = {
  flags: u32,
  width: u32,
  height: u32,
  stride: u32,
  bpp: u32,
  format: enumeration(u32, IconFormat),
  bitsLength: length(u32),
  bits: bytes(sized("bitsLength")),
};
export type AppIcon = ValueOf<typeof appIconShape>;

/**
 * Adds or changes an application: id (with the group, the key), group, command line, working
 * directory, name shown, icon. The client wants id, command line and name, none empty. Strings:
 * at most 510 bytes with NUL. Server to client.
 */
export const UpdateAppList = pdu(
  "RDPAPPLIST_UPDATE_APPLIST_PDU",
  "[WSLG-APPLIST] UPDATE_APPLIST",
  {
    ...messageHeader(MessageId.updateAppList),
    flags: flags(u32, AppFlags),
    appId: when(flag("flags", AppFlags.id), text()),
    appGroup: when(flag("flags", AppFlags.group), text()),
    appExecPath: when(flag("flags", AppFlags.execPath), text()),
    appWorkingDir: when(flag("flags", AppFlags.workingDir), text()),
    appDesc: when(flag("flags", AppFlags.desc), text()),
    appIcon: when(flag("flags", AppFlags.icon), struct(appIconShape)),
  },
  { sentBy: "server" },
);
export type UpdateAppList = Infer<typeof UpdateAppList>;
