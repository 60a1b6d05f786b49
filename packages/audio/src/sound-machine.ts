import { Messages, send, violationsOf, type MessageOf, type Send, type Source, type Violation } from "@railvail/wire";
import { SetPitch, SetVolume, SoundClose, WaveConfirm } from "./pdu/sound-control.js";
import { ClientSoundFormats, ServerSoundFormats } from "./pdu/sound-formats.js";
import { CryptKey, SoundQualityMode, Training, TrainingConfirm } from "./pdu/sound-setup.js";
import { UdpWave, UdpWaveLast, WaveEncrypt } from "./pdu/udp-wave.js";
import { Wave2, WaveData, WaveInfo } from "./pdu/wave.js";
import { rdpsnd } from "./sound-messages.js";
import { waveDataMessageSize } from "./wave-halves.js";

const pdus = {
  serverSoundFormats: ServerSoundFormats,
  clientSoundFormats: ClientSoundFormats,
  soundQualityMode: SoundQualityMode,
  cryptKey: CryptKey,
  training: Training,
  trainingConfirm: TrainingConfirm,
  waveInfo: WaveInfo,
  waveData: WaveData,
  wave2: Wave2,
  waveEncrypt: WaveEncrypt,
  udpWave: UdpWave,
  udpWaveLast: UdpWaveLast,
  waveConfirm: WaveConfirm,
  soundClose: SoundClose,
  setVolume: SetVolume,
  setPitch: SetPitch,
};

/**
 * The messages of audio output, by name. `read` never gives `waveData`, which has no type: a client reads with
 * {@link readSoundMessage}.
 */
export const soundVocabulary = new Messages(rdpsnd, pdus);
export type SoundMessage = MessageOf<typeof pdus>;

/**
 * Decodes the message from `offset` to `end`, which a server sent after `firstHalf` (undefined if it did not); undefined
 * if it is none that is known. What has another length than the first half announced, and starts like a message of
 * another type, is that message. Throws `DecodeError`.
 */
export function readSoundMessage(
  source: Source,
  offset: number,
  end: number,
  firstHalf: WaveInfo | undefined,
): SoundMessage | undefined {
  if (firstHalf !== undefined && offset < end) {
    const isAnnounced = end - offset === waveDataMessageSize(firstHalf);
    if (isAnnounced || source.view.getUint8(offset) === 0)
      return { message: "waveData", value: WaveData.read(source, offset, end) };
  }
  return soundVocabulary.read(source, offset, end, "server");
}

/** What a peer or the application can do wrong, and what it means. Unless said, nothing comes of it. */
export const soundRules = {
  "not-open": "the channel is not open",
  "already-open": "the channel is open already",
  "not-ready": "there is no agreement on formats yet, or no more; of what a server sends, all but audio counts",
  "wrong-direction": "only the other side sends this message",
  "wrong-transport": "this message belongs to audio over UDP, which was not agreed on",
  "formats-again": "the client stated its formats a second time; the first count",
  "too-many-formats": "more formats than are kept, or more extra data; those that come first count",
  "format-not-offered": "the client names a format that the server did not offer",
  "format-unknown": "no format has this number; a block that came with it is dropped",
  "quality-unexpected": "a quality mode is for versions from 6 on",
  "training-size": "a training message has no data, or 9 to 65535 bytes in all",
  "training-pending": "a training message is waiting for its answer",
  "training-unanswered": "no answer to the training message came in time",
  "training-unexpected": "this answers no training message that is waiting",
  "wave-size": "a block is too small or too large, or its halves are not what was announced; one that came is played",
  "second-half-missing": "the first half of a block was followed by something else; the block is dropped",
  "second-half-alone": "the second half of a block came without the first",
  "block-number": "the block's number is not one more than the last; it is played",
  "block-reused": "the block has the number of one that waits to be confirmed, which no longer will be",
  "confirm-unexpected": "this block was not sent, or was confirmed twice before",
  "not-confirmed": "no confirm came in time; a block's credit comes back when the block should have been played",
  "setting-unsupported": "the client did not say that it honours this; one that came is told all the same",
  "after-close": "audio came after the close and without new formats; it is played",
  "not-given": "no block with this serial was given to the application",
} as const;
export type SoundRule = keyof typeof soundRules;

export type SoundViolation = Violation<SoundRule>;

/** What a machine wants sent on the channel. */
export type SoundSend = Send<SoundMessage>;

export const soundViolation = violationsOf(soundRules);

export const soundSend = send<SoundMessage>;

/** Milliseconds as they stand in a message: 16 bits. */
export const shortTime = (milliseconds: number): number => milliseconds & 0xffff;
