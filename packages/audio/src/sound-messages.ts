import { Family, type Source } from "@railvail/wire";
import { SetPitch, SetVolume, SoundClose, WaveConfirm } from "./pdu/sound-control.js";
import { ClientSoundFormats, ServerSoundFormats } from "./pdu/sound-formats.js";
import { soundHeaderSize, SoundMessageType } from "./pdu/sound-header.js";
import { CryptKey, SoundQualityMode, Training, TrainingConfirm } from "./pdu/sound-setup.js";
import { UdpWave, UdpWaveLast, WaveEncrypt } from "./pdu/udp-wave.js";
import { Wave2, WaveInfo } from "./pdu/wave.js";

/** The names of the channels of audio output, [MS-RDPEA] 2.1: a static one and two dynamic ones. */
export const soundChannels = {
  static: "rdpsnd",
  dynamic: "AUDIO_PLAYBACK_DVC",
  lossy: "AUDIO_PLAYBACK_LOSSY_DVC",
} as const;

/**
 * The messages of audio output: of the {@link soundChannels}, and over UDP. What follows a WaveInfo is a
 * `WaveData`, which has no type and is not here.
 */
export const rdpsnd = new Family("audio output message", "msgType", [
  SoundClose,
  WaveInfo,
  SetVolume,
  SetPitch,
  WaveConfirm,
  Training,
  TrainingConfirm,
  ServerSoundFormats,
  ClientSoundFormats,
  CryptKey,
  WaveEncrypt,
  UdpWave,
  UdpWaveLast,
  SoundQualityMode,
  Wave2,
]);

const waveInfoSize = 16;

/**
 * The length in bytes, header included, of the audio output message at `offset`; undefined if the
 * header is not complete or states more bytes than there are. A WaveInfo always takes 16: the size
 * in its header is that of both halves. The two UDP messages take what is there. Not for
 * `WaveData`, which has no header: its size is `waveDataMessageSize` of the WaveInfo before it.
 */
export function rdpsndMessageLength(source: Source, offset: number, end: number): number | undefined {
  const available = end - offset;
  if (available < 1) return undefined;
  const type = source.view.getUint8(offset);
  if (type === SoundMessageType.udpWave || type === SoundMessageType.udpWaveLast) return available;
  if (available < soundHeaderSize) return undefined;
  const length =
    type === SoundMessageType.wave ? waveInfoSize : soundHeaderSize + source.view.getUint16(offset + 2, true);
  return length <= available ? length : undefined;
}
