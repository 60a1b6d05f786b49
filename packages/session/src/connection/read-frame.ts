import {
  CompressedType,
  dataTpduHeaderSize,
  DisconnectProviderUltimatum,
  FastPathInput,
  FastPathOutput,
  fastPathInputPdus,
  fastPathOutputPdus,
  licenseMessages,
  mcsPdus,
  messageChannelPdus,
  SecurityFlags,
  SendDataIndication,
  SendDataRequest,
  ShareData,
  sharePdu,
  sharePduLength,
  ClientInfo,
  DataTpdu,
  x224Pdus,
} from "@railvail/transport";
import { DecodeError, type Pdu, type Source } from "@railvail/wire";
import type { ConnectionRule } from "./rules.js";
import { hasSecurityHeader, type SharedState } from "./shared-state.js";

/** What a frame holds. Values are views of the frame's memory. */
export interface FrameSink {
  pdu(pdu: Pdu, value: unknown): void;
  /** Data on an MCS channel other than the I/O and the message channel. */
  channelData(channelId: number, source: Source, offset: number, end: number): void;
  /** The frame or a part of it is not used. */
  problem(rule: ConnectionRule, detail?: string): void;
}

type Sender = "client" | "server";

/** Reads one frame of the stream of `sender`. Never throws. */
export function readFrame(
  state: SharedState,
  sender: Sender,
  source: Source,
  offset: number,
  end: number,
  sink: FrameSink,
): void {
  const tpdu = x224Pdus.match(source, offset, end);
  if (tpdu !== DataTpdu) {
    readAs(tpdu, source, offset, end, sink);
    return;
  }
  const start = offset + dataTpduHeaderSize;
  const mcs = mcsPdus.match(source, start, end);
  if (mcs !== SendDataRequest && mcs !== SendDataIndication) {
    readAs(mcs, source, start, end, sink);
    return;
  }
  const data = decoded(mcs, source, start, end, sink) as SendDataRequest | undefined;
  if (data === undefined) return;
  const { channelId, initiator, userData } = data;
  if (mcs !== (sender === "client" ? SendDataRequest : SendDataIndication)) {
    sink.problem("out-of-place", `${mcs.name} comes from the other side`);
    return;
  }
  if (sender === "client" && initiator !== state.userId) sink.problem("wrong-user", `user ${initiator}`);
  const from = userData.byteOffset - source.bytes.byteOffset;
  const to = from + userData.length;
  if (channelId === state.ioChannelId) readIo(state, sender, source, from, to, sink);
  else if (channelId === state.messageChannelId) {
    readAs(messageChannelPdus.match(source, from, to), source, from, to, sink);
  } else sink.channelData(channelId, source, from, to);
}

/** A fast-path packet: `FastPathOutput` from the server, `FastPathInput` from the client. */
export function readFastPath(sender: Sender, source: Source, offset: number, end: number, sink: FrameSink): void {
  const family = sender === "client" ? fastPathInputPdus : fastPathOutputPdus;
  const pdu = family.match(source, offset, end, sender);
  if (pdu === FastPathInput || pdu === FastPathOutput) readAs(pdu, source, offset, end, sink);
  else sink.problem("encrypted");
}

function readIo(state: SharedState, sender: Sender, source: Source, from: number, to: number, sink: FrameSink): void {
  if (hasSecurityHeader(state.phase)) {
    readSecured(source, from, to, sink);
    return;
  }
  for (let at = from; at < to;) {
    const length = sharePduLength(source, at, to);
    if (length === undefined) {
      sink.problem("malformed", `${to - at} bytes after the last share PDU`);
      return;
    }
    const pdu = sharePdu(source, at, at + length, sender);
    const value = pdu === undefined ? undefined : decoded(pdu, source, at, at + length, sink);
    if (pdu === ShareData && value !== undefined && isCompressed(value as ShareData)) sink.problem("compressed");
    else if (pdu !== undefined && value !== undefined) sink.pdu(pdu, value);
    at += length;
  }
}

const isCompressed = ({ compressedType }: ShareData): boolean => (compressedType & CompressedType.compressed) !== 0;

/** [MS-RDPBCGR] 2.2.8.1.1.2.1: the flags of the basic security header say what the message is. */
function readSecured(source: Source, from: number, to: number, sink: FrameSink): void {
  const flags = from + 2 > to ? 0 : source.view.getUint16(from, true);
  if ((flags & SecurityFlags.SEC_ENCRYPT) !== 0) sink.problem("encrypted");
  else if ((flags & SecurityFlags.SEC_INFO_PKT) !== 0) readAs(ClientInfo, source, from, to, sink);
  else if ((flags & SecurityFlags.SEC_LICENSE_PKT) !== 0) {
    readAs(licenseMessages.match(source, from, to, "server"), source, from, to, sink);
  } else readAs(messageChannelPdus.match(source, from, to), source, from, to, sink);
}

function readAs(pdu: Pdu | undefined, source: Source, offset: number, end: number, sink: FrameSink): void {
  if (pdu === undefined) {
    sink.problem("unknown");
    return;
  }
  const value = decoded(pdu, source, offset, end, sink);
  if (value !== undefined) sink.pdu(pdu, value);
}

function decoded(pdu: Pdu, source: Source, offset: number, end: number, sink: FrameSink): unknown {
  try {
    return pdu.read(source, offset, end);
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    sink.problem("malformed", error.message);
    // An ultimatum ends the connection, whatever it says.
    return pdu === DisconnectProviderUltimatum ? { reason: 0 } : undefined;
  }
}
