/** What tests of a channel's two machines share: both ends over bytes that wait until they are delivered. */
import type { Step } from "@railvail/wire";

export type Side = "client" | "server";

interface AnyMessage {
  readonly message: string;
  readonly value: unknown;
}
interface AnyInput {
  readonly type: string;
}

/** Makes messages of a channel that arrive, for either end. */
export const arriving =
  <Message extends AnyMessage>() =>
  <Name extends Message["message"]>(
    message: Name,
    value: Extract<Message, { readonly message: Name }>["value"],
    now = 0,
  ): { readonly type: "received"; readonly message: Message; readonly now: number } => ({
    type: "received",
    message: { message, value } as unknown as Message,
    now,
  });

/** A machine after these inputs; the outputs are those of the last one. */
export function after<State, Input, Output>(
  step: (state: State, input: Input) => Step<State, Output>,
  state: State,
  inputs: readonly Input[],
): Step<State, Output> {
  let last: Step<State, Output> = { state, outputs: [] };
  for (const input of inputs) last = step(last.state, input);
  return last;
}

/** One end: how it starts, and how it goes on. */
interface End<State, Input, Output> {
  readonly state: State;
  readonly step: (state: State, input: Input) => Step<State, Output>;
}

/** More ticks than any machine wants within one wait. */
const mostTicks = 1000;

/** Both ends with their applications. */
export abstract class MachinePair<
  Server,
  ServerInput extends AnyInput,
  ServerOutput,
  Client,
  ClientInput extends AnyInput,
  ClientOutput,
> {
  server: Server;
  client: Client;
  now = 0;
  /** When the server wants a tick. */
  wake: number | undefined;
  readonly violations: string[] = [];
  /** What waits to be delivered. */
  protected readonly waiting: Record<Side, Uint8Array[]> = { client: [], server: [] };
  private readonly stepServer: End<Server, ServerInput, ServerOutput>["step"];
  private readonly stepClient: End<Client, ClientInput, ClientOutput>["step"];

  constructor(server: End<Server, ServerInput, ServerOutput>, client: End<Client, ClientInput, ClientOutput>) {
    this.server = server.state;
    this.stepServer = server.step;
    this.client = client.state;
    this.stepClient = client.step;
  }

  serverDoes(input: ServerInput): void {
    const { state, outputs } = this.stepServer(this.server, input);
    this.server = state;
    for (const output of outputs) this.takeFromServer(output);
  }

  clientDoes(input: ClientInput): void {
    const { state, outputs } = this.stepClient(this.client, input);
    this.client = state;
    for (const output of outputs) this.takeFromClient(output);
  }

  /** The channel opens on both sides. */
  abstract open(): void;

  /** The connection ends; what was on the way is lost. */
  cut(): void {
    this.waiting.client = [];
    this.waiting.server = [];
    this.serverDoes({ type: "closed" } as ServerInput);
    this.clientDoes({ type: "closed" } as ClientInput);
  }

  /** Delivers up to `count` of the messages that wait; their memory is used for something else afterwards. */
  deliver(to: Side, count: number): void {
    const all = this.waiting[to].splice(0, count);
    this.hear(to, all);
    for (const bytes of all) bytes.fill(0xee);
  }

  /** Time passes, and the server gets the ticks it asks for. */
  wait(milliseconds: number): void {
    const until = this.now + milliseconds;
    for (let ticks = 0; this.wake !== undefined && this.wake <= until; ticks++) {
      if (ticks > mostTicks) throw new Error("the machine keeps asking for ticks");
      this.now = Math.max(this.now, this.wake);
      this.serverDoes({ type: "tick", now: this.now } as unknown as ServerInput);
    }
    this.now = until;
  }

  /** Everything arrives, and what the applications are asked for is done. */
  settle(): void {
    do {
      this.deliver("client", Infinity);
      this.answerAll();
      this.deliver("server", Infinity);
    } while (this.waiting.client.length + this.waiting.server.length > 0);
  }

  /** What the client's application does about all that it was told. */
  protected answerAll(): void {
    // Nothing, where there is nothing to answer.
  }

  /** Reads what arrives at once, and gives it to the end. */
  protected abstract hear(to: Side, messages: readonly Uint8Array[]): void;
  protected abstract takeFromServer(output: ServerOutput): void;
  protected abstract takeFromClient(output: ClientOutput): void;
}
