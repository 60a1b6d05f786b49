import {
  AudioInputDataIncoming,
  AudioInputFormatChange,
  AudioInputFormats,
  AudioInputOpen,
  AudioInputOpenReply,
  AudioInputVersion,
  audioInput,
  rdpsnd,
  rdpsndMessageLength,
  UdpWave,
  UdpWaveLast,
} from "@railvail/audio";
import { decodedWhole, sentMember, type Fits } from "./fitting.js";

/** One audio output message. What belongs on UDP takes any length, so it is no evidence. */
export const soundFits: Fits = (direction, source, offset, end) => {
  if (rdpsndMessageLength(source, offset, end) !== end - offset) return false;
  const pdu = sentMember(rdpsnd, direction, source, offset, end);
  if (pdu === undefined || pdu === UdpWave || pdu === UdpWaveLast) return false;
  return decodedWhole(pdu, source, offset, end) !== undefined;
};

/** More formats than any client lists. */
const formatLimit = 256;
/** HRESULTs from here on are errors. */
const firstError = 0x8000_0000;

/**
 * One audio input message. They are short and have no length, so their values must make sense too;
 * recorded audio (MSG_SNDIN_DATA) can be anything and is no evidence.
 */
export const audioInputFits: Fits = (direction, source, offset, end) => {
  const pdu = sentMember(audioInput, direction, source, offset, end);
  const whole = <T>(of: Parameters<typeof decodedWhole<T>>[0]): T | undefined => decodedWhole(of, source, offset, end);
  switch (pdu) {
    case AudioInputVersion: {
      const version = whole(AudioInputVersion)?.version;
      return version === 1 || version === 2;
    }
    case AudioInputFormats:
      return (whole(AudioInputFormats)?.soundFormats.length ?? 0) > 0;
    case AudioInputOpen:
      return (whole(AudioInputOpen)?.initialFormat ?? formatLimit) < formatLimit;
    case AudioInputOpenReply: {
      const result = whole(AudioInputOpenReply)?.result;
      return result === 0 || (result ?? 0) >= firstError;
    }
    case AudioInputDataIncoming:
      return whole(AudioInputDataIncoming) !== undefined;
    case AudioInputFormatChange:
      return (whole(AudioInputFormatChange)?.newFormat ?? formatLimit) < formatLimit;
    default:
      return false;
  }
};
