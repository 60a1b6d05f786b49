import { bytes, enumeration, length, sized, struct, u16, u32, type ValueOf } from "@railvail/wire";

/** Encodings of audio data: the format tags of [RFC2361] and of Windows' mmreg.h. */
export const FormatTag = {
  pcm: 0x0001,
  adpcm: 0x0002,
  ieeeFloat: 0x0003,
  aLaw: 0x0006,
  muLaw: 0x0007,
  imaAdpcm: 0x0011,
  gsm610: 0x0031,
  mpeg: 0x0050,
  mpegLayer3: 0x0055,
  wmaVersion2: 0x0161,
  opus: 0x704f,
  aac: 0xa106,
  extensible: 0xfffe,
} as const;

/** The fields of AUDIO_FORMAT, which are those of WAVEFORMATEX: [MS-RDPEA] 2.2.2.1.1. */
export const audioFormatFields = {
  wFormatTag: enumeration(u16, FormatTag),
  /** Channels. */
  nChannels: u16,
  /** Frames per second. */
  nSamplesPerSec: u32,
  /** Bytes per second. */
  nAvgBytesPerSec: u32,
  /** Bytes of the smallest unit of data; for PCM, of one frame. */
  nBlockAlign: u16,
  /** Bits of a sample; 0 if the encoding has no such number. */
  wBitsPerSample: u16,
  cbSize: length(u16),
  /** What the format tag defines beyond these fields; empty for PCM. */
  data: bytes(sized("cbSize")),
};

/** An audio format in a list or a message. */
export const audioFormat = struct(audioFormatFields);
export type AudioFormat = ValueOf<typeof audioFormatFields>;

/** Uncompressed samples: integers of `bits` bits, signed from 16 bits on, channels interleaved. */
export function pcmFormat(channels: number, samplesPerSecond: number, bits: number): AudioFormat {
  const nBlockAlign = (channels * bits) / 8;
  return {
    wFormatTag: FormatTag.pcm,
    nChannels: channels,
    nSamplesPerSec: samplesPerSecond,
    nAvgBytesPerSec: samplesPerSecond * nBlockAlign,
    nBlockAlign,
    wBitsPerSample: bits,
    data: new Uint8Array(0),
  };
}

/** Bytes of the whole frames that fit into a time; WSLg plays blocks of 5 ms, at 44,100 Hz 220 frames. */
export const pcmSize = ({ nSamplesPerSec, nBlockAlign }: AudioFormat, milliseconds: number): number =>
  Math.floor((nSamplesPerSec * milliseconds) / 1000) * nBlockAlign;
