import type { Box, Canvas, NewWindow, Pointer, PointerButton } from "@railvail/session";

/** What a user does with a window; places are in the window's pixels, and may be outside of it while a button is held. */
export type WindowInput =
  | { readonly type: "pressed" | "released"; readonly button: PointerButton; readonly x: number; readonly y: number }
  | { readonly type: "moved"; readonly x: number; readonly y: number }
  /** In 1/120 of a step; positive is up. */
  | { readonly type: "wheel"; readonly rotation: number }
  /** Text that was typed, by keys or by an input method. */
  | { readonly type: "typed"; readonly text: string }
  | { readonly type: "command"; readonly command: "enter" | "backspace" | "copy" | "paste" };

/** What a kind of window is: how it begins, what it looks like, what it does. */
export interface DemoWindow {
  readonly settings: NewWindow;
  /** What the pointer looks like on it. */
  readonly pointer?: Pointer;
  /**
   * Draws at least these parts of the canvas. It is called only when the client can take a picture,
   * so a window keeps what it shows, not what it drew: pictures that nobody would see are left out.
   */
  draw(canvas: Canvas, damage: readonly Box[]): void;
  input?(event: WindowInput): void;
  /** Time passed; milliseconds of a clock that never goes back. */
  tick?(now: number): void;
}

/** What a window may ask of the demo. */
export interface WindowHost {
  /** Its size now, in pixels. */
  readonly size: { readonly width: number; readonly height: number };
  /** These parts look different now; all of it if none are named. */
  changed(...parts: readonly Box[]): void;
  /** Opens a window that belongs to this one, at a place in this one's pixels; it closes when the user looks elsewhere. */
  popUp(make: MakeWindow, x: number, y: number): void;
  /** The user takes hold of the window here, in its pixels, and moves it until the button is let go. */
  drag(x: number, y: number): void;
  close(): void;
  /** Puts a text on the clipboard. */
  copy(text: string): void;
  /** Asks for the text that the client has on its clipboard. */
  paste(received: (text: string) => void): void;
}

export type MakeWindow = (host: WindowHost) => DemoWindow;
