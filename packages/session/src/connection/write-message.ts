import {
  ChannelFlags,
  ChannelOption,
  chunkStaticMessage,
  DataTpdu,
  SendDataIndication,
  SendDataRequest,
} from "@railvail/transport";
import type { Arena, Pdu } from "@railvail/wire";
import { serverChannelId, type SharedState, type StaticChannel } from "./shared-state.js";
import { entryOf, type ConnectionMessage } from "./vocabulary.js";

type Sender = "client" | "server";

/** The most bytes of user data in a Send Data PDU, whose length has up to 14 bits. */
export const maximumUserData = 0x3fff;
/** Bytes that stand for a payload while the headers before it are written. */
const blank = new Uint8Array(maximumUserData + 16);

/** The bytes of a message, in memory of their own. Throws `EncodeError`. */
export function writeMessage(state: SharedState, sender: Sender, { message, value }: ConnectionMessage): Uint8Array {
  const { pdu, carriage } = entryOf(message);
  const bytes = pdu.encode(value);
  if (carriage === "x224") return bytes;
  if (carriage === "mcs") return DataTpdu.encode({ data: bytes });
  return writeData(state, sender, carriage === "io" ? undefined : state.messageChannelId, bytes);
}

/** Data on a channel, or on the I/O channel, with all headers. Throws `EncodeError`. */
export function writeData(
  state: SharedState,
  sender: Sender,
  channelId: number | undefined,
  userData: Uint8Array,
): Uint8Array {
  const value = sendData(state, sender, channelId ?? state.ioChannelId, userData);
  return DataTpdu.encode({ data: sendDataPdu(sender).encode(value) });
}

/** The headers of the last message that was one chunk: those of a dynamic channel are, and most have one size. */
export interface KeptHead {
  channel: StaticChannel | undefined;
  size: number;
  bytes: Uint8Array;
}

export const noHead = (): KeptHead => ({ channel: undefined, size: 0, bytes: blank });

/** The chunks of a message of a static channel with all headers, which are made in `arena`; [MS-RDPBCGR] 3.1.5.2.1. */
export function channelSegments(
  state: SharedState,
  sender: Sender,
  channel: StaticChannel,
  message: readonly Uint8Array[],
  arena: Arena,
  kept: KeptHead,
): Uint8Array[] {
  let size = 0;
  for (const { length } of message) size += length;
  if (size === 0 || size > state.chunkSize) return chunks(state, sender, channel, message, arena);
  if (kept.channel !== channel || kept.size !== size) {
    const head = chunks(state, sender, channel, [blank.subarray(0, size)], arena).slice(0, -1);
    kept.bytes = Uint8Array.from(head.flatMap((part) => [...part]));
    kept.channel = channel;
    kept.size = size;
  }
  return [kept.bytes, ...message];
}

function chunks(
  state: SharedState,
  sender: Sender,
  channel: StaticChannel,
  message: readonly Uint8Array[],
  arena: Arena,
): Uint8Array[] {
  const shows = (channel.options & ChannelOption.CHANNEL_OPTION_SHOW_PROTOCOL) !== 0;
  const flags = shows ? ChannelFlags.CHANNEL_FLAG_SHOW_PROTOCOL : 0;
  return chunkStaticMessage(message, arena, { chunkSize: state.chunkSize, flags }).flatMap((chunk) => {
    const size = chunk.reduce((sum, { length }) => sum + length, 0);
    return [...dataHead(state, sender, channel.id, size, arena), ...chunk];
  });
}

/** What stands before `size` bytes of data on a channel, up to {@link maximumUserData}; made in `arena`. */
function dataHead(state: SharedState, sender: Sender, channelId: number, size: number, arena: Arena): Uint8Array[] {
  const value = sendData(state, sender, channelId, blank.subarray(0, size));
  const [inner = blank] = sendDataPdu(sender).segments(value, arena);
  const [outer = blank] = DataTpdu.segments({ data: blank.subarray(0, inner.length + size) }, arena);
  return [outer, inner];
}

const sendDataPdu = (sender: Sender): Pdu<SendDataRequest> =>
  sender === "client" ? SendDataRequest : SendDataIndication;

const sendData = (state: SharedState, sender: Sender, channelId: number, userData: Uint8Array): SendDataRequest => ({
  initiator: sender === "client" ? state.userId : serverChannelId,
  channelId,
  dataPriority: 1,
  segmentation: 3,
  userData,
});
