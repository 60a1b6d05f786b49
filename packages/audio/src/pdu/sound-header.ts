import { byteLength, literal, reserved, u16, u8 } from "@railvail/wire";

/** Types of audio output messages: [MS-RDPEA] 2.2.1. */
export const SoundMessageType = {
  close: 0x01,
  wave: 0x02,
  setVolume: 0x03,
  setPitch: 0x04,
  waveConfirm: 0x05,
  training: 0x06,
  formats: 0x07,
  cryptKey: 0x08,
  waveEncrypt: 0x09,
  udpWave: 0x0a,
  udpWaveLast: 0x0b,
  qualityMode: 0x0c,
  wave2: 0x0d,
} as const;

/** Size of the common header in bytes. */
export const soundHeaderSize = 4;

/** The common header; `bodySize` counts the bytes after it. `bPad` means nothing. */
export const soundHeader = (type: number) => ({
  msgType: literal(u8, type),
  bPad: reserved(u8),
  bodySize: byteLength(u16, { bias: -soundHeaderSize }),
});
