import { defaultChannelChunkSize, SecurityFlags } from "@railvail/transport";

/** A static channel, as the client asked for it and the server numbered it. */
export interface StaticChannel {
  readonly id: number;
  readonly name: string;
  /** `ChannelOption` bits. */
  readonly options: number;
  readonly joined: boolean;
}

/** How far a connection is. Each side passes through those that concern it. */
export type Phase =
  /** Nothing was exchanged. */
  | "start"
  /** The client waits for the answer to its negotiation request. */
  | "negotiation"
  /** TLS is being set up by the caller. */
  | "tls"
  /** Basic settings are exchanged: MCS Connect-Initial and Connect-Response. */
  | "settings"
  /** The user attaches and joins channels; on the server it ends with Client Info. */
  | "joining"
  /** The server's application decides on the logon; the client waits for the licensing PDU. */
  | "logon"
  /** Demand Active and Confirm Active. */
  | "capabilities"
  /** Synchronize, Control, Font List and Font Map. */
  | "finalization"
  /** Input, output and channels. */
  | "active"
  | "closed";

/** What both ends of a connection know, and what reading and writing depends on. */
export interface SharedState {
  readonly phase: Phase;
  /** MCS channel that carries capabilities, input and output; 0 before it is known. */
  readonly ioChannelId: number;
  readonly messageChannelId: number | undefined;
  /** The client's user id, which is its channel too; 0 before it is known. */
  readonly userId: number;
  readonly channels: readonly StaticChannel[];
  readonly shareId: number;
  /** The most bytes of data in a chunk of a static channel. */
  readonly chunkSize: number;
  /** The time at which the peer has been silent for too long, in milliseconds; undefined: no limit. */
  readonly deadline: number | undefined;
}

export const sharedStart: SharedState = {
  phase: "start",
  ioChannelId: 0,
  messageChannelId: undefined,
  userId: 0,
  channels: [],
  shareId: 0,
  chunkSize: defaultChannelChunkSize,
  deadline: undefined,
};

/** The server's MCS channel, which is the source of what it sends; [MS-RDPBCGR] 2.2.1.13.1.1. */
export const serverChannelId = 0x03ea;

/** Bytes of a chunk's data by what the server states: 1600 at least, 16,256 at most; [MS-RDPBCGR] 2.2.7.1.10. */
export const chunkSizeOf = (stated: number = defaultChannelChunkSize): number =>
  Math.min(Math.max(stated, defaultChannelChunkSize), 16_256);

/** The header of Client Info and of the licensing messages. */
export const infoHeader = { flags: SecurityFlags.SEC_INFO_PKT, flagsHi: 0 } as const;

/** Phases in which the I/O channel carries messages with a security header instead of share PDUs. */
export const hasSecurityHeader = (phase: Phase): boolean => phase === "joining" || phase === "logon";

/** Phases in which static channels may be used. */
export const channelsOpen = (phase: Phase): boolean =>
  phase === "capabilities" || phase === "finalization" || phase === "active";
