import {
  bytes,
  enumeration,
  flag,
  flags,
  length,
  literal,
  pdu,
  sized,
  u16,
  u32,
  when,
  type Infer,
} from "@railvail/wire";
import { autoDetectPayloadRequest, autoDetectRequest } from "./auto-detect-header.js";

/** `requestType` of {@link RttRequest}: during the connection sequence, or after it and in tunnels. */
export const RttRequestType = { connectTime: 0x1001, continuous: 0x0001 } as const;

/**
 * `requestType` of {@link BandwidthStart}: during the connection sequence; after it and in reliable
 * tunnels; in lossy tunnels.
 */
export const BandwidthStartType = { connectTime: 0x1014, continuous: 0x0014, lossyTunnel: 0x0114 } as const;

/** `requestType` of {@link BandwidthPayload}, of which there is one. */
export const bandwidthPayloadType = 0x0002;

/** `requestType` of {@link BandwidthStop}: after the connection sequence and in reliable tunnels; in lossy tunnels. */
export const BandwidthStopType = { continuous: 0x0429, lossyTunnel: 0x0629 } as const;

/** `requestType` of {@link BandwidthStopConnectTime}. */
export const bandwidthStopConnectTimeType = 0x002b;

/** Bits of `requestType` of {@link NetworkCharacteristicsResult}: the kind, and what is there. */
const resultBits = { RESULT: 0x0800, BASE_RTT: 0x0040, BANDWIDTH: 0x0080 } as const;
const { RESULT, BASE_RTT, BANDWIDTH } = resultBits;

/** `requestType` of {@link NetworkCharacteristicsResult}, by what is there besides `averageRTT`. */
export const NetworkCharacteristicsResultType = {
  baseRtt: RESULT | BASE_RTT,
  bandwidth: RESULT | BANDWIDTH,
  both: RESULT | BASE_RTT | BANDWIDTH,
} as const;

/** RTT Measure Request: to be answered at once with the same `sequenceNumber`. Server to client. */
export const RttRequest = pdu(
  "RDP_RTT_REQUEST",
  "[MS-RDPBCGR] 2.2.14.1.1",
  { ...autoDetectRequest, requestType: enumeration(u16, RttRequestType) },
  { sentBy: "server" },
);
export type RttRequest = Infer<typeof RttRequest>;

/** Bandwidth Measure Start: from here on the client counts bytes and time. Server to client. */
export const BandwidthStart = pdu(
  "RDP_BW_START",
  "[MS-RDPBCGR] 2.2.14.1.2",
  { ...autoDetectRequest, requestType: enumeration(u16, BandwidthStartType) },
  { sentBy: "server" },
);
export type BandwidthStart = Infer<typeof BandwidthStart>;

/**
 * Bandwidth Measure Payload: random bytes to be counted, only during the connection sequence.
 * Server to client.
 */
export const BandwidthPayload = pdu(
  "RDP_BW_PAYLOAD",
  "[MS-RDPBCGR] 2.2.14.1.3",
  {
    ...autoDetectPayloadRequest,
    requestType: literal(u16, bandwidthPayloadType),
    payloadLength: length(u16),
    payload: bytes(sized("payloadLength")),
  },
  { sentBy: "server" },
);
export type BandwidthPayload = Infer<typeof BandwidthPayload>;

/** Bandwidth Measure Stop, after the connection sequence and in tunnels. Server to client. */
export const BandwidthStop = pdu(
  "RDP_BW_STOP",
  "[MS-RDPBCGR] 2.2.14.1.4",
  { ...autoDetectRequest, requestType: enumeration(u16, BandwidthStopType) },
  { sentBy: "server" },
);
export type BandwidthStop = Infer<typeof BandwidthStop>;

/**
 * Bandwidth Measure Stop during the connection sequence: it has the last random bytes, which count.
 * Server to client.
 */
export const BandwidthStopConnectTime = pdu(
  "RDP_BW_STOP",
  "[MS-RDPBCGR] 2.2.14.1.4",
  {
    ...autoDetectPayloadRequest,
    requestType: literal(u16, bandwidthStopConnectTimeType),
    payloadLength: length(u16),
    payload: bytes(sized("payloadLength")),
  },
  { sentBy: "server" },
);
export type BandwidthStopConnectTime = Infer<typeof BandwidthStopConnectTime>;

/**
 * Network Characteristics Result: what the server found out. Server to client. Times are in
 * milliseconds, `bandwidth` is in kilobits per second; `baseRTT`, `bandwidth` or both are there.
 * The bits of `requestType` that say which follow from them; it is 0 in the value.
 */
export const NetworkCharacteristicsResult = pdu(
  "RDP_NETCHAR_RESULTS",
  "[MS-RDPBCGR] 2.2.14.1.5",
  {
    ...autoDetectRequest,
    requestType: flags(u16, resultBits, { always: RESULT }),
    baseRTT: when(flag("requestType", BASE_RTT), u32),
    bandwidth: when(flag("requestType", BANDWIDTH), u32),
    averageRTT: u32,
  },
  { sentBy: "server" },
);
export type NetworkCharacteristicsResult = Infer<typeof NetworkCharacteristicsResult>;
