import { DecodeError, sourceOf, type Source, type Step, type Violation } from "@railvail/wire";
import type { ChannelEnd, SendMessage } from "./channel-end.js";

interface AnyOutput {
  readonly type: string;
}

/** A machine, and how its messages are read and written. */
export interface Machine<State, Input, Output extends AnyOutput> {
  readonly state: State;
  step(state: State, input: Input): Step<State, Output>;
  /** What the machine is to hear of when the channel opens. */
  opened(now: number): Input;
  /**
   * What is in a message of the channel, read when it is asked for. Asking throws `DecodeError`, and goes on behind
   * what is damaged or ends.
   */
  received(source: Source, state: State, now: number): Iterable<Input>;
  closed(now: number): Input;
  /** Undefined for a machine that waits for nothing. */
  tick?(now: number): Input;
  /** The parts of a message that the machine wants sent. */
  encode(output: Extract<Output, { readonly type: "send" }>): readonly Uint8Array[];
}

/** A machine of its parts. Inputs and outputs are those of `step`. */
export const machine = <State, Input, Output extends AnyOutput>(
  state: State,
  step: (state: State, input: Input) => Step<State, Output>,
  life: NoInfer<Omit<Machine<State, Input, Output>, "state" | "step">>,
): Machine<State, Input, Output> => ({ ...life, state, step });

/** Outputs of a machine that are its user's: all but what is sent, and wishes to be woken. */
export type MachineEvent<Output extends AnyOutput> = Exclude<Output, { readonly type: "send" | "wake" }>;

/** A message that cannot be read; it is passed over. */
export interface Unreadable extends Violation<"unreadable"> {
  readonly by: "peer";
}

type Deed<Output> =
  | { readonly parts: readonly Uint8Array[]; readonly output?: undefined }
  | { readonly parts?: undefined; readonly output: Output };

/** The end of a channel that a machine is. */
export class MachineEnd<State, Input, Output extends AnyOutput> implements ChannelEnd {
  private readonly machine: Machine<State, Input, Output>;
  private readonly tell: (event: MachineEvent<Output> | Unreadable, now: number) => void;
  /** What is to be done, in order; messages as their parts. */
  private readonly queue: Deed<Output>[] = [];
  private current: State;
  private send: SendMessage | undefined;
  private wanted: number | undefined;
  private now = 0;

  constructor(
    machine: Machine<State, Input, Output>,
    tell: (event: MachineEvent<Output> | Unreadable, now: number) => void,
  ) {
    this.machine = machine;
    this.tell = tell;
    this.current = machine.state;
  }

  get state(): State {
    return this.current;
  }

  get isOpen(): boolean {
    return this.send !== undefined;
  }

  get wakeAt(): number | undefined {
    return this.wanted;
  }

  /** A command of the application. Throws `EncodeError` for values that cannot be sent; then nothing has changed. */
  command(input: Input, now: number = this.now): void {
    this.now = now;
    const { state, outputs } = this.machine.step(this.current, input);
    const deeds = outputs.map((output) => this.deed(output));
    this.current = state;
    const isBusy = this.queue.length > 0;
    for (const deed of deeds) this.queue.push(deed);
    // What a listener commands comes after the rest of what it was told of.
    if (isBusy) return;
    try {
      for (let at = 0; at < this.queue.length; at++) this.perform(this.queue[at] as Deed<Output>, now);
    } finally {
      this.queue.length = 0;
    }
  }

  opened(send: SendMessage, now: number): void {
    this.send = send;
    this.command(this.machine.opened(now), now);
  }

  received(message: Uint8Array, now: number): void {
    const inputs = this.machine.received(sourceOf(message), this.current, now)[Symbol.iterator]();
    for (;;) {
      let next: IteratorResult<Input, unknown>;
      try {
        next = inputs.next();
      } catch (error) {
        if (!(error instanceof DecodeError)) throw error;
        this.tell({ type: "violation", by: "peer", rule: "unreadable", message: error.message }, now);
        continue;
      }
      if (next.done === true) return;
      this.command(next.value, now);
    }
  }

  closed(now: number): void {
    this.send = undefined;
    this.command(this.machine.closed(now), now);
  }

  tick(now: number): void {
    if (this.machine.tick !== undefined) this.command(this.machine.tick(now), now);
  }

  private deed(output: Output): Deed<Output> {
    if (output.type !== "send") return { output };
    return { parts: this.machine.encode(output as Extract<Output, { readonly type: "send" }>) };
  }

  private perform({ parts, output }: Deed<Output>, now: number): void {
    if (parts !== undefined) this.send?.(...parts);
    else if (output.type === "wake") this.wanted = (output as unknown as { readonly at: number | undefined }).at;
    else this.tell(output as MachineEvent<Output>, now);
  }
}
