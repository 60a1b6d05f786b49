import { applistChannel, applistMessageLength, applistMessages } from "@railvail/applist";
import { audioInputChannel, soundChannels } from "@railvail/audio";
import { displayChannel, displayMessageLength, displayMessages } from "@railvail/display";
import { egfxChannel, egfxCommandLength, egfxCommands } from "@railvail/egfx";
import { gfxredirChannel, gfxredirMessageLength, gfxredirMessages } from "@railvail/gfxredir";
import { unsegment } from "@railvail/transport";
import type { Source } from "@railvail/wire";
import { chainFits, onlyFitting, type Fits } from "./fitting.js";
import { partOf } from "./part.js";
import type { Direction } from "./record.js";
import { audioInputFits, soundFits } from "./sound-guess.js";

const commandsFit = chainFits(egfxCommands, egfxCommandLength);

/** Graphics: the segments of the server must unwrap, and if they are not compressed, to commands. */
const egfxFits: Fits = (direction, source, offset, end) => {
  if (direction === "c2s") return commandsFit(direction, source, offset, end);
  const unwrapped = unsegment(source, offset, end);
  if (unwrapped.type !== "data") return unwrapped.type === "compressed";
  const whole = partOf(source, unwrapped.data);
  return commandsFit(direction, whole.source, whole.offset, whole.end);
};

/** What a whole message of each dynamic channel looks like, by the name of the channel. */
export const dynamicFits: ReadonlyMap<string, Fits> = new Map<string, Fits>([
  [egfxChannel, egfxFits],
  [gfxredirChannel, chainFits(gfxredirMessages, gfxredirMessageLength)],
  [applistChannel, chainFits(applistMessages, applistMessageLength)],
  [displayChannel, chainFits(displayMessages, displayMessageLength)],
  [soundChannels.dynamic, soundFits],
  [audioInputChannel, audioInputFits],
]);

/**
 * The name of the dynamic channel that a message was sent on, told from its bytes alone: for a
 * channel whose creation was not seen. Undefined if none or several can be.
 */
export function guessDynamicChannel(
  direction: Direction,
  source: Source,
  offset: number,
  end: number,
): string | undefined {
  return onlyFitting(dynamicFits, direction, source, offset, end);
}
