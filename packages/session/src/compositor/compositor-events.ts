import type { ApplistServerOutput } from "@railvail/applist";
import type { AudioInputServerOutput, SoundServerOutput } from "@railvail/audio";
import type { CliprdrOutput } from "@railvail/cliprdr";
import type { MonitorDefinition } from "@railvail/display";
import type { RailServerEvent, RailValue } from "@railvail/rail";
import type { ClientInfo } from "@railvail/transport";
import type { Violation, Wake } from "@railvail/wire";
import type { InputEvent } from "../input/input-event.js";
import type { Box } from "../pixels/box.js";
import type { PixelPathName } from "../pixels/pixel-path-name.js";
import type { CompositorPeer } from "./compositor-peer.js";

/** Outputs of a machine that the application gets: all but what is sent, and wishes to be woken. */
type EventOf<Output extends { readonly type: string }> = Exclude<Output, { type: "send" | "wake" | "violation" }>;

/** Orders of the channel `rail` that change no window: settings of the client, languages, menus. */
export type RailNotice = Exclude<
  RailServerEvent,
  { type: "ready" | "clientStatus" | "exec" | "appIdRequested" | "placed" | "activate" | "sysCommand" }
>;

/** What a client's user wants of a window. The application answers by changing the window, or not at all. */
export type WindowWish =
  /** Undefined: no window of the compositor has the focus any longer. */
  | { readonly type: "activated"; readonly windowId: number | undefined }
  /** The client closed the window; it is there until the application destroys it. */
  | { readonly type: "closeRequested"; readonly windowId: number }
  | {
      readonly type: "showStateRequested";
      readonly windowId: number;
      readonly showState: "normal" | "minimized" | "maximized";
    }
  /**
   * The window was moved or sized, without its margins. `snapped`: to an edge or a zone of the screen. `ends`: this
   * is what became of a move that began with `startMove`.
   */
  | ({
      readonly type: "placeRequested";
      readonly windowId: number;
      readonly snapped: boolean;
      readonly ends: boolean;
    } & Box)
  /** Another system command of Windows, as `SystemCommand` names it. */
  | { readonly type: "systemCommand"; readonly windowId: number; readonly command: number };

export type CompositorEvent =
  /**
   * A client is there. `remoteApp`: it shows windows; otherwise it shows one desktop with all of them. `desktop`: the
   * box around its monitors.
   */
  | {
      readonly type: "clientReady";
      readonly peer: CompositorPeer;
      readonly info: ClientInfo;
      readonly remoteApp: boolean;
      readonly desktop: Box;
    }
  /** `reason`: a rule of the connection, or what ended it. */
  | { readonly type: "clientGone"; readonly peer: CompositorPeer; readonly reason: string }
  /** A client was not let in. */
  | { readonly type: "clientRefused"; readonly peer: CompositorPeer; readonly reason: "busy" | "logon" }
  /** How pixels reach the client from now on. `because`: why another way was given up. */
  | { readonly type: "pixelPath"; readonly path: PixelPathName; readonly because: string | undefined }
  /** The window has a new canvas: all of it is to be drawn. */
  | { readonly type: "exposed"; readonly windowId: number }
  /** The window can be painted again, after `canvas` or `mayPaint` said no. */
  | { readonly type: "paintable"; readonly windowId: number }
  | WindowWish
  /** To be answered with `launched`. */
  | { readonly type: "launchRequested"; readonly serial: number; readonly exec: RailValue<"exec"> }
  | { readonly type: "rail"; readonly notice: RailNotice }
  /** Input; places are on the client's desktop. `windowId`: the window under the pointer, or that has the focus. */
  | { readonly type: "input"; readonly event: InputEvent; readonly windowId: number | undefined }
  /** The client's monitors, in pixels of its desktop. */
  | { readonly type: "monitors"; readonly monitors: readonly MonitorDefinition[] }
  | { readonly type: "clipboard"; readonly event: EventOf<CliprdrOutput> }
  | { readonly type: "audioOutput"; readonly event: EventOf<SoundServerOutput> }
  | { readonly type: "audioInput"; readonly event: EventOf<AudioInputServerOutput> }
  | { readonly type: "appList"; readonly event: EventOf<ApplistServerOutput> }
  /** A rule was broken. Nothing is to be done about it unless the application wants to. */
  | { readonly type: "violation"; readonly channel: string; readonly violation: Violation };

/** What is to be done for the compositor, and what it tells. */
export type CompositorOutput =
  /** To be written in this order; the memory is not used again. */
  | { readonly type: "bytes"; readonly peer: CompositorPeer; readonly segments: readonly Uint8Array[] }
  /** TLS begins after the bytes before this; `rest` came already and belongs to TLS. */
  | { readonly type: "startTls"; readonly peer: CompositorPeer; readonly rest: Uint8Array }
  /** To be closed once all bytes are written. */
  | { readonly type: "close"; readonly peer: CompositorPeer }
  /** The time at which `tick` is wanted; the latest counts, undefined: no more. */
  | Wake
  | CompositorEvent;
