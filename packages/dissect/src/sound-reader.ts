import { rdpsnd, rdpsndMessageLength, WaveData, waveDataMessageSize, WaveInfo } from "@railvail/audio";
import type { Source } from "@railvail/wire";
import type { ChannelReader } from "./channel-reader.js";
import type { Emitter } from "./emitter.js";
import { senderOf, type Place } from "./place.js";
import type { Direction } from "./record.js";

/** The padding in the place of the audio that the first half had; less is no wave data. */
const waveDataHeaderSize = 4;

/** Audio output: what follows a WaveInfo is the rest of its audio, without a header. */
export class SoundReader implements ChannelReader {
  private readonly emit: Emitter;
  /** Bytes of the wave data that must come next from the server. */
  private waveData: number | undefined;

  constructor(emit: Emitter) {
    this.emit = emit;
  }

  lost(direction: Direction): void {
    if (direction === "s2c") this.waveData = undefined;
  }

  read(place: Place, source: Source, offset: number, end: number): void {
    let at = offset;
    while (at < end) {
      const size = this.expected(place.direction);
      const length = size === undefined ? rdpsndMessageLength(source, at, end) : Math.min(size, end - at);
      const stop = at + (length ?? 0);
      const pdu = size === undefined ? rdpsnd.match(source, at, stop, senderOf(place.direction)) : WaveData;
      if (length === undefined || pdu === undefined) {
        return this.emit.trouble(
          "unknown",
          "no audio output message that is known here starts like this, or it is cut short; the rest stays bytes",
          place,
          source,
          at,
          end,
        );
      }
      if (pdu === WaveInfo) {
        const info = this.emit.message(WaveInfo, place, source, at, stop);
        if (info !== undefined) this.waveData = waveDataMessageSize(info);
      } else this.emit.leaf(pdu, place, source, at, stop);
      at = stop;
    }
  }

  /** Bytes of wave data that must stand here; undefined if a message with a header must. */
  private expected(direction: Direction): number | undefined {
    if (this.waveData === undefined || direction !== "s2c") return undefined;
    const size = Math.max(this.waveData, waveDataHeaderSize);
    this.waveData = undefined;
    return size;
  }
}
