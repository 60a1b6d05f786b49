import { Messages, send, violationsOf, type MessageOf, type Send, type Violation } from "@railvail/wire";
import { CapabilitiesRequest, CapabilitiesResponse } from "./pdu/drdynvc-capabilities.js";
import { Close } from "./pdu/drdynvc-close.js";
import { CreateRequest, CreateResponse } from "./pdu/drdynvc-create.js";
import { Data, DataCompressed, DataFirst, DataFirstCompressed } from "./pdu/drdynvc-data.js";
import { dynamicChannelPdus } from "./pdu/drdynvc-family.js";
import { SoftSyncRequest, SoftSyncResponse } from "./pdu/drdynvc-soft-sync.js";

const pdus = {
  capabilitiesRequest: CapabilitiesRequest,
  capabilitiesResponse: CapabilitiesResponse,
  createRequest: CreateRequest,
  createResponse: CreateResponse,
  dataFirst: DataFirst,
  data: Data,
  dataFirstCompressed: DataFirstCompressed,
  dataCompressed: DataCompressed,
  close: Close,
  softSyncRequest: SoftSyncRequest,
  softSyncResponse: SoftSyncResponse,
};

/** The messages of the static channel `drdynvc`, by name. */
export const drdynvcVocabulary = new Messages(dynamicChannelPdus, pdus);
export type DrdynvcMessage = MessageOf<typeof pdus>;

/** What a peer or the application can do wrong, and what it means. Unless said, nothing comes of it. */
export const drdynvcRules = {
  "not-open": "the static channel is not open",
  "already-open": "the static channel is open already",
  "not-ready": "the versions are not exchanged; a client takes a request to create a channel all the same",
  "wrong-direction": "only the other side sends this message",
  "caps-again": "the version was stated a second time; the first counts, and a client confirms it again",
  "caps-late": "the client answered after the server had given up; no channel is created",
  version: "there is no such version, or it was not offered; the nearest one counts",
  unavailable: "the client does not answer, so no channel can be created",
  name: "the name is empty, has a character that is not Latin-1 or is NUL, or is too long",
  "too-many-channels": "more channels than are allowed at a time; a client refuses the new one",
  "channel-id-in-use": "a channel with this id is open; it stays, and the new one is refused",
  "unasked-response": "no request to create this channel waits for a response",
  "not-created": "the client uses a channel before it has accepted it",
  "unknown-channel": "no channel with this id is open",
  "not-negotiated": "compressed data needs version 3; it is read all the same",
  "unasked-soft-sync": "the server did not ask to move channels to another transport",
  "closes-forgotten": "so many channels were closed that late data of the oldest will look unknown",
} as const;
export type DrdynvcRule = keyof typeof drdynvcRules;

export interface DrdynvcViolation extends Violation<DrdynvcRule> {
  /** The dynamic channel that it is about, if it is about one. */
  readonly channelId: number | undefined;
}

/** What a machine wants sent on the static channel. */
export interface DrdynvcSend extends Send<DrdynvcMessage> {
  /** If given, it goes after the data of this class that waits. */
  readonly priority?: number;
}

/**
 * Data of an open channel, to be put together by a `DrdynvcReceiver`. `data` is a view of the message
 * received.
 */
export interface DrdynvcPart {
  readonly type: "part";
  readonly channelId: number;
  /** The bytes of the message that begins here; undefined if it continues one, or is one. */
  readonly length: number | undefined;
  /** `data` is an RDP_SEGMENTED_DATA structure. */
  readonly compressed: boolean;
  readonly data: Uint8Array;
}

/** A message of an open channel, to be cut and sent by a `DrdynvcSender`. */
export interface DrdynvcWrite {
  readonly type: "write";
  readonly channelId: number;
  /** The class, 0 to 3. */
  readonly priority: number;
  readonly compressed: boolean;
  /** In parts that follow each other. */
  readonly message: readonly Uint8Array[];
}

/** A channel is gone: the last that is said of it. `by` the end of the static channel: `connection`. */
export interface DrdynvcClosed {
  readonly type: "closed";
  readonly channelId: number;
  readonly name: string;
  readonly by: "peer" | "local" | "connection";
}

/** The versions are exchanged. */
export interface DrdynvcReady {
  readonly type: "ready";
  /** The version that both speak. */
  readonly version: number;
  /** What a byte of each class costs, [MS-RDPEDYC] 2.2.1.1.2; undefined: there are no classes. */
  readonly priorityCharges: PriorityCharges | undefined;
}

/** For classes 0 to 3, from 0 to 65535: a class gets bandwidth in inverse proportion, or at once with 0. */
export type PriorityCharges = readonly [number, number, number, number];

/** `CreationStatus` values: an HRESULT field in which clients put NTSTATUS values. */
export const CreationStatus = {
  success: 0,
  unsuccessful: 0xc000_0001 | 0,
  noMemory: 0xc000_0017 | 0,
  /** There is no listener of this name. */
  notFound: 0xc000_0225 | 0,
} as const;

const violation = violationsOf(drdynvcRules);

export const drdynvcViolation = (
  by: DrdynvcViolation["by"],
  rule: DrdynvcRule,
  channelId?: number,
): DrdynvcViolation => ({ ...violation(by, rule), channelId });

export const drdynvcSend = send<DrdynvcMessage>;

/** Closes a channel, after what was written on it. */
export const closeMessage = (channelId: number, priority: number): DrdynvcSend => ({
  type: "send",
  message: { message: "close", value: { sp: 0, channelId } },
  priority,
});
