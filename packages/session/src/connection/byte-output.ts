import type { Pdu, Step } from "@railvail/wire";
import type { SequenceInput } from "./common-output.js";
import type { ConnectionViolation } from "./rules.js";
import type { SharedState, StaticChannel } from "./shared-state.js";
import type { ConnectionSend } from "./vocabulary.js";

/** What the caller does with a connection's bytes, and what it learns. */
export type ByteOutput =
  /** To be written in this order; the memory is not used again. */
  | { readonly type: "bytes"; readonly segments: readonly Uint8Array[] }
  /** TLS begins after the bytes before this; `rest` came already and belongs to TLS. */
  | { readonly type: "startTls"; readonly rest: Uint8Array }
  /**
   * A whole message of a static channel. `data` is a view of what was given to `receive` if it
   * came in one chunk there; `flags` are the `ChannelFlags` of its chunks.
   */
  | {
      readonly type: "channelData";
      readonly channel: StaticChannel;
      readonly data: Uint8Array;
      readonly flags: number;
    }
  /** A decoded PDU beside the sequence: slow-path input and updates, and all others. */
  | { readonly type: "pdu"; readonly pdu: Pdu; readonly value: unknown };

/** One end of a connection: the sequence, and which end it is. */
export interface Role<State extends SharedState, Command, Output> {
  readonly sender: "client" | "server";
  step(state: State, input: SequenceInput<Command>): Step<State, Output>;
}

/** All that a connection tells its caller; what the sequence sends became bytes. */
export type Told<Output> = Exclude<Output, ConnectionSend | { type: "startTls" }> | ByteOutput | ConnectionViolation;
