import { clipboardPairs } from "./clipboard-pairs.js";
import { connectionPairs } from "./connection-pairs.js";
import { devicePairs } from "./device-pairs.js";
import { dynamicChannelPairs } from "./dynamic-channel-pairs.js";
import { egfxPairs, gfxredirPairs } from "./graphics-pairs.js";
import type { Pair } from "./pair.js";
import { railPairs } from "./rail-pairs.js";
import { soundPairs } from "./sound-pairs.js";

/** All pairs of messages that belong together. */
export const pairs: readonly Pair[] = [
  ...connectionPairs,
  ...dynamicChannelPairs,
  ...railPairs,
  ...egfxPairs,
  ...gfxredirPairs,
  ...clipboardPairs,
  ...soundPairs,
  ...devicePairs,
];
