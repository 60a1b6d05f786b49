import { Family, type Source } from "@railvail/wire";
import {
  ProgressiveContext,
  ProgressiveFrameBegin,
  ProgressiveFrameEnd,
  ProgressiveSync,
} from "./pdu/progressive-frame.js";
import { ProgressiveRegion } from "./pdu/progressive-region.js";
import { RfxFrameBegin, RfxFrameEnd, RfxRegion, RfxTileset } from "./pdu/rfx-data-blocks.js";
import { RfxChannels, RfxCodecVersions, RfxContext, RfxSync } from "./pdu/rfx-header-blocks.js";

/** The blocks of a RemoteFX stream (codec `caVideo`, and surface commands), by type. */
export const rfxBlocks = new Family("rfx block", "blockType", [
  RfxSync,
  RfxCodecVersions,
  RfxChannels,
  RfxContext,
  RfxFrameBegin,
  RfxFrameEnd,
  RfxRegion,
  RfxTileset,
]);

/** The blocks of a progressive RemoteFX stream (codec `caProgressive`), by type. */
export const progressiveBlocks = new Family("progressive block", "blockType", [
  ProgressiveSync,
  ProgressiveFrameBegin,
  ProgressiveFrameEnd,
  ProgressiveContext,
  ProgressiveRegion,
]);

const headerSize = 6;

/**
 * Bytes of the block of either kind that starts at `offset`, header included, or undefined if there
 * is no complete header before `end`, or its `blockLen` is below 6 or goes past `end`.
 * [MS-RDPRFX] 2.2.2.1.1, [MS-RDPEGFX] 2.2.4.2.1.
 */
export function codecBlockLength(source: Source, offset: number, end: number): number | undefined {
  if (end - offset < headerSize) return undefined;
  const length = source.view.getUint32(offset + 2, true);
  return length < headerSize || length > end - offset ? undefined : length;
}
