import { enumeration, literal, pdu, u16, u32, type Infer } from "@railvail/wire";
import { autoDetectResponse } from "./auto-detect-header.js";

/** `responseType` of {@link RttResponse}, of which there is one. */
export const rttResponseType = 0x0000;

/** `responseType` of {@link BandwidthResults}: during the connection sequence, or after it and in tunnels. */
export const BandwidthResultsType = { connectTime: 0x0003, continuous: 0x000b } as const;

/** `responseType` of {@link NetworkCharacteristicsSync}, of which there is one. */
export const networkCharacteristicsSyncType = 0x0018;

/** RTT Measure Response, with the `sequenceNumber` of the request. Client to server. */
export const RttResponse = pdu(
  "RDP_RTT_RESPONSE",
  "[MS-RDPBCGR] 2.2.14.2.1",
  { ...autoDetectResponse, responseType: literal(u16, rttResponseType) },
  { sentBy: "client" },
);
export type RttResponse = Infer<typeof RttResponse>;

/**
 * Bandwidth Measure Results: `timeDelta` milliseconds between start and stop, and the bytes that
 * came in that time. Client to server.
 */
export const BandwidthResults = pdu(
  "RDP_BW_RESULTS",
  "[MS-RDPBCGR] 2.2.14.2.2",
  {
    ...autoDetectResponse,
    responseType: enumeration(u16, BandwidthResultsType),
    timeDelta: u32,
    byteCount: u32,
  },
  { sentBy: "client" },
);
export type BandwidthResults = Infer<typeof BandwidthResults>;

/**
 * Network Characteristics Sync: instead of measuring again after an automatic reconnection, the
 * client says what was found before. `bandwidth` in kilobits per second, `rtt` in milliseconds.
 * Client to server.
 */
export const NetworkCharacteristicsSync = pdu(
  "RDP_NETCHAR_SYNC",
  "[MS-RDPBCGR] 2.2.14.2.3",
  {
    ...autoDetectResponse,
    responseType: literal(u16, networkCharacteristicsSyncType),
    bandwidth: u32,
    rtt: u32,
  },
  { sentBy: "client" },
);
export type NetworkCharacteristicsSync = Infer<typeof NetworkCharacteristicsSync>;
