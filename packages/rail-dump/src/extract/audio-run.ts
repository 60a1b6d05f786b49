import { FormatTag, type AudioFormat } from "@railvail/audio";
import { hex } from "@railvail/wire";
import { isoTime } from "../iso-time.js";
import type { Origin } from "./extract-report.js";
import type { ExtractContext } from "./extractor.js";
import { fileName } from "./file-name.js";
import { AudioFile, wavHeader } from "./wav.js";

/** Audio that was played by the client, or recorded by it. */
export type AudioUse = "played" | "recorded";

const tagNames: ReadonlyMap<number, string> = new Map(
  Object.entries(FormatTag).map(([name, tag]) => [tag, name.toUpperCase()]),
);

const tagText = (tag: number): string => tagNames.get(tag) ?? `format 0x${tag.toString(16)}`;

/** A format in words: `PCM, 2 x 16 bit, 44100 Hz`. */
const formatText = ({ wFormatTag, nChannels, wBitsPerSample, nSamplesPerSec }: AudioFormat): string =>
  `${tagText(wFormatTag)}, ${nChannels} x ${wBitsPerSample} bit, ${nSamplesPerSec} Hz`;

/** The same for formats that are the same. */
export const formatKey = ({ data, ...format }: AudioFormat): string =>
  [format.wFormatTag, format.nChannels, format.nSamplesPerSec, format.nAvgBytesPerSec, format.nBlockAlign]
    .concat(format.wBitsPerSample)
    .join(" ") + hex(data);

/** A copy whose bytes stay valid. */
export const keptFormat = (format: AudioFormat): AudioFormat => ({ ...format, data: format.data.slice() });

/** Audio of one format, one after the other, in one file. */
export class AudioRun {
  readonly key: string;
  private readonly context: ExtractContext;
  private readonly use: AudioUse;
  private readonly origin: Origin;
  private readonly format: AudioFormat | undefined;
  private readonly audio: AudioFile | undefined;
  private last: bigint;
  private blocks = 0;
  /** Blocks of which their numbers say that they are missing. */
  missingBlocks = 0;
  /** How often bytes of the connection were missing. */
  gaps = 0;
  private stopped = false;

  /** Without a format, the audio goes into a file without a header. */
  constructor(context: ExtractContext, use: AudioUse, format: AudioFormat | undefined, origin: Origin) {
    const { connection, packet, time } = origin;
    this.context = context;
    this.use = use;
    this.format = format;
    this.key = format === undefined ? "" : formatKey(format);
    this.origin = { connection, packet, time };
    this.last = time;
    const name = fileName("audio", origin, [use], format === undefined ? "bin" : "wav");
    const file = format === undefined ? context.folder.create(name) : context.folder.write(name, wavHeader(format, 0));
    this.audio = file && new AudioFile(file, format);
    if (format === undefined) {
      context.report.left("audio", "the list of formats was not captured: the audio is in .bin files", origin);
    }
  }

  get ended(): boolean {
    return this.audio?.ended === true;
  }

  /** The next audio. */
  append({ connection, packet, time }: Origin, ...parts: readonly Uint8Array[]): void {
    this.last = time;
    this.blocks++;
    for (const part of parts) {
      if (this.audio?.append(part) === true || this.stopped) continue;
      this.stopped = true;
      this.context.report.left("audio", "a limit was reached: the audio stops there", { connection, packet });
    }
  }

  finish(): void {
    const { audio, format, blocks, missingBlocks, gaps } = this;
    if (audio === undefined) return;
    audio.finish();
    const rate = format?.nAvgBytesPerSec ?? 0;
    this.context.report.file("audio", audio.file, this.origin, {
      what: `audio that the client ${this.use}`,
      format: format && formatText(format),
      seconds: rate > 0 ? audio.length / rate : undefined,
      blocks,
      missingBlocks: missingBlocks === 0 ? undefined : missingBlocks,
      gaps: gaps === 0 ? undefined : gaps,
      until: isoTime(this.last),
    });
  }
}
