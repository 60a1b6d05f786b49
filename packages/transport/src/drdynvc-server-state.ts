import type { Wake } from "@railvail/wire";
import { firstIds, type NextIds } from "./drdynvc-channel-id.js";
import type {
  DrdynvcClosed,
  DrdynvcMessage,
  DrdynvcPart,
  DrdynvcReady,
  DrdynvcSend,
  DrdynvcViolation,
  DrdynvcWrite,
  PriorityCharges,
} from "./drdynvc-machine.js";
import type { DynamicChannel, DynamicChannels } from "./drdynvc-traffic.js";

export interface DrdynvcServerOptions {
  /** The highest version to offer: 2 has priority classes, 3 compression. */
  readonly version: 1 | 2 | 3;
  /** What is offered from version 2 on: shares of 70, 20, 7 and 3 percent unless said otherwise. */
  readonly priorityCharges: PriorityCharges;
  /** How long the client may take for its version, in milliseconds; 10,000 by [MS-RDPEDYC] 3.3.2. */
  readonly negotiationTimeout: number;
  /** Names of channels whose data is sent compressed, if version 3 is agreed on. */
  readonly compress: readonly string[];
  readonly maxChannels: number;
  /** Channels closed from here whose ids are not used again until the client has answered. */
  readonly maxClosing: number;
}

const usualOptions: DrdynvcServerOptions = {
  version: 3,
  priorityCharges: [936, 3276, 9362, 21_845],
  negotiationTimeout: 10_000,
  compress: [],
  maxChannels: 256,
  maxClosing: 64,
};

/** A channel of the server: to be asked for, asked for, or open. */
export interface ServerDynamicChannel extends DynamicChannel {
  readonly phase: "waiting" | "creating" | "open";
}

/** The server's end of `drdynvc`: it creates the channels. */
export interface DrdynvcServerState extends DynamicChannels<ServerDynamicChannel> {
  readonly options: DrdynvcServerOptions;
  /** `unavailable`: the client did not answer. */
  readonly phase: "closed" | "negotiating" | "ready" | "unavailable";
  /** When the client's silence ends the wait. */
  readonly negotiateUntil: number | undefined;
  readonly nextIds: NextIds;
}

/** Asks the client for a channel; before the versions are exchanged it waits. */
export interface CreateCommand {
  readonly type: "create";
  readonly name: string;
  /** The class, 0 to 3; 0 unless given. */
  readonly priority?: number;
}

export type DrdynvcServerInput =
  /** The static channel is open; `now` in milliseconds. */
  | { readonly type: "opened"; readonly now: number }
  | { readonly type: "closed" }
  | { readonly type: "tick"; readonly now: number }
  | { readonly type: "received"; readonly message: DrdynvcMessage }
  | CreateCommand
  /** Closes a channel, or takes its request back. */
  | { readonly type: "close"; readonly channelId: number }
  /** Sends a message, given in parts, on an open channel. */
  | { readonly type: "data"; readonly channelId: number; readonly message: readonly Uint8Array[] };

export type DrdynvcServerOutput =
  | DrdynvcSend
  | DrdynvcWrite
  | DrdynvcPart
  | DrdynvcReady
  /** The answer to `create`: the channel has this id. `created`, `refused` or `closed` follows. */
  | { readonly type: "creating"; readonly channelId: number; readonly name: string }
  /** The client took the channel; it is open until `closed`. */
  | { readonly type: "created"; readonly channelId: number; readonly name: string; readonly priority: number }
  /** There will be no channel; `creationStatus` is the client's word, undefined if it was not asked. */
  | {
      readonly type: "refused";
      readonly channelId: number;
      readonly name: string;
      readonly creationStatus: number | undefined;
    }
  | DrdynvcClosed
  /** The client did not answer in time: there are no dynamic channels. */
  | { readonly type: "unavailable" }
  | Wake
  | DrdynvcViolation;

/**
 * The server before the static channel is open. With `compat: "wslg"` it offers version 1, as WSLg
 * does.
 */
export function drdynvcServer({
  compat,
  ...options
}: Partial<DrdynvcServerOptions> & { readonly compat?: "wslg" | undefined } = {}): DrdynvcServerState {
  return {
    options: { ...usualOptions, ...(compat === "wslg" ? { version: 1 } : {}), ...options },
    phase: "closed",
    version: 0,
    negotiateUntil: undefined,
    channels: new Map(),
    closing: [],
    nextIds: firstIds,
  };
}
