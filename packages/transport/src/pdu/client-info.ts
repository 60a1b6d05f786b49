import {
  bytes,
  either,
  enumeration,
  flag,
  flags,
  latin1,
  length,
  optional,
  pdu,
  prefixed,
  reserved,
  sized,
  struct,
  u16,
  u32,
  utf16,
  type Infer,
} from "@railvail/wire";
import { timeZoneInformation } from "./client-info-time-zone.js";
import { basicSecurityHeader } from "./security-header.js";

/** Options of the logon; bits 9 to 12 hold an {@link InfoCompression}. */
export const InfoFlags = {
  INFO_MOUSE: 0x0000_0001,
  INFO_DISABLECTRLALTDEL: 0x0000_0002,
  INFO_AUTOLOGON: 0x0000_0008,
  INFO_UNICODE: 0x0000_0010,
  INFO_MAXIMIZESHELL: 0x0000_0020,
  INFO_LOGONNOTIFY: 0x0000_0040,
  INFO_COMPRESSION: 0x0000_0080,
  INFO_ENABLEWINDOWSKEY: 0x0000_0100,
  INFO_COMPRESSION_64K: 0x0000_0200,
  INFO_COMPRESSION_RDP6: 0x0000_0400,
  INFO_REMOTECONSOLEAUDIO: 0x0000_2000,
  INFO_FORCE_ENCRYPTED_CS_PDU: 0x0000_4000,
  INFO_RAIL: 0x0000_8000,
  INFO_LOGONERRORS: 0x0001_0000,
  INFO_MOUSE_HAS_WHEEL: 0x0002_0000,
  INFO_PASSWORD_IS_SC_PIN: 0x0004_0000,
  INFO_NOAUDIOPLAYBACK: 0x0008_0000,
  INFO_USING_SAVED_CREDS: 0x0010_0000,
  INFO_AUDIOCAPTURE: 0x0020_0000,
  INFO_VIDEO_DISABLE: 0x0040_0000,
  INFO_RESERVED1: 0x0080_0000,
  INFO_RESERVED2: 0x0100_0000,
  INFO_HIDEF_RAIL_SUPPORTED: 0x0200_0000,
} as const;

/** Compression types as they stand in the flags, under INFO_COMPRESSION. */
export const InfoCompression = {
  PACKET_COMPR_TYPE_8K: 0x0000,
  PACKET_COMPR_TYPE_64K: 0x0200,
  PACKET_COMPR_TYPE_RDP6: 0x0400,
  PACKET_COMPR_TYPE_RDP61: 0x0600,
} as const;

/** Desktop features that the client wants off (DISABLE) or on (ENABLE). */
export const PerformanceFlags = {
  PERF_DISABLE_WALLPAPER: 0x01,
  PERF_DISABLE_FULLWINDOWDRAG: 0x02,
  PERF_DISABLE_MENUANIMATIONS: 0x04,
  PERF_DISABLE_THEMING: 0x08,
  PERF_RESERVED1: 0x10,
  PERF_DISABLE_CURSOR_SHADOW: 0x20,
  PERF_DISABLE_CURSORSETTINGS: 0x40,
  PERF_ENABLE_FONT_SMOOTHING: 0x80,
  PERF_ENABLE_DESKTOP_COMPOSITION: 0x100,
  PERF_RESERVED2: 0x8000_0000,
} as const;

/** Families of `clientAddress`. */
export const AddressFamily = { AF_INET: 2, AF_INET6: 0x17 } as const;

const unicode = flag("infoFlags", InfoFlags.INFO_UNICODE);

/** Text whose stated length leaves out the NUL. */
const text = (lengthField: string) =>
  either(unicode, utf16(sized(lengthField), { nul: "after" }), latin1(sized(lengthField), { nul: "after" }));

/** Text whose stated length counts the NUL. */
const countedText = (lengthField: string) =>
  either(unicode, utf16(sized(lengthField), { nul: "always" }), latin1(sized(lengthField), { nul: "always" }));

/**
 * The user, the password, what to run, and where the client is. Client to server, with the basic
 * security header, whose `flags` have SEC_INFO_PKT. Strings are UTF-16 with INFO_UNICODE and of
 * the client's code page without. `extraInfo` (TS_EXTENDED_INFO_PACKET, [MS-RDPBCGR]
 * 2.2.1.11.1.1.1) came with RDP 5; from `clientTimeZone` on its fields are an optional tail.
 * `autoReconnectCookie` is empty or an `AutoReconnectClient`.
 */
export const ClientInfo = pdu(
  "TS_INFO_PACKET",
  "[MS-RDPBCGR] 2.2.1.11.1.1",
  {
    ...basicSecurityHeader,
    codePage: u32,
    infoFlags: flags(u32, InfoFlags),
    cbDomain: length(u16),
    cbUserName: length(u16),
    cbPassword: length(u16),
    cbAlternateShell: length(u16),
    cbWorkingDir: length(u16),
    domain: text("cbDomain"),
    userName: text("cbUserName"),
    password: text("cbPassword"),
    alternateShell: text("cbAlternateShell"),
    workingDir: text("cbWorkingDir"),
    extraInfo: optional(
      struct({
        clientAddressFamily: enumeration(u16, AddressFamily),
        cbClientAddress: length(u16),
        clientAddress: countedText("cbClientAddress"),
        cbClientDir: length(u16),
        clientDir: countedText("cbClientDir"),
        clientTimeZone: optional(timeZoneInformation),
        clientSessionId: optional(u32),
        performanceFlags: optional(flags(u32, PerformanceFlags)),
        autoReconnectCookie: optional(bytes(prefixed(u16))),
        reserved: optional(struct({ reserved1: reserved(u16), reserved2: reserved(u16) })),
        dynamicDstTimeZoneKeyName: optional(utf16(prefixed(u16))),
        dynamicDaylightTimeDisabled: optional(u16),
      }),
    ),
  },
  { sentBy: "client" },
);
export type ClientInfo = Infer<typeof ClientInfo>;
