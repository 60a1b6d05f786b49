import type { Step, Wake } from "@railvail/wire";
import { violation, type ConnectionRule, type ConnectionViolation } from "./rules.js";
import type { SharedState } from "./shared-state.js";
import type { ConnectionMessage, ConnectionSend } from "./vocabulary.js";

/** What a sequence is told: a command, a message of the peer, or the time. */
export type SequenceInput<Command> = (
  | Command
  | {
      readonly type: "received";
      readonly message: ConnectionMessage;
      /** Bytes that came from the peer in all, this message among them; for measurements. */
      readonly bytes?: number;
    }
  | { readonly type: "tick" }
) & {
  /** The caller's clock, in milliseconds. */
  readonly now: number;
};

/** What both ends say. */
export type CommonOutput =
  | ConnectionSend
  /** What was sent before this goes out in plain text; then TLS begins, and `tlsStarted` says that it is up. */
  | { readonly type: "startTls" }
  /** Nothing comes after this; the transport is to be closed once all was sent. */
  | { readonly type: "close"; readonly because: "peer" | "local" | ConnectionRule; readonly errorInfo?: number }
  | Wake
  | ConnectionViolation;

/** Nothing changes but what is said. */
export const same = <S, O>(state: S, ...outputs: O[]): Step<S, O> => ({ state, outputs });

/** The peer broke a rule that leaves no way on. */
export const broken = <S extends SharedState>(
  state: S,
  rule: ConnectionRule,
  detail?: string,
  before: readonly ConnectionSend[] = [],
): Step<S, CommonOutput> => ({
  state: { ...state, phase: "closed" },
  outputs: [violation("peer", rule, detail), ...before, { type: "close", because: rule }],
});
