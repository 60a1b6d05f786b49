import {
  AudioInputData,
  AudioInputFormatChange,
  AudioInputFormats,
  AudioInputOpen,
  ClientSoundFormats,
  SoundClose,
  UdpWave,
  UdpWaveLast,
  Wave2,
  WaveData,
  WaveEncrypt,
  WaveInfo,
  type AudioFormat,
} from "@railvail/audio";
import type { Message } from "@railvail/dissect";
import type { Pdu } from "@railvail/wire";
import { AudioRun, formatKey, keptFormat, type AudioUse } from "./audio-run.js";
import type { ExtractContext, Extractor } from "./extractor.js";
import { PerConnection } from "./per-connection.js";

/** Block numbers are one byte. */
const blockNumbers = 256;

/** One channel of audio: its formats, and what is being written. */
class AudioStream {
  formats: readonly AudioFormat[] = [];
  /** Which of the formats the audio to come has, where the audio does not say so itself. */
  formatNo = 0;
  /** The first half of a block whose second half comes next. */
  half: { readonly formatNo: number; readonly blockNo: number; readonly data: Uint8Array } | undefined;
  private readonly context: ExtractContext;
  private readonly use: AudioUse;
  private run: AudioRun | undefined;
  private lastBlock: number | undefined;

  constructor(context: ExtractContext, use: AudioUse) {
    this.context = context;
    this.use = use;
  }

  /** The next audio; `blockNo` where audio is numbered. */
  audio(message: Message, formatNo: number, parts: readonly Uint8Array[], blockNo?: number): void {
    const format = this.formats[formatNo];
    const key = format === undefined ? "" : formatKey(format);
    if (this.run?.key !== key || this.run.ended) this.end();
    this.run ??= new AudioRun(this.context, this.use, format, message);
    if (blockNo !== undefined) {
      if (this.lastBlock !== undefined) {
        this.run.missingBlocks += (blockNo - this.lastBlock - 1 + blockNumbers) % blockNumbers;
      }
      this.lastBlock = blockNo;
    }
    this.run.append(message, ...parts);
  }

  lost(): void {
    this.half = undefined;
    if (this.run !== undefined) this.run.gaps++;
  }

  /** What comes goes into a file of its own. */
  end(): void {
    this.run?.finish();
    this.run = undefined;
    this.lastBlock = undefined;
  }
}

/** Audio output and input, as WAVE files: one for each run in one format. */
export class AudioExtractor implements Extractor {
  readonly kind = "audio";
  readonly channels = ["rdpsnd", "rdpsnd-dvc", "audin"];
  private readonly context: ExtractContext;
  private readonly connections = new PerConnection<Map<string, AudioStream>>(
    () => new Map(),
    (streams) => {
      for (const stream of streams.values()) stream.end();
    },
  );

  constructor(context: ExtractContext) {
    this.context = context;
  }

  message(message: Message): void {
    const { pdu, direction } = message;
    switch (pdu) {
      case undefined:
        return;
      case ClientSoundFormats as Pdu: {
        const { sndFormats } = message.value as ClientSoundFormats;
        this.streamOf(message).formats = sndFormats.map(keptFormat);
        return;
      }
      case Wave2 as Pdu: {
        const { wFormatNo, cBlockNo, data } = message.value as Wave2;
        return this.streamOf(message).audio(message, wFormatNo, [data], cBlockNo);
      }
      case WaveInfo as Pdu: {
        const { wFormatNo, cBlockNo, data } = message.value as WaveInfo;
        this.streamOf(message).half = { formatNo: wFormatNo, blockNo: cBlockNo, data: data.slice() };
        return;
      }
      case WaveData as Pdu:
        return this.secondHalf(message);
      case SoundClose as Pdu:
        return this.streamOf(message).end();
      case WaveEncrypt as Pdu:
      case UdpWave as Pdu:
      case UdpWaveLast as Pdu:
        return this.context.report.left("audio", "encrypted audio and audio for UDP are not read", message);
      case AudioInputFormats as Pdu:
        if (direction === "c2s") {
          this.streamOf(message).formats = (message.value as AudioInputFormats).soundFormats.map(keptFormat);
        }
        return;
      case AudioInputOpen as Pdu: {
        const stream = this.streamOf(message);
        stream.end();
        stream.formatNo = (message.value as AudioInputOpen).initialFormat;
        return;
      }
      case AudioInputFormatChange as Pdu:
        // The client's own message says from when on its audio is in the new format.
        if (direction === "c2s") {
          this.streamOf(message).formatNo = (message.value as AudioInputFormatChange).newFormat;
        }
        return;
      case AudioInputData as Pdu: {
        const stream = this.streamOf(message);
        return stream.audio(message, stream.formatNo, [(message.value as AudioInputData).data]);
      }
    }
  }

  lost(connection: number): void {
    for (const stream of this.connections.known(connection)?.values() ?? []) stream.lost();
  }

  finish(): void {
    this.connections.finish();
  }

  private secondHalf(message: Message): void {
    const stream = this.streamOf(message);
    const { half } = stream;
    stream.half = undefined;
    if (half === undefined) return this.context.report.left("audio", "the first half of a block is missing", message);
    const { data } = message.value as WaveData;
    stream.audio(message, half.formatNo, [half.data, data], half.blockNo);
  }

  /** There are few channels of audio: one static, two dynamic, one for recording. */
  private streamOf({ connection, path, channel }: Message): AudioStream {
    const streams = this.connections.of(connection);
    let stream = streams.get(path);
    if (stream === undefined) {
      stream = new AudioStream(this.context, channel === "audin" ? "recorded" : "played");
      streams.set(path, stream);
    }
    return stream;
  }
}
