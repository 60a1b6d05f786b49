import {
  BandwidthResultsType,
  BandwidthStartType,
  RttRequestType,
  type NetworkCharacteristicsResult,
} from "@railvail/transport";
import type { ClientState, ClientStep } from "./client-state.js";
import { same } from "./common-output.js";
import { violation } from "./rules.js";
import { send, type ConnectionMessage, type ConnectionSend } from "./vocabulary.js";

/** A measurement of the bandwidth that has begun. */
export interface BandwidthMeasurement {
  /** Milliseconds of the caller's clock. */
  readonly startedAt: number;
  /** Bytes of payloads, which alone count during the connection sequence; undefined after it: all bytes count. */
  readonly payload: number | undefined;
  /** Bytes that came before it began. */
  readonly bytesBefore: number;
}

/** What the server may ask of a client that detects the network; [MS-RDPBCGR] 2.2.14.1. */
type AutoDetectName =
  | "rttRequest"
  | "bandwidthStart"
  | "bandwidthPayload"
  | "bandwidthStop"
  | "bandwidthStopConnectTime"
  | "networkCharacteristicsResult";
type AutoDetectMessage = Extract<ConnectionMessage, { message: AutoDetectName }>;

const names: ReadonlySet<string> = new Set<AutoDetectName>([
  "rttRequest",
  "bandwidthStart",
  "bandwidthPayload",
  "bandwidthStop",
  "bandwidthStopConnectTime",
  "networkCharacteristicsResult",
]);

export const isAutoDetect = (message: ConnectionMessage): message is AutoDetectMessage => names.has(message.message);

/**
 * [MS-RDPBCGR] 2.2.14, 3.2.5.14: requests are answered at once, in any phase. `bytes` came in all so far,
 * this message among them.
 */
export function detected(state: ClientState, message: AutoDetectMessage, now: number, bytes: number): ClientStep {
  const { measurement } = state;
  switch (message.message) {
    case "rttRequest": {
      const { sequenceNumber, requestType } = message.value;
      const known = requestType === RttRequestType.connectTime ? knownNetwork(state, sequenceNumber) : [];
      const response = send("rttResponse", { flags: 0, flagsHi: 0, sequenceNumber });
      return same(state, ...(known.length > 0 ? known : [response]));
    }
    case "bandwidthStart": {
      const { sequenceNumber, requestType } = message.value;
      const payload = requestType === BandwidthStartType.connectTime ? 0 : undefined;
      const known = payload === undefined ? [] : knownNetwork(state, sequenceNumber);
      return same({ ...state, measurement: { startedAt: now, payload, bytesBefore: bytes } }, ...known);
    }
    case "bandwidthPayload": {
      if (measurement?.payload === undefined) return notMeasuring(state, message);
      const payload = measurement.payload + message.value.payload.length;
      return same({ ...state, measurement: { ...measurement, payload } });
    }
    case "bandwidthStop": {
      if (measurement === undefined || measurement.payload !== undefined) return notMeasuring(state, message);
      const responseType = BandwidthResultsType.continuous;
      return measured(state, message.value, responseType, now - measurement.startedAt, bytes - measurement.bytesBefore);
    }
    case "bandwidthStopConnectTime": {
      if (measurement?.payload === undefined) return notMeasuring(state, message);
      const byteCount = measurement.payload + message.value.payload.length;
      return measured(state, message.value, BandwidthResultsType.connectTime, now - measurement.startedAt, byteCount);
    }
    case "networkCharacteristicsResult":
      return same(state, characteristics(message.value));
  }
}

/** [MS-RDPBCGR] 2.2.14.2.3: a client that comes back says what was found out before. */
function knownNetwork({ settings }: ClientState, sequenceNumber: number): ConnectionSend[] {
  const network = settings.reconnection?.network;
  if (network === undefined) return [];
  const { bandwidth, rtt } = network;
  return [send("networkCharacteristicsSync", { flags: 0, flagsHi: 0, sequenceNumber, bandwidth, rtt })];
}

const notMeasuring = (state: ClientState, { message }: AutoDetectMessage): ClientStep =>
  same(state, violation("peer", "out-of-place", `${message} without a start`));

/** [MS-RDPBCGR] 2.2.14.2.2. The stop itself counts: its bytes took their time too. */
function measured(
  state: ClientState,
  { sequenceNumber }: { readonly sequenceNumber: number },
  responseType: number,
  timeDelta: number,
  byteCount: number,
): ClientStep {
  const results = send("bandwidthResults", {
    flags: 0,
    flagsHi: 0,
    sequenceNumber,
    responseType,
    timeDelta: clamped(timeDelta),
    byteCount: clamped(byteCount),
  });
  return { state: { ...state, measurement: undefined }, outputs: [results] };
}

/** A clock that goes back, or has fractions, makes no number that cannot be sent. */
const clamped = (value: number): number => Math.min(Math.max(Math.round(value), 0), 0xffff_ffff);

const characteristics = ({ baseRTT, bandwidth, averageRTT }: NetworkCharacteristicsResult) =>
  ({ type: "networkCharacteristics", baseRTT, bandwidth, averageRTT }) as const;
