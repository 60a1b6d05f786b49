/** Makes the bytes of sessions with the encoders of the packages. */
import {
  ChannelFlags,
  chunkStaticMessage,
  ConnectInitial,
  ConnectionConfirm,
  ConnectionRequest,
  ConnectResponse,
  CreateRequest,
  CreateResponse,
  Data,
  DataTpdu,
  FastPathOutput,
  fragmentDynamicMessage,
  segmentMessage,
  SendDataIndication,
  SendDataRequest,
  type FastPathUpdate,
} from "@railvail/transport";
import { Arena } from "@railvail/wire";
import type { Direction } from "../src/index.js";

export const concat = (...parts: readonly ArrayLike<number>[]): Uint8Array =>
  Uint8Array.from(parts.flatMap((part) => Array.from(part)));

export const bytesOf = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex.replaceAll(" ", ""), "hex"));

/** An MCS PDU in its TPKT packet. */
export const packet = (mcs: Uint8Array): Uint8Array => DataTpdu.encode({ data: mcs });

export function sendData(direction: Direction, channelId: number, userData: Uint8Array): Uint8Array {
  const value = { initiator: 1007, channelId, dataPriority: 1, segmentation: 3, userData };
  return packet((direction === "c2s" ? SendDataRequest : SendDataIndication).encode(value));
}

/** A message of a static channel, in chunks. */
export function channelMessage(
  direction: Direction,
  channelId: number,
  message: Uint8Array,
  chunkSize = 1600,
): Uint8Array[] {
  return chunkStaticMessage([message], new Arena(), { chunkSize }).map((parts) =>
    sendData(direction, channelId, concat(...parts)),
  );
}

/** One chunk with flags of its own making. */
export function chunk(length: number, flags: number, data: Uint8Array): Uint8Array {
  const head = new DataView(new ArrayBuffer(8));
  head.setUint32(0, length, true);
  head.setUint32(4, flags, true);
  return concat(new Uint8Array(head.buffer), data);
}
export const { CHANNEL_FLAG_FIRST: first, CHANNEL_FLAG_LAST: last } = ChannelFlags;

/** Ids of the channels of {@link opening}. */
export const ids = { io: 1003, rail: 1004, rdpsnd: 1005, cliprdr: 1006, drdynvc: 1007, rdpdr: 1008 };
const names = ["rail", "rdpsnd", "cliprdr", "drdynvc", "rdpdr"];

const parameters = {
  maxChannelIds: 34,
  maxUserIds: 2,
  maxTokenIds: 0,
  numPriorities: 1,
  minThroughput: 0,
  maxHeight: 1,
  maxMcsPduSize: 65_535,
  protocolVersion: 2,
};

export const connectionRequest = (): Uint8Array =>
  ConnectionRequest.encode({
    tpdu: { destinationReference: 0, sourceReference: 0, token: "Cookie: mstshash=x" },
  });

export const connectionConfirm = (selectedProtocol = 0): Uint8Array =>
  ConnectionConfirm.encode({
    tpdu: {
      destinationReference: 0,
      sourceReference: 0,
      negotiation: { message: { type: "response", flags: 0, selectedProtocol } },
    },
  });

export interface Opening {
  readonly encryptionMethod?: number;
  readonly channelNames?: readonly string[];
}

/** The settings that both sides exchange: which channels there are, and their ids from 1004 on. */
export function opening({ encryptionMethod = 0, channelNames = names }: Opening = {}): {
  c2s: Uint8Array;
  s2c: Uint8Array;
} {
  const channels = channelNames.map((name) => ({ name, options: 0 }));
  const initial = ConnectInitial.encode({
    callingDomainSelector: Uint8Array.of(1),
    calledDomainSelector: Uint8Array.of(1),
    upwardFlag: 0xff,
    targetParameters: parameters,
    minimumParameters: parameters,
    maximumParameters: parameters,
    userData: { userData: { blocks: [{ body: { type: "network", channels } }] } },
  });
  const channelIds = channelNames.map((_, index) => 1004 + index);
  const response = ConnectResponse.encode({
    result: 0,
    calledConnectId: 0,
    domainParameters: parameters,
    userData: {
      connectPduLength: 42,
      nodeId: 31_219,
      tag: 1,
      result: 0,
      userData: {
        blocks: [
          { body: { type: "network", mcsChannelId: ids.io, channelIds } },
          { body: { type: "security", encryptionMethod, encryptionLevel: 0 } },
          { body: { type: "messageChannel", mcsChannelId: 1099 } },
        ],
      },
    },
  });
  return { c2s: packet(initial), s2c: packet(response) };
}

export const createRequest = (channelId: number, channelName: string): Uint8Array =>
  concat(...channelMessage("s2c", ids.drdynvc, CreateRequest.encode({ priority: 0, channelId, channelName })));

export const createResponse = (channelId: number, creationStatus: number): Uint8Array =>
  concat(...channelMessage("c2s", ids.drdynvc, CreateResponse.encode({ sp: 0, channelId, creationStatus })));

/** A message of a dynamic channel: each drdynvc PDU in its packet. */
export function dynamicMessage(
  direction: Direction,
  channelId: number,
  message: Uint8Array,
  maximumSize = 1600,
): Uint8Array[] {
  return fragmentDynamicMessage(channelId, [message], new Arena(), maximumSize).flatMap((parts) =>
    channelMessage(direction, ids.drdynvc, concat(...parts)),
  );
}

/** A drdynvc Data PDU in its packet. */
export const dynamicData = (direction: Direction, channelId: number, data: Uint8Array): Uint8Array =>
  concat(...channelMessage(direction, ids.drdynvc, Data.encode({ sp: 0, channelId, data })));

export const segmented = (message: Uint8Array): Uint8Array => concat(...segmentMessage([message], new Arena()));

export const fastPath = (...fpOutputUpdates: readonly FastPathUpdate[]): Uint8Array =>
  FastPathOutput.encode({ secureChecksum: 0, fpOutputUpdates: [...fpOutputUpdates] });
