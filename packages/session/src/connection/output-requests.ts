import { FrameAcknowledge, RefreshRect, SuppressOutput } from "@railvail/transport";
import type { Pdu } from "@railvail/wire";

/** A part of the desktop in pixels; `right` and `bottom` are outside. */
export interface DesktopArea {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** What the client says about what it is sent. */
export type OutputRequest =
  /** It wants these parts of the desktop again. */
  | { readonly type: "refreshRequested"; readonly areas: readonly DesktopArea[] }
  /**
   * It shows nothing for now, as when it is minimized, or it shows something again: the `area`, if it says so. What
   * it missed is to be sent then.
   */
  | { readonly type: "outputWanted"; readonly wanted: boolean; readonly area: DesktopArea | undefined }
  /** It showed the frame that ended with this frame marker. */
  | { readonly type: "frameAcknowledged"; readonly frameId: number };

/** On the wire right and bottom are inside. */
const area = ({ left, top, right, bottom }: DesktopArea): DesktopArea => ({
  left,
  top,
  right: right + 1,
  bottom: bottom + 1,
});
export const wireArea = ({ left, top, right, bottom }: DesktopArea): DesktopArea => ({
  left,
  top,
  right: right - 1,
  bottom: bottom - 1,
});

/** [MS-RDPBCGR] 2.2.11.2, 2.2.11.3, [MS-RDPRFX] 2.2.3.1; undefined if the PDU is none of these. */
export function outputRequest(pdu: Pdu, value: unknown): OutputRequest | undefined {
  if (pdu === RefreshRect) return { type: "refreshRequested", areas: (value as RefreshRect).areasToRefresh.map(area) };
  if (pdu === FrameAcknowledge) return { type: "frameAcknowledged", frameId: (value as FrameAcknowledge).frameId };
  if (pdu !== SuppressOutput) return undefined;
  const { allowDisplayUpdates, desktopRect } = value as SuppressOutput;
  const wanted = allowDisplayUpdates !== 0;
  return { type: "outputWanted", wanted, area: desktopRect === undefined ? undefined : area(desktopRect) };
}
