import { MonitorFlags } from "@railvail/display";
import { ExecFlags, type RailClientEvent, type RailClientInput } from "@railvail/rail";
import type { Violation } from "@railvail/wire";
import { railMachine } from "../channels/client-machines.js";
import { MachineEnd } from "../channels/machine-end.js";
import { capabilityOf } from "../connection/capability-list.js";
import { statedCapabilities } from "../connection/client-activation.js";
import type { ClientState } from "../connection/client-state.js";
import type { Size } from "../pixels/box.js";
import type { RemoteApp, ViewerSettings } from "./viewer-settings.js";

/** What the channel needs, and what it tells. */
export interface RailListener {
  state(): ClientState;
  event(event: RailClientEvent): void;
  violation(violation: Violation): void;
}

/** The number of the start that the settings ask for. */
export const firstExec = 0;

/** The monitor at 0, 0; [MS-RDPERP] 2.2.2.4.1 knows one work area. */
const primarySize = ({ monitors, size }: ViewerSettings): Size =>
  monitors.find(({ flags }) => (flags & MonitorFlags.primary) !== 0) ?? size;

/** The channel `rail` of a viewer. */
export class ViewerRail {
  readonly end;
  private readonly listener: RailListener;
  private readonly app: RemoteApp;
  private readonly patience: number;
  /** Until when the server may begin with its handshake. */
  private waitsUntil: number | undefined;

  constructor(settings: ViewerSettings, app: RemoteApp, listener: RailListener) {
    const { rail, railFlags: clientFlags, compat } = settings;
    this.listener = listener;
    this.app = app;
    this.patience = settings.handshakePatience;
    const machine = railMachine({ ...rail, clientFlags, compat }, () => this.supportLevel());
    this.end = new MachineEnd(machine, (event) => {
      if (event.type === "violation") listener.violation(event);
      else listener.event(event);
    });
    // They are kept, and told once the handshake is done.
    for (const type of ["dragFullWindows", "keyboardCues", "keyboardPref", "mouseButtonSwap"] as const) {
      this.parameter({ type, enabled: type === "dragFullWindows" ? 1 : 0 });
    }
    const { width: right, height: bottom } = primarySize(settings);
    this.parameter({ type: "workArea", left: 0, top: 0, right, bottom });
  }

  /** When `tick` is wanted for the sake of the handshake. */
  get wakeAt(): number | undefined {
    return this.waitsUntil;
  }

  /** Static channels can be used. */
  opened(now: number): void {
    if (this.end.state.phase !== "waiting" || this.waitsUntil !== undefined) return;
    this.waitsUntil = now + this.patience;
    if (this.app.program !== undefined) this.exec(firstExec, this.app, now);
  }

  closed(): void {
    this.waitsUntil = undefined;
  }

  /** Some servers wait for the client, and answer its handshake. */
  tick(now: number): void {
    if (this.waitsUntil === undefined || now < this.waitsUntil) return;
    this.waitsUntil = undefined;
    if (this.end.state.phase === "waiting") this.command({ type: "proceed", now }, now);
  }

  exec(id: number, { program = "", arguments: given, workingDirectory: workingDir }: RemoteApp, now: number): void {
    const flags = ExecFlags.expandWorkingDirectory | ExecFlags.expandArguments;
    this.command({ type: "exec", id, exec: { flags, exeOrFile: program, workingDir, arguments: given }, now }, now);
  }

  command(input: RailClientInput, now: number): void {
    this.end.command(input, now);
  }

  private parameter(parameter: Extract<RailClientInput, { type: "clientSysParam" }>["value"]["parameter"]): void {
    this.command({ type: "clientSysParam", value: { parameter } }, 0);
  }

  /** What both sides state in their Remote Programs Capability Sets. */
  private supportLevel(): number {
    const state = this.listener.state();
    const own = capabilityOf(statedCapabilities(state), "rail")?.railSupportLevel ?? 0;
    return own & (capabilityOf(state.peerCapabilities, "rail")?.railSupportLevel ?? 0);
  }
}
