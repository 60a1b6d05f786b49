import {
  byteLength,
  count,
  counted,
  enumeration,
  flags,
  list,
  pad,
  pdu,
  struct,
  u16,
  u32,
  type Infer,
} from "@railvail/wire";
import { DynamicCommand, plainHeader } from "./drdynvc-header.js";

/** What a Soft-Sync request says. */
export const SoftSyncFlags = {
  SOFT_SYNC_TCP_FLUSHED: 0x01,
  SOFT_SYNC_CHANNEL_LIST_PRESENT: 0x02,
} as const;

/** Transports to which channels can be switched. */
export const TunnelType = { TUNNELTYPE_UDPFECR: 1, TUNNELTYPE_UDPFECL: 3 } as const;

/**
 * From now on the server writes the listed channels to other transports. Server to client.
 * Version 3. Its length counts from itself on.
 */
export const SoftSyncRequest = pdu(
  "DYNVC_SOFT_SYNC_REQUEST",
  "[MS-RDPEDYC] 2.2.5.1",
  {
    ...plainHeader(DynamicCommand.softSyncRequest),
    padding: pad(1),
    length: byteLength(u32, { from: "length" }),
    flags: flags(u16, SoftSyncFlags),
    numberOfTunnels: count(u16),
    channelLists: list(
      struct({
        tunnelType: enumeration(u32, TunnelType),
        numberOfChannels: count(u16),
        channelIds: list(u32, counted("numberOfChannels")),
      }),
      counted("numberOfTunnels"),
    ),
  },
  { sentBy: "server" },
);
export type SoftSyncRequest = Infer<typeof SoftSyncRequest>;

/** The transports to which the client switches too. Client to server. Version 3. */
export const SoftSyncResponse = pdu(
  "DYNVC_SOFT_SYNC_RESPONSE",
  "[MS-RDPEDYC] 2.2.5.2",
  {
    ...plainHeader(DynamicCommand.softSyncResponse),
    padding: pad(1),
    numberOfTunnels: count(u32),
    tunnels: list(enumeration(u32, TunnelType), counted("numberOfTunnels")),
  },
  { sentBy: "client" },
);
export type SoftSyncResponse = Infer<typeof SoftSyncResponse>;
