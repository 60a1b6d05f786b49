import { rdpsnd, rdpsndMessageLength, waveDataMessageSize, WaveData, WaveInfo } from "@railvail/audio";
import type { Source } from "@railvail/wire";
import type { ChannelReader } from "./channel-reader.js";
import { senderOf, type Emitter, type Place } from "./emitter.js";

/** Audio output: what follows a WaveInfo is the rest of its audio, without a header. */
export class SoundReader implements ChannelReader {
  private readonly emit: Emitter;
  /** Bytes of the wave data that must come next from the server. */
  private waveData: number | undefined;

  constructor(emit: Emitter) {
    this.emit = emit;
  }

  read(place: Place, source: Source, offset: number, end: number): void {
    let at = offset;
    while (at < end) {
      if (this.waveData !== undefined && place.direction === "s2c") {
        const stop = Math.min(end, at + Math.max(this.waveData, 4));
        this.waveData = undefined;
        this.emit.leaf(WaveData, place, source, at, stop);
        at = stop;
        continue;
      }
      const length = rdpsndMessageLength(source, at, end);
      const pdu = length === undefined ? undefined : rdpsnd.match(source, at, at + length, senderOf(place.direction));
      if (length === undefined || pdu === undefined) {
        return this.emit.trouble("unknown", "no audio output message starts here", place, source, at, end);
      }
      if (pdu === WaveInfo) {
        const info = this.emit.message(WaveInfo, place, source, at, at + length);
        if (info !== undefined) this.waveData = waveDataMessageSize(info);
      } else this.emit.leaf(pdu, place, source, at, at + length);
      at += length;
    }
  }
}
