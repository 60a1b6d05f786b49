import { FormatTag, type AudioFormat } from "@railvail/audio";
import type { OutputFile } from "./output-folder.js";

/** Bytes of audio in one file: its lengths have 32 bits. */
const dataLimit = 0xffff_0000;
/** Bytes that are collected before they are written. */
const block = 64 * 1024;

const plainFormatSize = 16;

/** Bytes of the `fmt ` chunk: WAVEFORMATEX, whose last two fields PCM does without. */
const formatSize = ({ wFormatTag, data }: AudioFormat): number =>
  wFormatTag === FormatTag.pcm ? plainFormatSize : plainFormatSize + 2 + data.length;

/** What stands before the audio of a WAVE file with `dataSize` bytes of it; less than 65,600 bytes. */
export function wavHeader(format: AudioFormat, dataSize: number): Uint8Array {
  const size = formatSize(format);
  const padded = size + (size & 1);
  const bytes = Buffer.alloc(28 + padded);
  bytes.write("RIFF", 0, "latin1");
  bytes.writeUInt32LE(bytes.length - 8 + dataSize + (dataSize & 1), 4);
  bytes.write("WAVEfmt ", 8, "latin1");
  bytes.writeUInt32LE(size, 16);
  bytes.writeUInt16LE(format.wFormatTag, 20);
  bytes.writeUInt16LE(format.nChannels, 22);
  bytes.writeUInt32LE(format.nSamplesPerSec, 24);
  bytes.writeUInt32LE(format.nAvgBytesPerSec, 28);
  bytes.writeUInt16LE(format.nBlockAlign, 32);
  bytes.writeUInt16LE(format.wBitsPerSample, 34);
  if (size > plainFormatSize) {
    bytes.writeUInt16LE(format.data.length, 36);
    bytes.set(format.data, 38);
  }
  bytes.write("data", 20 + padded, "latin1");
  bytes.writeUInt32LE(dataSize, 24 + padded);
  return bytes;
}

/** Audio that is written as it comes; with a format, as a WAVE file whose lengths are put in at the end. */
export class AudioFile {
  readonly file: OutputFile;
  /** Bytes of audio. */
  length = 0;
  private readonly format: AudioFormat | undefined;
  private readonly start: number;
  private readonly waiting = Buffer.allocUnsafe(block);
  private held = 0;
  private full = false;

  /** `file` has the header for no audio, if there is a format, and nothing otherwise. */
  constructor(file: OutputFile, format: AudioFormat | undefined) {
    this.file = file;
    this.format = format;
    this.start = file.size;
  }

  /** Whether no more may be added: the file is as long as one can be. */
  get ended(): boolean {
    return this.length >= dataLimit;
  }

  /** Adds audio, less than 64 MiB at once. False if there is no room left for it. */
  append(bytes: Uint8Array): boolean {
    if (this.full) return false;
    if (this.held + bytes.length > block) this.flush();
    if (bytes.length > block) this.write(bytes);
    else {
      this.waiting.set(bytes, this.held);
      this.held += bytes.length;
    }
    this.length += this.full ? 0 : bytes.length;
    return !this.full;
  }

  /** No more comes. */
  finish(): void {
    this.flush();
    const length = this.file.size - this.start;
    if (this.format === undefined) return;
    if ((length & 1) === 1) this.file.writeAt(this.file.size, new Uint8Array(1));
    this.file.writeAt(0, wavHeader(this.format, length));
    this.length = length;
  }

  private flush(): void {
    this.write(this.waiting.subarray(0, this.held));
    this.held = 0;
  }

  private write(bytes: Uint8Array): void {
    if (bytes.length > 0 && !this.file.writeAt(this.file.size, bytes)) this.full = true;
  }
}
