/** Both ends of `drdynvc` over encoded messages that wait until they are delivered. */
import { sourceOf } from "@railvail/wire";
import {
  drdynvcClient,
  DrdynvcReceiver,
  DrdynvcSender,
  drdynvcServer,
  drdynvcVocabulary,
  stepDrdynvcClient,
  stepDrdynvcServer,
  type DrdynvcClientInput,
  type DrdynvcClientOptions,
  type DrdynvcClientOutput,
  type DrdynvcMessage,
  type DrdynvcSenderOptions,
  type DrdynvcServerInput,
  type DrdynvcServerOptions,
  type DrdynvcServerOutput,
} from "../src/index.js";

export type Side = "client" | "server";
type AnyOutput = DrdynvcClientOutput | DrdynvcServerOutput;

export const other = (side: Side): Side => (side === "client" ? "server" : "client");

/** A message that arrives, for either end. */
export const received = <Name extends DrdynvcMessage["message"]>(
  message: Name,
  value: Extract<DrdynvcMessage, { message: Name }>["value"],
): { readonly type: "received"; readonly message: DrdynvcMessage } => ({
  type: "received",
  message: { message, value } as DrdynvcMessage,
});

/** Rules that were broken, and by whom. */
export const brokenRules = (outputs: readonly AnyOutput[]): string[] =>
  outputs.flatMap((output) => (output.type === "violation" ? [`${output.by}: ${output.rule}`] : []));

export const joined = (parts: readonly Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts));

export class DrdynvcPair {
  client;
  server;
  now = 0;
  wake: number | undefined;
  readonly violations: string[] = [];
  /** All that is neither data nor a message of the protocol. */
  readonly told: Record<Side, AnyOutput[]> = { client: [], server: [] };
  /** Messages that came out, with the channel. */
  readonly got: Record<Side, [channelId: number, message: Uint8Array][]> = { client: [], server: [] };
  readonly senders: Record<Side, DrdynvcSender>;
  readonly receivers = { client: new DrdynvcReceiver(), server: new DrdynvcReceiver() };
  /** What {@link clock} said when an open channel was created. */
  readonly openSince: Record<Side, Map<number, number>> = { client: new Map(), server: new Map() };
  clock = (): number => 0;
  /** Messages of the static channel on their way to each side. */
  readonly wire: Record<Side, Uint8Array[]> = { client: [], server: [] };

  constructor(
    server: Partial<DrdynvcServerOptions> = {},
    client: Partial<DrdynvcClientOptions> = {},
    sender: DrdynvcSenderOptions = {},
  ) {
    this.server = drdynvcServer(server);
    this.client = drdynvcClient(client);
    this.senders = {
      client: new DrdynvcSender((pdu) => this.wire.server.push(joined(pdu)), sender),
      server: new DrdynvcSender((pdu) => this.wire.client.push(joined(pdu)), sender),
    };
  }

  open(): void {
    this.clientDoes({ type: "opened" });
    this.serverDoes({ type: "opened", now: this.now });
  }

  /** The static channel is gone, with all that is on its way. */
  cut(): void {
    this.wire.client = [];
    this.wire.server = [];
    this.clientDoes({ type: "closed" });
    this.serverDoes({ type: "closed" });
    for (const side of ["client", "server"] as const) {
      this.senders[side].reset();
      this.receivers[side].reset();
    }
  }

  clientDoes(input: DrdynvcClientInput): void {
    const { state, outputs } = stepDrdynvcClient(this.client, input);
    this.client = state;
    for (const output of outputs) this.take("client", output);
  }

  serverDoes(input: DrdynvcServerInput): void {
    const { state, outputs } = stepDrdynvcServer(this.server, input);
    this.server = state;
    for (const output of outputs) this.take("server", output);
  }

  does(side: Side, input: DrdynvcClientInput & DrdynvcServerInput): void {
    if (side === "client") this.clientDoes(input);
    else this.serverDoes(input);
  }

  /** Delivers up to `count` messages to a side. */
  deliver(to: Side, count = Infinity): void {
    for (let left = count; left > 0; left--) {
      const bytes = this.wire[to].shift();
      if (bytes === undefined) return;
      const message = drdynvcVocabulary.read(sourceOf(bytes), 0, bytes.length, other(to));
      if (message === undefined) throw new Error("a message that is none");
      this.does(to, { type: "received", message });
    }
  }

  settle(): void {
    while (this.wire.client.length + this.wire.server.length > 0) {
      this.deliver("client");
      this.deliver("server");
    }
  }

  private take(side: Side, output: AnyOutput): void {
    switch (output.type) {
      case "send":
        return this.senders[side].send(output);
      case "write":
        if (!this.senders[side].write(output)) this.violations.push("queue-full");
        return undefined;
      case "part": {
        const { message, problems } = this.receivers[side].part(output);
        for (const { rule } of problems) this.violations.push(`${side}: ${rule}`);
        if (message !== undefined) this.got[side].push([output.channelId, message.slice()]);
        return undefined;
      }
      case "wake":
        this.wake = output.at;
        return undefined;
      case "violation":
        this.violations.push(`${side}: ${output.by} ${output.rule}`);
        return undefined;
      case "ready":
        this.senders[side].priorityCharges = output.priorityCharges;
        break;
      case "created":
        this.openSince[side].set(output.channelId, this.clock());
        break;
      case "closed":
        this.openSince[side].delete(output.channelId);
        if (output.by === "peer") this.senders[side].forget(output.channelId);
        this.receivers[side].forget(output.channelId);
        break;
      default:
        break;
    }
    this.told[side].push(output);
  }
}
