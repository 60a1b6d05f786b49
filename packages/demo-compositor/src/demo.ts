import { ExecResultCode } from "@railvail/rail";
import type { Compositor, CompositorEvent } from "@railvail/session";
import { ClipboardText } from "./clipboard-text.js";
import { Keyboard } from "./keyboard.js";
import { OpenWindows } from "./open-windows.js";
import { Placement } from "./placement.js";
import { PointerRouting } from "./pointer-routing.js";
import { Tone } from "./tone.js";
import { everything, windowKinds } from "./window-kinds.js";

/** ERRINFO_LOGOFF_BY_USER, [MS-RDPBCGR] 2.2.5.1.1. */
const logoffByUser = 0x0000_000c;
/** The key F2, which plays the tone. */
const toneKey = 0x3c;

/**
 * A compositor's backend: has windows, and answers what the compositor tells. It does no I/O; the
 * times that it is given are those of the compositor's clock. Flush the compositor after each call.
 */
export class Demo {
  private readonly compositor: Compositor;
  private readonly open: OpenWindows;
  private readonly placement: Placement;
  private readonly pointer: PointerRouting;
  private readonly clipboard: ClipboardText;
  private readonly tone: Tone;
  private readonly keyboard = new Keyboard();
  private remoteApp = true;
  private now = 0;

  constructor(compositor: Compositor) {
    this.compositor = compositor;
    this.clipboard = new ClipboardText(compositor);
    this.tone = new Tone(compositor);
    this.placement = new Placement(compositor);
    this.open = new OpenWindows(compositor, {
      popUp: (owner, make, x, y) => {
        const { left = 0, top = 0 } = compositor.windows.all.get(owner) ?? {};
        this.open.open("popup", make, { owner, left: left + x, top: top + y });
      },
      drag: (id, x, y) => {
        const { left = 0, top = 0 } = compositor.windows.all.get(id) ?? {};
        compositor.startMove(id, "move", { x: left + x, y: top + y });
        this.pointer.release();
      },
      copy: (text) => this.clipboard.copy(text),
      paste: (received) => this.clipboard.paste(received, this.now),
    });
    this.pointer = new PointerRouting(compositor, this.open);
    this.launch(everything);
  }

  /** Time passed. */
  tick(now: number): void {
    this.now = now;
    this.open.tick(now);
  }

  /** What the compositor tells. */
  heard(event: CompositorEvent, now: number): void {
    this.now = now;
    switch (event.type) {
      case "clientReady":
        this.remoteApp = event.remoteApp;
        this.placement.desktop = event.desktop;
        return;
      case "exposed":
        return this.open.exposed(event.windowId);
      case "paintable":
        return this.open.paint(event.windowId);
      case "activated":
        return this.activated(event.windowId);
      case "closeRequested":
        this.placement.gone(event.windowId);
        this.open.close(event.windowId);
        return this.endWithoutWindows();
      case "showStateRequested":
        return this.placement.show(event);
      case "placeRequested":
        return this.placement.place(event);
      case "launchRequested": {
        // FreeRDP counts a NUL into the name.
        const started = this.launch(event.exec.exeOrFile.replace(/\0.*$/s, ""));
        return this.compositor.launched(event.serial, started ? ExecResultCode.ok : ExecResultCode.fileNotFound);
      }
      case "input":
        return this.input(event);
      case "clipboard":
        return this.clipboard.heard(event.event, now);
      case "audioOutput":
        return this.tone.heard(event.event, now);
      default:
        return undefined;
    }
  }

  /** A user who has closed the last window sees nothing by which to leave, and would keep all others out. */
  private endWithoutWindows(): void {
    const { windows } = this.compositor;
    if (windows.all.size === 0) this.compositor.disconnect(this.now, logoffByUser);
  }

  /** Opens a window, or brings it to the front. False if there is none of this name. */
  private launch(name: string): boolean {
    const names = name === everything ? [...windowKinds.keys()] : [name.replace(/^\|\|/, "")];
    for (const each of names) {
      const make = windowKinds.get(each);
      if (make === undefined) return false;
      const id = this.open.ofKind(each);
      if (id === undefined) this.open.open(each, make);
      else if (names.length === 1) this.raise(id);
    }
    return true;
  }

  /** The client has put the window on top already; its image of the stack and this one must be the same. */
  private activated(windowId: number | undefined): void {
    this.closePopups(windowId);
    if (windowId === undefined) this.compositor.windows.activate(undefined);
    else this.raise(windowId);
  }

  private raise(windowId: number): void {
    const { windows } = this.compositor;
    const owned = windows.zOrder.filter((id) => windows.all.get(id)?.owner === windowId);
    windows.raise([...owned, windowId]);
    windows.activate(windowId);
  }

  /** All but the one that the user is in, and those of the window that is being activated. */
  private closePopups(windowId: number | undefined): void {
    for (const [id, { role, owner }] of this.compositor.windows.all) {
      if (role === "popup" && id !== windowId && owner !== windowId) this.open.close(id);
    }
  }

  private input({ event, windowId }: Extract<CompositorEvent, { type: "input" }>): void {
    if (event.type === "pointerMoved" || event.type === "button") {
      if (event.type === "button" && event.down) this.pressed(windowId);
      return this.pointer.input(event, windowId);
    }
    if (event.type === "wheel" && event.axis === "vertical") return this.pointer.wheel(event.rotation);
    if (event.type === "key" && event.down && event.scancode === toneKey) return void this.tone.start(this.now);
    const typed = this.keyboard.input(event);
    return typed === undefined ? undefined : this.open.get(windowId)?.input?.(typed);
  }

  private pressed(windowId: number | undefined): void {
    const { windows } = this.compositor;
    for (const [id, { role }] of windows.all) if (role === "popup" && id !== windowId) this.open.close(id);
    // Clients of remote windows say themselves what is active; on one desktop there is nobody to say it.
    const role = windowId === undefined ? undefined : windows.all.get(windowId)?.role;
    if (!this.remoteApp && role !== "popup") this.activated(windowId);
  }
}
