import { clientMachineTargets } from "./client-machines.js";
import { codecTarget } from "./codec-target.js";
import { decoderTarget } from "./decoder-target.js";
import { dissectorTarget } from "./dissector-target.js";
import { formatDecoders } from "./format-decoders.js";
import { pixelDecoders } from "./pixel-decoders.js";
import { serverMachineTargets } from "./server-machines.js";
import { sessionTargets } from "./session-targets.js";
import { streamTargets } from "./stream-targets.js";
import type { Target } from "./target.js";

/** All of the library that reads what a peer says. */
export const targets: readonly Target[] = [
  codecTarget(),
  decoderTarget("formats", "clipboard formats, monitor layouts, icons", formatDecoders),
  decoderTarget("pixels", "compressions, bitmap codecs, surfaces", pixelDecoders),
  ...clientMachineTargets,
  ...serverMachineTargets,
  dissectorTarget(),
  ...streamTargets,
  ...sessionTargets,
];

export const targetNamed = (name: string): Target | undefined => targets.find((each) => each.name === name);
