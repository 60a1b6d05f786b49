import { cliprdrMessageLength, cliprdrPadding, clipboardPdu, ClipboardMessageFlags } from "@railvail/cliprdr";
import { railOrderLength, railOrders } from "@railvail/rail";
import { deviceMessageLength, deviceMessages } from "@railvail/rdpdr";
import {
  CapabilitiesRequest,
  CapabilitiesResponse,
  CreateRequest,
  CreateResponse,
  Data,
  DataFirst,
  dynamicChannelPdus,
  sharePdu,
  ShareControl,
  ShareData,
} from "@railvail/transport";
import { sourceOf, type Source } from "@railvail/wire";
import { guessDynamicChannel } from "./dynamic-guess.js";
import { chainFits, decodedWhole, onlyFitting, sentMember, type Fits } from "./fitting.js";
import { isShare } from "./io-channel.js";
import { senderOf } from "./place.js";
import type { Direction } from "./record.js";
import { soundFits } from "./sound-guess.js";

const clipboardFlags = Object.values(ClipboardMessageFlags).reduce((all, flag) => all | flag, 0);

const clipboardFits: Fits = (direction, source, offset, end) => {
  const length = cliprdrMessageLength(source, offset, end);
  if (length === undefined) return false;
  const stop = offset + length;
  if (stop < end && cliprdrPadding(source, stop, end) === undefined) return false;
  if ((source.view.getUint16(offset + 2, true) & ~clipboardFlags) !== 0) return false;
  const family = { match: clipboardPdu };
  const pdu = sentMember(family, direction, source, offset, stop);
  return pdu !== undefined && decodedWhole(pdu, source, offset, stop) !== undefined;
};

/** The versions of the dynamic channel protocol. */
const lastVersion = 3;
const printable = /^[\x20-\x7e]+$/;
/** The largest number of a message of the channels that have one in 32 bits. */
const lastNumber = 0x20;
/** The first two bytes of data in one segment, plain or compressed, or the first one of several. */
const startsLikeSegments = (data: Uint8Array): boolean =>
  (data[0] === 0xe0 && (data[1] === 0x04 || data[1] === 0x24)) || data[0] === 0xe1;

/** The beginning of a message that takes several PDUs: its own header states what the PDU states. */
function startsLikeMessage(length: number, data: Uint8Array): boolean {
  if (data.length >= length || data.length < 8) return false;
  if (startsLikeSegments(data)) return true;
  const { view } = sourceOf(data);
  const number = view.getUint32(0, true);
  return number > 0 && number <= lastNumber && view.getUint32(4, true) === length;
}

/** A drdynvc message; the data it carries must be of a channel that is known. */
const drdynvcFits: Fits = (direction, source, offset, end) => {
  const pdu = sentMember(dynamicChannelPdus, direction, source, offset, end);
  switch (pdu) {
    case CapabilitiesRequest:
    case CapabilitiesResponse: {
      const version = (decodedWhole(pdu, source, offset, end) as CapabilitiesResponse | undefined)?.version;
      return version !== undefined && version >= 1 && version <= lastVersion;
    }
    case CreateRequest:
      return printable.test(decodedWhole(CreateRequest, source, offset, end)?.channelName ?? "");
    case CreateResponse: {
      const response = decodedWhole(CreateResponse, source, offset, end);
      return response !== undefined && response.creationStatus <= 0;
    }
    case Data: {
      const data = decodedWhole(Data, source, offset, end)?.data;
      return data !== undefined && guessDynamicChannel(direction, sourceOf(data), 0, data.length) !== undefined;
    }
    case DataFirst: {
      const first = decodedWhole(DataFirst, source, offset, end);
      return first !== undefined && startsLikeMessage(first.length, first.data);
    }
    default:
      return false;
  }
};

const staticFits: ReadonlyMap<string, Fits> = new Map<string, Fits>([
  ["rail", chainFits(railOrders, railOrderLength)],
  ["cliprdr", clipboardFits],
  ["rdpsnd", soundFits],
  ["rdpdr", chainFits(deviceMessages, deviceMessageLength)],
  ["drdynvc", drdynvcFits],
]);

/**
 * The name of the static channel that a message was sent on, told from its bytes alone: for a
 * connection whose beginning is missing. Undefined if none or several can be.
 */
export function guessStaticChannel(
  direction: Direction,
  source: Source,
  offset: number,
  end: number,
): string | undefined {
  return onlyFitting(staticFits, direction, source, offset, end);
}

/** Whether what was sent on a channel can only be one share PDU, so that it is the I/O channel. */
export function guessIoChannel(direction: Direction, source: Source, offset: number, end: number): boolean {
  if (!isShare(source, offset, end) || source.view.getUint16(offset, true) !== end - offset) return false;
  const pdu = sharePdu(source, offset, end, senderOf(direction));
  if (pdu === undefined || pdu === ShareControl || pdu === ShareData) return false;
  return decodedWhole(pdu, source, offset, end) !== undefined;
}
