import { fixed, latin1, optional, pdu, u16, type Infer } from "@railvail/wire";
import { MessageId, messageHeader, text } from "./header.js";

/** The current version. It brought the unique id of the provider and window association. */
export const channelVersion = 4;

/**
 * The server's version and its name for itself, which becomes a folder of the Start menu; no `..`,
 * quote or space. Servers of version 4 add a GUID without braces; older ones end before it.
 * Strings: at most 510 bytes with NUL. Server to client.
 */
export const ServerCaps = pdu(
  "RDPAPPLIST_SERVER_CAPS_PDU",
  "[WSLG-APPLIST] CAPS server",
  {
    ...messageHeader(MessageId.caps),
    version: u16,
    appListProviderName: text(),
    appListProviderUniqueId: optional(text()),
  },
  { sentBy: "server" },
);
export type ServerCaps = Infer<typeof ServerCaps>;

/** The client's version and language, such as `en_US`. Client to server. */
export const ClientCaps = pdu(
  "RDPAPPLIST_CLIENT_CAPS_PDU",
  "[WSLG-APPLIST] CAPS client",
  {
    ...messageHeader(MessageId.caps),
    version: u16,
    clientLanguageId: latin1(fixed(32), { nul: "padded" }),
  },
  { sentBy: "client" },
);
export type ClientCaps = Infer<typeof ClientCaps>;
