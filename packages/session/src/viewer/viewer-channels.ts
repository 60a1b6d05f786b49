import { applistChannel } from "@railvail/applist";
import { audioInputChannel, soundChannels } from "@railvail/audio";
import {
  displayChannel,
  type DisplayClientInput,
  type DisplayClientOutput,
  type DisplayClientState,
} from "@railvail/display";
import { egfxChannel } from "@railvail/egfx";
import { gfxredirChannel } from "@railvail/gfxredir";
import type { Violation } from "@railvail/wire";
import type { ChannelEnd } from "../channels/channel-end.js";
import { ClientChannels } from "../channels/client-channels.js";
import {
  applistMachine,
  audioInputMachine,
  cliprdrMachine,
  displayMachine,
  egfxMachine,
  gfxredirMachine,
  soundMachine,
} from "../channels/client-machines.js";
import { MachineEnd, type Machine, type MachineEvent } from "../channels/machine-end.js";
import { segmentedEnd } from "../channels/segmented-end.js";
import { earliest } from "../channels/wakes.js";
import type { ClientState } from "../connection/client-state.js";
import type { StaticChannel } from "../connection/shared-state.js";
import type { ShownPixels } from "./shown-pixels.js";
import type { ViewerOutput } from "./viewer-events.js";
import { ViewerRail } from "./viewer-rail.js";
import type { ViewerSettings } from "./viewer-settings.js";

/** What the channels need of their viewer. */
export interface ChannelHost {
  readonly tell: (output: ViewerOutput) => void;
  readonly state: () => ClientState;
  readonly send: (channel: StaticChannel, parts: readonly Uint8Array[]) => void;
}

type AnyOutput = { readonly type: string };
/** What a machine says besides violations. */
type Notice<Output extends AnyOutput> = Exclude<MachineEvent<Output>, { readonly type: "violation" }>;

/** All channels of a viewer. Those that are undefined are refused; all can be given commands. */
export class ViewerChannels {
  readonly rail: ViewerRail | undefined;
  readonly clipboard;
  /** Audio comes on one of them: that which is open. */
  readonly sounds;
  readonly audioInput;
  readonly monitors: MachineEnd<DisplayClientState, DisplayClientInput, DisplayClientOutput> | undefined;
  readonly appList;
  readonly egfx;
  readonly vail;
  private readonly host: ChannelHost;
  private readonly channels: ClientChannels;

  constructor(settings: ViewerSettings, pixels: ShownPixels, host: ChannelHost) {
    const { clipboard, audioOutput, audioInput, appList, compat, limits, remoteApp, sections } = settings;
    const { tell } = host;
    this.host = host;
    this.channels = new ClientChannels(
      { send: host.send, violation: (violation) => this.report(violation.channel, violation) },
      { compat, refused: (name) => tell({ type: "channelRefused", name }) },
    );
    if (remoteApp !== undefined) {
      this.rail = new ViewerRail(settings, remoteApp, {
        state: host.state,
        event: (event) => tell({ type: "rail", event }),
        violation: (violation) => this.report("rail", violation),
      });
      this.channels.add("rail", this.rail.end);
    }
    const clip = clipboard && cliprdrMachine({ ...(compat && { compat }), ...clipboard });
    this.clipboard = this.end("clipboard", clip, (event) => tell({ type: "clipboard", event }));
    if (this.clipboard !== undefined) this.channels.add("cliprdr", this.clipboard);
    this.sounds = (audioOutput === undefined ? [] : Object.values(soundChannels)).map((name) => {
      const confirms = name === soundChannels.lossy ? ({ confirms: "never" } as const) : {};
      const sound = new MachineEnd(soundMachine({ compat, ...confirms, ...audioOutput }), (event) => {
        if (event.type === "violation") this.report("audioOutput", event);
        else tell({ type: "audioOutput", event });
      });
      if (name === soundChannels.static) this.channels.add(name, sound);
      else this.listen(name, sound);
      return sound;
    });
    const input = audioInput && audioInputMachine(audioInput);
    this.audioInput = this.end("audioInput", input, (event) => tell({ type: "audioInput", event }));
    this.listen(audioInputChannel, this.audioInput);
    this.monitors = this.end("monitors", displayMachine(), (event) => {
      tell({ type: "monitors", event });
      if (settings.monitors.length > 0) this.monitors?.command({ type: "setLayout", monitors: settings.monitors });
    });
    this.listen(displayChannel, this.monitors);
    const list = appList && applistMachine(appList);
    this.appList = this.end("appList", list, (event) => tell({ type: "appList", event }));
    this.listen(applistChannel, this.appList);
    const pipeline = settings.egfx
      ? egfxMachine({ maxPixels: limits.surfacePixels, compat: compat ?? "specification" })
      : undefined;
    this.egfx = this.end("egfx", pipeline, (event) => pixels.surfaceEvent(event));
    const violation = (of: Violation): void => this.report("egfx", of);
    this.listen(egfxChannel, this.egfx && segmentedEnd(this.egfx, { side: "client", violation }));
    const memory = remoteApp && sections && gfxredirMachine(settings.vail);
    this.vail = this.end("vail", memory, (event) => {
      if (event.type === "ready" || event.type === "unavailable") tell({ type: "vail", event: { type: event.type } });
      pixels.vailEvent(event);
    });
    this.listen(gfxredirChannel, this.vail);
  }

  get wakeAt(): number | undefined {
    return earliest([this.channels, { wakeAt: this.rail?.wakeAt }]);
  }

  /** Static channels can be used: for the first time, or again. */
  open(now: number): void {
    this.channels.open(this.host.state().channels, now);
    this.rail?.opened(now);
  }

  received(channel: StaticChannel, data: Uint8Array, flags: number, now: number): void {
    this.channels.received({ channel, data, flags }, now);
  }

  tick(now: number): void {
    this.channels.tick(now);
    this.rail?.tick(now);
  }

  close(now: number): void {
    this.channels.closed(now);
    this.rail?.closed();
  }

  /** A block of audio was played, or dropped: see the event `wave`. */
  played(serial: number, now: number): void {
    for (const sound of this.sounds) if (sound.isOpen) sound.command({ type: "played", serial, now }, now);
  }

  private end<State, Input, Output extends AnyOutput>(
    channel: string,
    machine: Machine<State, Input, Output> | undefined,
    told: (event: Notice<Output>) => void,
  ): MachineEnd<State, Input, Output> | undefined {
    if (machine === undefined) return undefined;
    return new MachineEnd(machine, (event) => {
      if (event.type === "violation") this.report(channel, event as unknown as Violation);
      else told(event as Notice<Output>);
    });
  }

  /** An end has one channel: a second one of its name takes the place of the first. */
  private listen(name: string, end: ChannelEnd | undefined): void {
    if (end !== undefined) this.channels.listen(name, () => end);
  }

  private report(channel: string, violation: Violation): void {
    this.host.tell({ type: "violation", channel, violation });
  }
}
