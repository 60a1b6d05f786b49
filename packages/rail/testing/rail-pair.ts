import { sourceOf } from "@railvail/wire";
import { after, arriving } from "../../../test/machine-pair.js";
import {
  railClient,
  railServer,
  railVocabulary,
  stepRailClient,
  stepRailServer,
  type RailClientInput,
  type RailClientOptions,
  type RailClientOutput,
  type RailMessage,
  type RailMessageName,
  type RailServerInput,
  type RailServerOptions,
  type RailServerOutput,
  type RailValue,
} from "../src/index.js";

/** An order that arrives, for either end. */
export const received = arriving<RailMessage>();

/** A start of a program. */
export const start = (exeOrFile: string, flags = 0): RailValue<"exec"> => ({
  flags,
  exeOrFile,
  workingDir: "",
  arguments: "",
});

/** A server after these inputs; the outputs are those of the last one. */
export const serverAfter = (inputs: readonly RailServerInput[], options: Partial<RailServerOptions> = {}) =>
  after(stepRailServer, railServer(options), inputs);

/** A client after these inputs; the outputs are those of the last one. */
export const clientAfter = (inputs: readonly RailClientInput[], options: Partial<RailClientOptions> = {}) =>
  after(stepRailClient, railClient(options), inputs);

/** Names of what is sent, in order. */
export const sentNames = (outputs: readonly (RailClientOutput | RailServerOutput)[]): RailMessageName[] =>
  outputs.flatMap((output) => (output.type === "send" ? [output.message.message] : []));

/** Rules that were broken, and by whom. */
export const brokenRules = (outputs: readonly (RailClientOutput | RailServerOutput)[]): string[] =>
  outputs.flatMap((output) => (output.type === "violation" ? [`${output.by}: ${output.rule}`] : []));

/** A client and a server; what they send waits as bytes until it is delivered. */
export class RailPair {
  client: ReturnType<typeof railClient>;
  server: ReturnType<typeof railServer>;
  now = 0;
  readonly clientEvents: RailClientOutput[] = [];
  readonly serverEvents: RailServerOutput[] = [];
  private toClient: Uint8Array[] = [];
  private toServer: Uint8Array[] = [];

  constructor(client: Partial<RailClientOptions>, server: Partial<RailServerOptions>) {
    this.client = railClient(client);
    this.server = railServer(server);
  }

  open(railSupportLevel: number): void {
    this.clientDoes({ type: "opened", railSupportLevel, now: this.now });
    this.serverDoes({ type: "opened", railSupportLevel, now: this.now });
  }

  /** What is on its way is lost. */
  cut(): void {
    this.toClient = [];
    this.toServer = [];
    this.clientDoes({ type: "closed" });
    this.serverDoes({ type: "closed" });
  }

  clientDoes(input: RailClientInput): void {
    const { state, outputs } = stepRailClient(this.client, input);
    this.client = state;
    for (const output of outputs) {
      if (output.type === "send") this.toServer.push(railVocabulary.encode(output.message));
      else this.clientEvents.push(output);
    }
  }

  serverDoes(input: RailServerInput): void {
    const { state, outputs } = stepRailServer(this.server, input);
    this.server = state;
    for (const output of outputs) {
      if (output.type === "send") this.toClient.push(railVocabulary.encode(output.message));
      else this.serverEvents.push(output);
    }
  }

  /** Delivers the next order that waits; false if none does. */
  deliver(to: "client" | "server"): boolean {
    const bytes = (to === "client" ? this.toClient : this.toServer).shift();
    if (bytes === undefined) return false;
    const message = railVocabulary.read(sourceOf(bytes), 0, bytes.length, to === "client" ? "server" : "client");
    if (message === undefined) throw new Error("an order that is not known");
    const { now } = this;
    if (to === "client") this.clientDoes({ type: "received", message, now });
    else this.serverDoes({ type: "received", message, now });
    return true;
  }

  /** The last order that waits for the client never arrives. */
  lose(): void {
    this.toClient.pop();
  }

  deliverAll(): void {
    while (this.deliver("server") || this.deliver("client"));
  }
}
