import type { Pdu, Source } from "@railvail/wire";
import { autoDetectTypeOffset } from "./auto-detect-header.js";
import {
  bandwidthPayloadType,
  bandwidthStopConnectTimeType,
  BandwidthPayload,
  BandwidthStart,
  BandwidthStartType,
  BandwidthStop,
  BandwidthStopConnectTime,
  BandwidthStopType,
  NetworkCharacteristicsResult,
  NetworkCharacteristicsResultType,
  RttRequest,
  RttRequestType,
} from "./auto-detect-request.js";
import {
  BandwidthResults,
  BandwidthResultsType,
  NetworkCharacteristicsSync,
  networkCharacteristicsSyncType,
  RttResponse,
  rttResponseType,
} from "./auto-detect-response.js";
import { Heartbeat } from "./heartbeat.js";
import { MultitransportRequest, MultitransportResponse } from "./multitransport.js";
import { SecurityFlags } from "./security-header.js";

/** Numbers that mean one message. */
const each = (types: Readonly<Record<string, number>>, of: Pdu): (readonly [number, Pdu])[] =>
  Object.values(types).map((type) => [type, of]);

const requests: ReadonlyMap<number, Pdu> = new Map<number, Pdu>([
  ...each(RttRequestType, RttRequest),
  ...each(BandwidthStartType, BandwidthStart),
  [bandwidthPayloadType, BandwidthPayload],
  ...each(BandwidthStopType, BandwidthStop),
  [bandwidthStopConnectTimeType, BandwidthStopConnectTime],
  ...each(NetworkCharacteristicsResultType, NetworkCharacteristicsResult),
]);
const responses: ReadonlyMap<number, Pdu> = new Map<number, Pdu>([
  [rttResponseType, RttResponse],
  ...each(BandwidthResultsType, BandwidthResults),
  [networkCharacteristicsSyncType, NetworkCharacteristicsSync],
]);

const { SEC_AUTODETECT_REQ, SEC_AUTODETECT_RSP, SEC_HEARTBEAT, SEC_TRANSPORT_REQ, SEC_TRANSPORT_RSP } = SecurityFlags;
/** Flags that say what a message is. */
const identifying = SEC_AUTODETECT_REQ | SEC_AUTODETECT_RSP | SEC_HEARTBEAT | SEC_TRANSPORT_REQ | SEC_TRANSPORT_RSP;

/**
 * The messages of the MCS message channel, with their security header. They have no common field
 * that `Family` could describe: a flag of the header tells them, and of auto-detect messages their
 * type. Some servers send them on the I/O channel while the connection is set up.
 */
export const messageChannelPdus = {
  name: "message channel",
  members: [
    ...new Set([...requests.values(), ...responses.values()]),
    Heartbeat,
    MultitransportRequest,
    MultitransportResponse,
  ] as readonly Pdu[],

  /**
   * The PDU that the bytes from `offset` to `end` are: undefined if their flags are those of none,
   * or the type of an auto-detect message is not one that is known.
   */
  match(source: Source, offset: number, end: number): Pdu | undefined {
    if (offset + 2 > end) return undefined;
    switch (source.view.getUint16(offset, true) & identifying) {
      case SEC_AUTODETECT_REQ:
        return requests.get(autoDetectType(source, offset, end) ?? -1);
      case SEC_AUTODETECT_RSP:
        return responses.get(autoDetectType(source, offset, end) ?? -1);
      case SEC_HEARTBEAT:
        return Heartbeat;
      case SEC_TRANSPORT_REQ:
        return MultitransportRequest;
      case SEC_TRANSPORT_RSP:
        return MultitransportResponse;
      default:
        return undefined;
    }
  },
};

/** `requestType` or `responseType`; undefined if the bytes end before it. */
function autoDetectType({ view }: Source, offset: number, end: number): number | undefined {
  const at = offset + autoDetectTypeOffset;
  return at + 2 > end ? undefined : view.getUint16(at, true);
}
