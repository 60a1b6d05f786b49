import { FormatTag, mayPlay, pcmFormat, pcmSize, type AudioFormat } from "@railvail/audio";
import type { Compositor, CompositorEvent } from "@railvail/session";

type AudioEvent = Extract<CompositorEvent, { type: "audioOutput" }>["event"];

const frequency = 440;
const milliseconds = 1000;
const blockMilliseconds = 50;
const loudness = 0.25 * 0x7fff;

/** What the demo offers to play: 16 bits, two channels. */
export const toneFormats: readonly AudioFormat[] = [pcmFormat(2, 44_100, 16)];

/** A second of a tone, in blocks: no more are on their way than the client has room for. */
export class Tone {
  private readonly audio: Compositor["audioOutput"];
  /** Bytes of the second that were played; undefined while there is silence. */
  private played: number | undefined;
  private samples: Uint8Array | undefined;

  constructor(compositor: Compositor) {
    this.audio = compositor.audioOutput;
  }

  /** Begins the tone, if the client plays. */
  start(now: number): boolean {
    const { state } = this.audio;
    const format = state.client?.formats[state.formatNo];
    if (state.phase !== "ready" || format?.wFormatTag !== FormatTag.pcm || format.wBitsPerSample !== 16) return false;
    this.samples = sine(format);
    this.played = 0;
    this.play(now);
    return true;
  }

  heard(event: AudioEvent, now: number): void {
    if (event.type === "room") this.play(now);
    // The tone of one client is none of the next one's.
    else if (event.type === "ready" || event.type === "unavailable") this.played = undefined;
  }

  private play(now: number): void {
    const { audio, samples } = this;
    const format = audio.state.client?.formats[audio.state.formatNo];
    if (samples === undefined || format === undefined) return;
    const blockSize = pcmSize(format, blockMilliseconds);
    while (this.played !== undefined) {
      const data = samples.subarray(this.played, this.played + blockSize);
      const hasRoom = mayPlay(audio.state, now);
      // A block that finds no room is not sent; that it was tried brings the event `room` later.
      audio.command({ type: "play", data, now });
      if (!hasRoom) return;
      this.played = this.played + data.length < samples.length ? this.played + data.length : undefined;
    }
  }
}

function sine(format: AudioFormat): Uint8Array {
  const { nChannels, nSamplesPerSec } = format;
  const samples = new Uint8Array(pcmSize(format, milliseconds));
  const view = new DataView(samples.buffer);
  for (let frame = 0; frame * format.nBlockAlign < samples.length; frame++) {
    const value = Math.round(loudness * Math.sin((2 * Math.PI * frequency * frame) / nSamplesPerSec));
    for (let channel = 0; channel < nChannels; channel++) {
      view.setInt16(frame * format.nBlockAlign + channel * 2, value, true);
    }
  }
  return samples;
}
