import { ClientStatusFlags } from "./pdu/client-status.js";
import type { WindowField } from "./wire-window.js";

/** What a server must know of its client to write windowing orders for it. */
export interface WindowingClient {
  /** The flags of its Client Information PDU; 0 until it came. */
  readonly statusFlags: number;
  /** RailSupportLevel of both sides, [MS-RDPERP] 2.2.1.1.1: the bits that both set. */
  readonly railSupportLevel: number;
  /** WndSupportLevel, [MS-RDPERP] 2.2.1.1.2. */
  readonly wndSupportLevel: number;
  readonly numIconCaches: number;
  readonly numIconCacheEntries: number;
}

/** Everything that {@link WindowingClient} can say, and icon caches as WSLg's server asks for. */
export const capableWindowingClient: WindowingClient = {
  statusFlags:
    Object.values(ClientStatusFlags).reduce((sum, bit) => sum + bit, 0) - ClientStatusFlags.suppressIconOrders,
  railSupportLevel: 0xff,
  wndSupportLevel: 2,
  numIconCaches: 3,
  numIconCacheEntries: 12,
};

const shellIntegration = 0x04;
const supportedEx = 0x02;
const status = ({ statusFlags }: WindowingClient, bit: number): boolean => (statusFlags & bit) !== 0;
const extended = ({ wndSupportLevel }: WindowingClient): boolean => (wndSupportLevel & supportedEx) !== 0;

export const understandsCloak = (client: WindowingClient): boolean =>
  status(client, ClientStatusFlags.bidirectionalCloakSupported);
export const understandsMarker = (client: WindowingClient): boolean => status(client, ClientStatusFlags.zOrderSync);
export const wantsIcons = (client: WindowingClient): boolean => !status(client, ClientStatusFlags.suppressIconOrders);
export const understandsOverlays = ({ railSupportLevel }: WindowingClient): boolean =>
  (railSupportLevel & shellIntegration) !== 0;
const resizeMargins = (client: WindowingClient): boolean =>
  status(client, ClientStatusFlags.windowResizeMarginSupported);
const appBars = (client: WindowingClient): boolean => status(client, ClientStatusFlags.appbarRemotingSupported);

/** The fields that a client gets only if it announced that it understands them, [MS-RDPERP] 1.3.2.4, 2.2.1.1. */
const gated: ReadonlyMap<WindowField, (client: WindowingClient) => boolean> = new Map([
  ["resizeMarginX", resizeMargins],
  ["resizeMarginY", resizeMargins],
  ["appBarState", appBars],
  ["appBarEdge", appBars],
  ["clientAreaSize", extended],
  ["rpContent", extended],
  ["rootParentHandle", extended],
  ["overlayDescription", understandsOverlays],
]);

export const understandsField = (client: WindowingClient, field: WindowField): boolean =>
  gated.get(field)?.(client) ?? true;
