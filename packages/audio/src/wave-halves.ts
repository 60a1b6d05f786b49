import type { WaveData, WaveInfo } from "./pdu/wave.js";

/** Bytes of audio in the first half. */
const inFirstHalf = 4;
/** What `bodySize` of the first half counts beside the audio. */
const beside = 8;
/** The most audio that the two halves can hold, in bytes. */
export const maxWaveSize = 0xffff - beside;

/** An audio block for clients below version 8. */
export interface Wave {
  readonly wTimeStamp: number;
  readonly wFormatNo: number;
  readonly cBlockNo: number;
  /** From 4 to 65527 bytes. */
  readonly data: Uint8Array;
}

/** The two messages of a block: [MS-RDPEA] 2.2.3.3 and 2.2.3.4. Throws RangeError by size. */
export function splitWave(wave: Wave): readonly [WaveInfo, WaveData] {
  const { data, ...names } = wave;
  if (data.length < inFirstHalf || data.length > maxWaveSize) {
    throw new RangeError(`a split block holds ${inFirstHalf} to ${maxWaveSize} bytes, not ${data.length}`);
  }
  return [
    { ...names, bodySize: data.length + beside, data: data.subarray(0, inFirstHalf) },
    { data: data.subarray(inFirstHalf) },
  ];
}

/** The block of two halves; its data is a copy. How long it should be: {@link waveSize}. */
export function joinWave(info: WaveInfo, rest: WaveData): Wave {
  const data = new Uint8Array(info.data.length + rest.data.length);
  data.set(info.data);
  data.set(rest.data, info.data.length);
  return { wTimeStamp: info.wTimeStamp, wFormatNo: info.wFormatNo, cBlockNo: info.cBlockNo, data };
}

/** Bytes of audio that the first half announces; negative if it announces nonsense. */
export const waveSize = (info: WaveInfo): number => info.bodySize - beside;

/** Bytes of the second message that the first half announces: 4 of padding and the audio left. */
export const waveDataMessageSize = (info: WaveInfo): number => waveSize(info);
