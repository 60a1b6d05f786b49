import type { ResizeMargins, ServerIcons } from "@railvail/rail";
import type { Box, Size } from "../pixels/box.js";

/**
 * What a window is for the client's window manager: one with a frame and a taskbar button, a
 * dialog of its owner, a menu or another thing that pops up beside its owner, a hint that takes no
 * input.
 */
export type WindowRole = "window" | "dialog" | "popup" | "tooltip";

export type WindowShowState = "normal" | "minimized" | "maximized" | "fullscreen" | "hidden";

/**
 * A window of a compositor. Places are on the client's desktop, in its pixels: left of the primary
 * monitor and above it they are negative.
 */
export interface CompositorWindow extends Box {
  readonly title: string;
  readonly role: WindowRole;
  /** The window it belongs to: it stays above it. */
  readonly owner: number | undefined;
  readonly showState: WindowShowState;
  /** Every pixel is opaque. Otherwise alpha counts, and colours are multiplied by it. */
  readonly opaque: boolean;
  /** Parts of the window's own size around what it shows, where it can be grabbed for sizing. */
  readonly margins: ResizeMargins;
  /** Least and most size when the user sizes it; undefined: the client decides. */
  readonly minimumSize: Size | undefined;
  readonly maximumSize: Size | undefined;
  /** Tells the client which application it is of; what starts it again, and groups it on the taskbar. */
  readonly appId: string | undefined;
  /** What draws it, told together with `appId` to clients that understand it. */
  readonly process: { readonly processId: number; readonly processImageName: string } | undefined;
  readonly icons: ServerIcons | undefined;
}

/** What may be left out when a window is made. */
export type NewWindow = Box & Partial<CompositorWindow>;

export const usualWindow: Omit<CompositorWindow, keyof Box> = {
  title: "",
  role: "window",
  owner: undefined,
  showState: "normal",
  opaque: true,
  margins: { left: 0, top: 0, right: 0, bottom: 0 },
  minimumSize: undefined,
  maximumSize: undefined,
  appId: undefined,
  process: undefined,
  icons: undefined,
};

/** Whether the window is to be seen and painted. */
export const isShown = ({ showState, width, height }: CompositorWindow): boolean =>
  showState !== "hidden" && showState !== "minimized" && width > 0 && height > 0;

/** Whether what is drawn in a canvas of this size will be seen in the window. */
export const isShownBy = (window: CompositorWindow, { width, height }: Size): boolean =>
  isShown(window) && window.width === width && window.height === height;
