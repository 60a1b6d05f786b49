import type { Step } from "@railvail/wire";
import { clientReceived } from "./drdynvc-client-received.js";
import {
  closeMessage,
  drdynvcViolation,
  type DrdynvcClosed,
  type DrdynvcMessage,
  type DrdynvcPart,
  type DrdynvcReady,
  type DrdynvcRule,
  type DrdynvcSend,
  type DrdynvcViolation,
  type DrdynvcWrite,
} from "./drdynvc-machine.js";
import { closedHere, dataWritten, without, type DynamicChannel, type DynamicChannels } from "./drdynvc-traffic.js";

export interface DrdynvcClientOptions {
  /** The highest version to agree to: 2 has priority classes, 3 compression. */
  readonly version: 1 | 2 | 3;
  /** Names of channels that are accepted. */
  readonly listeners: readonly string[];
  /** Names of channels whose data is sent compressed, if version 3 is agreed on. */
  readonly compress: readonly string[];
  readonly maxChannels: number;
  /** Channels closed from here of which it is kept in mind that data may be on its way. */
  readonly maxClosing: number;
}

const usualOptions: DrdynvcClientOptions = {
  version: 3,
  listeners: [],
  compress: [],
  maxChannels: 256,
  maxClosing: 64,
};

/** The client's end of `drdynvc`: it accepts or refuses channels. */
export interface DrdynvcClientState extends DynamicChannels<DynamicChannel> {
  readonly options: DrdynvcClientOptions;
  readonly phase: "closed" | "negotiating" | "ready";
}

export type DrdynvcClientInput =
  /** The static channel is open. */
  | { readonly type: "opened" }
  | { readonly type: "closed" }
  | { readonly type: "received"; readonly message: DrdynvcMessage }
  /** From now on these names are accepted; channels that are open stay. */
  | { readonly type: "listen"; readonly listeners: readonly string[] }
  | { readonly type: "close"; readonly channelId: number }
  /** Sends a message, given in parts, on an open channel. */
  | { readonly type: "data"; readonly channelId: number; readonly message: readonly Uint8Array[] };

export type DrdynvcClientOutput =
  | DrdynvcSend
  | DrdynvcWrite
  | DrdynvcPart
  | DrdynvcReady
  /** A channel was accepted; it is open until `closed`. */
  | { readonly type: "created"; readonly channelId: number; readonly name: string; readonly priority: number }
  /** A channel was refused with this `CreationStatus`. */
  | { readonly type: "refused"; readonly channelId: number; readonly name: string; readonly creationStatus: number }
  | DrdynvcClosed
  /** The server wanted to move channels to other transports, and was told that there are none. */
  | { readonly type: "softSync" }
  | DrdynvcViolation;

/** The client before the static channel is open. */
export const drdynvcClient = (options: Partial<DrdynvcClientOptions> = {}): DrdynvcClientState => ({
  options: { ...usualOptions, ...options },
  phase: "closed",
  version: 0,
  channels: new Map(),
  closing: [],
});

type Outputs = DrdynvcClientOutput[];

/** [MS-RDPEDYC] 3.2: the client's next state. */
export function stepDrdynvcClient(
  state: DrdynvcClientState,
  input: DrdynvcClientInput,
): Step<DrdynvcClientState, DrdynvcClientOutput> {
  const outputs: Outputs = [];
  return { state: changed(state, input, outputs), outputs };
}

function changed(state: DrdynvcClientState, input: DrdynvcClientInput, outputs: Outputs): DrdynvcClientState {
  const refuse = (rule: DrdynvcRule, channelId?: number): DrdynvcClientState => {
    outputs.push(drdynvcViolation("local", rule, channelId));
    return state;
  };
  switch (input.type) {
    case "received":
      return clientReceived(state, input.message, outputs);
    case "data": {
      const channel = state.channels.get(input.channelId);
      if (channel === undefined) return refuse("unknown-channel", input.channelId);
      outputs.push(dataWritten(state, input.channelId, channel, input.message));
      return state;
    }
    case "opened":
      return state.phase === "closed" ? { ...state, phase: "negotiating" } : refuse("already-open");
    case "closed":
      for (const [channelId, { name }] of state.channels) {
        outputs.push({ type: "closed", channelId, name, by: "connection" });
      }
      return state.phase === "closed" ? state : drdynvcClient(state.options);
    case "listen":
      return { ...state, options: { ...state.options, listeners: input.listeners } };
    case "close": {
      const { channelId } = input;
      const channel = state.channels.get(channelId);
      if (channel === undefined) return refuse("unknown-channel", channelId);
      outputs.push({ type: "closed", channelId, name: channel.name, by: "local" });
      outputs.push(closeMessage(channelId, state.version >= 2 ? channel.priority : 0));
      const closing = closedHere(state, channelId, outputs);
      return { ...state, closing, channels: without(state.channels, channelId) };
    }
  }
}
