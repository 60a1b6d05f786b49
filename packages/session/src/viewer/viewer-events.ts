import type { ApplistClientOutput } from "@railvail/applist";
import type { AudioInputClientOutput, SoundClientOutput } from "@railvail/audio";
import type { CliprdrOutput } from "@railvail/cliprdr";
import type { DisplayClientOutput } from "@railvail/display";
import type { RailClientEvent } from "@railvail/rail";
import type { Violation, Wake } from "@railvail/wire";
import type { ClientConnectionOutput } from "../connection/client-connection.js";
import type { Box, Size } from "../pixels/box.js";
import type { PixelPathName } from "../pixels/pixel-path-name.js";
import type { PointerNotice } from "./pointer-notice.js";
import type { WindowEvent } from "./window-orders-reader.js";

/** Outputs of a machine that the application gets: all but what is sent, and wishes to be woken. */
type EventOf<Output extends { readonly type: string }> = Exclude<Output, { type: "send" } | Wake | Violation>;

/** What the connection says and the viewer has no use for. */
export type ConnectionNotice = Exclude<
  EventOf<ClientConnectionOutput>,
  { type: "bytes" | "startTls" | "channelData" | "update" | "active" | "deactivated" | "close" | "pdu" }
>;

/** What became of memory that the server shares. */
export type VailNotice =
  /** Pixels may come this way. */
  | { readonly type: "ready" }
  /** The server will not use it. */
  | { readonly type: "unavailable" };

export type ViewerEvent =
  /** The session is there, for the first time or again; the size of its desktop in pixels. */
  | ({ readonly type: "active" } & Size)
  /** The session stops, to be active again or to end. */
  | { readonly type: "deactivated" }
  | WindowEvent
  /**
   * Something new is to be seen: of a window (in its pixels), or of the desktop (in those of its image) if `windowId`
   * is undefined. Windows that are painted from the desktop have no frames of their own. `picture` and `desktop` have
   * the pixels.
   */
  | { readonly type: "frame"; readonly windowId: number | undefined; readonly path: PixelPathName; readonly box: Box }
  | ({ readonly type: "desktopSize" } & Size)
  | { readonly type: "pointer"; readonly update: PointerNotice }
  | { readonly type: "rail"; readonly event: RailClientEvent }
  | { readonly type: "vail"; readonly event: VailNotice }
  | { readonly type: "clipboard"; readonly event: EventOf<CliprdrOutput> }
  | { readonly type: "audioOutput"; readonly event: EventOf<SoundClientOutput> }
  | { readonly type: "audioInput"; readonly event: EventOf<AudioInputClientOutput> }
  | { readonly type: "monitors"; readonly event: EventOf<DisplayClientOutput> }
  | { readonly type: "appList"; readonly event: EventOf<ApplistClientOutput> }
  /** A dynamic channel that the server asked for and the viewer has no use for. */
  | { readonly type: "channelRefused"; readonly name: string }
  | { readonly type: "connection"; readonly event: ConnectionNotice }
  /** A rule was broken. Nothing is to be done about it unless the application wants to. */
  | { readonly type: "violation"; readonly channel: string; readonly violation: Violation }
  /** The end; nothing comes after it. `errorInfo`: the server's reason, one of `ErrorInfo`. */
  | { readonly type: "ended"; readonly because: string; readonly errorInfo: number | undefined };

/** What is to be done for a viewer, and what it tells. */
export type ViewerOutput =
  /** To be written in this order; the memory is not used again. */
  | { readonly type: "bytes"; readonly segments: readonly Uint8Array[] }
  /** TLS begins after the bytes before this; `rest` came already and belongs to TLS. */
  | { readonly type: "startTls"; readonly rest: Uint8Array }
  /** To be closed once all bytes are written. */
  | { readonly type: "close" }
  /** The time at which `tick` is wanted; the latest counts, undefined: no more. */
  | Wake
  | ViewerEvent;
