import { MachineEnd } from "../channels/machine-end.js";
import {
  applistMachine,
  audioInputMachine,
  cliprdrMachine,
  displayMachine,
  egfxMachine,
  gfxredirMachine,
  railMachine,
  soundMachine,
} from "../channels/server-machines.js";
import type { ActiveClient } from "./active-client.js";
import type { CompositorOutput } from "./compositor-events.js";
import type { CompositorSettings } from "./compositor-settings.js";

/** What the ends of the channels need. */
export interface EndsListener {
  readonly settings: CompositorSettings;
  client(): ActiveClient | undefined;
  tell(output: CompositorOutput): void;
}

/**
 * The server's ends of all channels. They are there all the time, so that ids, the clipboard's
 * offer and the like outlive a connection; a client opens and closes them.
 */
export function compositorEnds(listener: EndsListener) {
  const { compat, vail, egfx, clipboard, audioOutput, audioInput, monitors, appList } = listener.settings;
  /** Gives on what is out of place, and hands the rest over. */
  const heard =
    <Event extends { readonly type: string }>(channel: string, take: (event: Plain<Event>) => void) =>
    (event: Event): void => {
      if (event.type === "violation") listener.tell({ type: "violation", channel, violation: event as never });
      else take(event as Plain<Event>);
    };
  return {
    rail: new MachineEnd(
      railMachine({ compat }, () => listener.client()?.peer.railSupportLevel ?? 0),
      heard("rail", (event) => listener.client()?.heardRail(event)),
    ),
    vail: new MachineEnd(
      gfxredirMachine(vail),
      heard("gfxredir", (event) => listener.client()?.heardVail(event)),
    ),
    egfx: new MachineEnd(
      egfxMachine({ compat: compat ?? "specification", ...egfx }),
      heard("egfx", (event) => listener.client()?.heardEgfx(event)),
    ),
    clipboard: new MachineEnd(
      cliprdrMachine(clipboard ?? {}),
      heard("cliprdr", (event) => listener.tell({ type: "clipboard", event })),
    ),
    audioOutput: new MachineEnd(
      soundMachine(audioOutput ?? {}),
      heard("audio output", (event) => listener.tell({ type: "audioOutput", event })),
    ),
    audioInput: new MachineEnd(
      audioInputMachine(audioInput ?? {}),
      heard("audio input", (event) => listener.tell({ type: "audioInput", event })),
    ),
    monitors: new MachineEnd(
      displayMachine(monitors),
      heard("display", ({ monitors: layout }) => {
        const client = listener.client();
        if (client !== undefined) client.monitors = layout;
        listener.tell({ type: "monitors", monitors: layout });
      }),
    ),
    appList: new MachineEnd(
      applistMachine(appList ?? { providerName: "railvail" }),
      heard("application list", (event) => listener.tell({ type: "appList", event })),
    ),
  };
}

type Plain<Event> = Exclude<Event, { readonly type: "violation" }>;

export type CompositorEnds = ReturnType<typeof compositorEnds>;
