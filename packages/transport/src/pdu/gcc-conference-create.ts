import {
  biased,
  bits,
  block,
  byteLength,
  carrier,
  enumeration,
  length,
  list,
  literal,
  pdu,
  perInteger,
  perLength,
  reserved,
  rest,
  sized,
  tag,
  u16,
  u16be,
  u32be,
  u8,
  union,
  within,
  type Infer,
} from "@railvail/wire";
import { clientClusterFields } from "./client-cluster-data.js";
import { clientCoreFields } from "./client-core-data.js";
import { clientMonitorFields, clientMonitorExtendedFields } from "./client-monitor-data.js";
import { clientNetworkFields } from "./client-network-data.js";
import { clientSecurityFields } from "./client-security-data.js";
import { clientMessageChannelFields, clientMultitransportFields } from "./client-transport-data.js";
import { UserDataType } from "./gcc-user-data-block.js";
import { serverCoreFields } from "./server-core-data.js";
import { serverNetworkFields } from "./server-network-data.js";
import { serverSecurityFields } from "./server-security-data.js";
import { serverMessageChannelFields, serverMultitransportFields } from "./server-transport-data.js";

/** ConnectData key: the object identifier { itu-t recommendation t 124 version 0 1 }, in PER. */
const connectDataKey = {
  keyChoice: literal(u8, 0x00),
  objectIdentifierLength: literal(u8, 5),
  objectIdentifier: literal(u32be, 0x00147c00),
  objectIdentifierEnd: literal(u8, 0x01),
};

/** One set of user data under an H.221 non-standard key of four letters. */
const userDataSet = (key: number) => ({
  numberOfSets: reserved(u8, 1),
  setChoice: reserved(u8, 0xc0),
  keyLength: reserved(u8, 0),
  key: literal(u32be, key),
});

/** The client's settings blocks, in the order they are sent; unknown ones are kept. */
export const clientBlocks = list(
  block({
    blockType: tag(u16),
    blockLength: byteLength(u16),
    body: union("blockType", {
      core: [UserDataType.CS_CORE, clientCoreFields],
      security: [UserDataType.CS_SECURITY, clientSecurityFields],
      network: [UserDataType.CS_NET, clientNetworkFields],
      cluster: [UserDataType.CS_CLUSTER, clientClusterFields],
      monitor: [UserDataType.CS_MONITOR, clientMonitorFields],
      messageChannel: [UserDataType.CS_MCS_MSGCHANNEL, clientMessageChannelFields],
      monitorExtended: [UserDataType.CS_MONITOR_EX, clientMonitorExtendedFields],
      multitransport: [UserDataType.CS_MULTITRANSPORT, clientMultitransportFields],
    }),
  }),
  rest,
);

/** The server's settings blocks, in the order they are sent; unknown ones are kept. */
export const serverBlocks = list(
  block({
    blockType: tag(u16),
    blockLength: byteLength(u16),
    body: union("blockType", {
      core: [UserDataType.SC_CORE, serverCoreFields],
      security: [UserDataType.SC_SECURITY, serverSecurityFields],
      network: [UserDataType.SC_NET, serverNetworkFields],
      messageChannel: [UserDataType.SC_MCS_MSGCHANNEL, serverMessageChannelFields],
      multitransport: [UserDataType.SC_MULTITRANSPORT, serverMultitransportFields],
    }),
  }),
  rest,
);

/** The fields of the request; they also stand inside MCS Connect-Initial. */
export const conferenceCreateRequest = {
  ...connectDataKey,
  connectPduLength: byteLength(perLength, { from: "requestChoice", lenient: true }),
  requestChoice: literal(u16be, 0x0008),
  conferenceName: reserved(u16be, 0x0010),
  conferenceOptions: reserved(u8, 0x00),
  ...userDataSet(0x44756361),
  blocksLength: length(perLength),
  userData: within(sized("blocksLength"), { blocks: clientBlocks }),
};

/** Results of a conference creation, [T124] section 8.7. */
export const ConferenceCreateResult = {
  success: 0,
  userRejected: 1,
  resourcesNotAvailable: 2,
  rejectedForSymmetryBreaking: 3,
  lockedConferenceNotSupported: 4,
} as const;

/** The fields of the response; they also stand inside MCS Connect-Response. */
export const conferenceCreateResponse = {
  ...connectDataKey,
  connectPduLength: perLength,
  responseChoice: literal(u8, 0x14),
  nodeId: biased(u16be, 1001),
  tag: perInteger,
  resultByte: carrier(u8),
  result: enumeration(bits("resultByte", 4, 3), ConferenceCreateResult),
  ...userDataSet(0x4d63446e),
  blocksLength: length(perLength),
  userData: within(sized("blocksLength"), { blocks: serverBlocks }),
};

/**
 * GCC Conference Create Request, PER: the client's settings under the key "Duca". It stands in
 * the user data of MCS Connect-Initial. Client to server.
 */
export const ConferenceCreateRequest = pdu("GCC_CONFERENCE_CREATE_REQUEST", "[T124] 8.7", conferenceCreateRequest, {
  sentBy: "client",
});
export type ConferenceCreateRequest = Infer<typeof ConferenceCreateRequest>;

/**
 * GCC Conference Create Response, PER: the server's settings under the key "McDn". It stands in
 * the user data of MCS Connect-Response. Server to client.
 *
 * `connectPduLength` is a plain value because receivers ignore it and servers write it wrongly:
 * Windows and FreeRDP always send 42, whatever follows.
 */
export const ConferenceCreateResponse = pdu("GCC_CONFERENCE_CREATE_RESPONSE", "[T124] 8.7", conferenceCreateResponse, {
  sentBy: "server",
});
export type ConferenceCreateResponse = Infer<typeof ConferenceCreateResponse>;
