import {
  AttachUserConfirm,
  AttachUserRequest,
  AutoReconnectStatus,
  BandwidthPayload,
  BandwidthResults,
  BandwidthStart,
  BandwidthStop,
  BandwidthStopConnectTime,
  ChannelJoinConfirm,
  ChannelJoinRequest,
  ClientInfo,
  ConfirmActive,
  ConnectInitial,
  ConnectionConfirm,
  ConnectionRequest,
  ConnectResponse,
  Control,
  DeactivateAll,
  DemandActive,
  DisconnectProviderUltimatum,
  DisconnectRequest,
  EnhancedServerRedirection,
  ErectDomainRequest,
  FontList,
  FontMap,
  Heartbeat,
  LicenseErrorMessage,
  LicenseRequest,
  MonitorLayout,
  MultitransportRequest,
  MultitransportResponse,
  NetworkCharacteristicsResult,
  NetworkCharacteristicsSync,
  NewLicense,
  PlatformChallenge,
  RttRequest,
  RttResponse,
  SaveSessionInfo,
  SetErrorInfo,
  ShutdownDenied,
  ShutdownRequest,
  Synchronize,
  UpgradeLicense,
} from "@railvail/transport";
import type { MessageOf, Pdu, Send } from "@railvail/wire";

/** Whole TPKT packets. */
const x224 = {
  connectionRequest: ConnectionRequest,
  connectionConfirm: ConnectionConfirm,
  disconnectRequest: DisconnectRequest,
};

/** Inside an X.224 Data TPDU. */
const mcs = {
  connectInitial: ConnectInitial,
  connectResponse: ConnectResponse,
  erectDomain: ErectDomainRequest,
  attachUserRequest: AttachUserRequest,
  attachUserConfirm: AttachUserConfirm,
  channelJoinRequest: ChannelJoinRequest,
  channelJoinConfirm: ChannelJoinConfirm,
  disconnectProvider: DisconnectProviderUltimatum,
};

/** Data on the message channel. */
const messageChannel = {
  rttRequest: RttRequest,
  rttResponse: RttResponse,
  bandwidthStart: BandwidthStart,
  bandwidthPayload: BandwidthPayload,
  bandwidthStop: BandwidthStop,
  bandwidthStopConnectTime: BandwidthStopConnectTime,
  bandwidthResults: BandwidthResults,
  networkCharacteristicsResult: NetworkCharacteristicsResult,
  networkCharacteristicsSync: NetworkCharacteristicsSync,
  heartbeat: Heartbeat,
  multitransportRequest: MultitransportRequest,
  multitransportResponse: MultitransportResponse,
};

/** Data on the I/O channel. */
const io = {
  clientInfo: ClientInfo,
  licenseError: LicenseErrorMessage,
  licenseRequest: LicenseRequest,
  platformChallenge: PlatformChallenge,
  newLicense: NewLicense,
  upgradeLicense: UpgradeLicense,
  demandActive: DemandActive,
  confirmActive: ConfirmActive,
  deactivateAll: DeactivateAll,
  synchronize: Synchronize,
  control: Control,
  fontList: FontList,
  fontMap: FontMap,
  monitorLayout: MonitorLayout,
  setErrorInfo: SetErrorInfo,
  saveSessionInfo: SaveSessionInfo,
  autoReconnectStatus: AutoReconnectStatus,
  serverRedirection: EnhancedServerRedirection,
  shutdownRequest: ShutdownRequest,
  shutdownDenied: ShutdownDenied,
};

/** The messages that drive a connection, by name. */
export const connectionPdus = { ...x224, ...mcs, ...messageChannel, ...io };

/** A message that drives the connection. All others are handed up as they are. */
export type ConnectionMessage = MessageOf<typeof connectionPdus>;
export type ConnectionMessageName = ConnectionMessage["message"];

/** What carries a message: nothing, an X.224 Data TPDU, or data on one of two MCS channels. */
export type Carriage = "x224" | "mcs" | "message" | "io";

interface Entry {
  readonly pdu: Pdu;
  readonly carriage: Carriage;
}

const entriesOf = (table: Readonly<Record<string, Pdu>>, carriage: Carriage): [string, Entry][] =>
  Object.entries(table).map(([name, pdu]) => [name, { pdu, carriage }]);

const byName: ReadonlyMap<string, Entry> = new Map([
  ...entriesOf(x224, "x224"),
  ...entriesOf(mcs, "mcs"),
  ...entriesOf(messageChannel, "message"),
  ...entriesOf(io, "io"),
]);
const names: ReadonlyMap<Pdu, string> = new Map([...byName].map(([name, { pdu }]) => [pdu, name]));

/** The declaration of a message and what carries it. */
export const entryOf = (name: ConnectionMessageName): Entry => byName.get(name) as Entry;

/** The message of a decoded value; undefined if its kind does not drive the connection. */
export function messageOf(pdu: Pdu, value: unknown): ConnectionMessage | undefined {
  const message = names.get(pdu);
  return message === undefined ? undefined : ({ message, value } as ConnectionMessage);
}

type Value<Name extends ConnectionMessageName> = Extract<ConnectionMessage, { readonly message: Name }>["value"];

/** A message to be sent. */
export type ConnectionSend = Send<ConnectionMessage>;

export const send = <Name extends ConnectionMessageName>(message: Name, value: Value<Name>): ConnectionSend => ({
  type: "send",
  message: { message, value } as ConnectionMessage,
});
