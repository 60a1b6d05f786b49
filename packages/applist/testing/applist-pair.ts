import { sourceOf } from "@railvail/wire";
import {
  applistClient,
  applistMessageLength,
  applistServer,
  applistVocabulary,
  stepApplistClient,
  stepApplistServer,
  type App,
  type ApplistClientInput,
  type ApplistClientOutput,
  type ApplistClientState,
  type ApplistMessage,
  type ApplistServerInput,
  type ApplistServerOptions,
  type ApplistServerOutput,
  type ApplistServerState,
} from "../src/index.js";

export const providerId = "00000001-FACB-11E6-BD58-64006A7986D3";

export const icon = (size: number) => ({
  flags: 0,
  width: size,
  height: 1,
  stride: size * 4,
  bpp: 32,
  format: 2,
  bits: new Uint8Array(size * 4).fill(size),
});

export const app = (changes: Partial<App> = {}): App => ({
  id: "gedit",
  execPath: "gedit",
  desc: "Editor",
  ...changes,
});

/** A message that arrives, for either end. */
export const received = <Name extends ApplistMessage["message"]>(
  message: Name,
  value: Extract<ApplistMessage, { message: Name }>["value"],
): { readonly type: "received"; readonly message: ApplistMessage } => ({
  type: "received",
  message: { message, value } as ApplistMessage,
});

type ServerOptions = Partial<ApplistServerOptions>;

const serverOf = (options: ServerOptions): ApplistServerState =>
  applistServer({ providerName: "Debian", providerId, ...options });

/** A server after these inputs; the outputs are those of the last one. */
export function serverAfter(
  inputs: readonly ApplistServerInput[],
  options: ServerOptions = {},
): { state: ApplistServerState; outputs: readonly ApplistServerOutput[] } {
  let step: ReturnType<typeof stepApplistServer> = { state: serverOf(options), outputs: [] };
  for (const input of inputs) step = stepApplistServer(step.state, input);
  return step;
}

/** A client after these inputs; the outputs are those of the last one. */
export function clientAfter(
  inputs: readonly ApplistClientInput[],
  options: Parameters<typeof applistClient>[0] = {},
): { state: ApplistClientState; outputs: readonly ApplistClientOutput[] } {
  let step: ReturnType<typeof stepApplistClient> = { state: applistClient(options), outputs: [] };
  for (const input of inputs) step = stepApplistClient(step.state, input);
  return step;
}

/** The inputs after which each end is ready. */
export const serverReady: readonly ApplistServerInput[] = [
  { type: "opened" },
  received("clientCaps", { version: 4, clientLanguageId: "en_US" }),
];
export const clientReady: readonly ApplistClientInput[] = [
  { type: "opened" },
  received("serverCaps", { version: 4, appListProviderName: "Debian", appListProviderUniqueId: providerId }),
];

/** Both ends; the server's application tells the client of all it has as soon as the client listens. */
export class ApplistPair {
  server: ApplistServerState;
  client: ApplistClientState = applistClient();
  readonly violations: string[] = [];
  /** What the client was told, one event after the other. */
  readonly told = new Map<string, App>();
  private readonly catalogue: () => readonly App[];
  private toClient: Uint8Array[] = [];
  private toServer: Uint8Array[] = [];

  constructor(options: ServerOptions, catalogue: () => readonly App[]) {
    this.server = serverOf(options);
    this.catalogue = catalogue;
  }

  serverDoes(input: ApplistServerInput): void {
    const { state, outputs } = stepApplistServer(this.server, input);
    this.server = state;
    for (const output of outputs) this.takeFromServer(output);
  }

  clientDoes(input: ApplistClientInput): void {
    const { state, outputs } = stepApplistClient(this.client, input);
    this.client = state;
    for (const output of outputs) this.takeFromClient(output);
  }

  open(): void {
    this.clientDoes({ type: "opened" });
    this.serverDoes({ type: "opened" });
  }

  /** The connection ends; what was on the way is lost. */
  cut(): void {
    this.toClient = [];
    this.toServer = [];
    this.serverDoes({ type: "closed" });
    this.clientDoes({ type: "closed" });
  }

  /** Delivers up to `count` messages in one message of the channel. */
  deliver(to: "client" | "server", count: number): void {
    const parts = (to === "client" ? this.toClient : this.toServer).splice(0, count);
    const source = sourceOf(Uint8Array.from(parts.flatMap((part) => [...part])));
    const sender = to === "client" ? "server" : "client";
    const end = source.bytes.length;
    for (let at = 0; at < end;) {
      const next = at + (applistMessageLength(source, at, end) as number);
      const message = applistVocabulary.read(source, at, next, sender) as ApplistMessage;
      if (to === "client") this.clientDoes({ type: "received", message });
      else this.serverDoes({ type: "received", message });
      at = next;
    }
    // The memory of a message is used again.
    source.bytes.fill(0xee);
  }

  settle(): void {
    while (this.toClient.length + this.toServer.length > 0) {
      this.deliver("client", Infinity);
      this.deliver("server", Infinity);
    }
  }

  private takeFromServer(output: ApplistServerOutput): void {
    if (output.type === "send") this.toClient.push(applistVocabulary.encode(output.message));
    else if (output.type === "ready") this.serverDoes({ type: "synchronise", apps: this.catalogue() });
    else this.violations.push(`server: ${output.by}: ${output.rule}`);
  }

  private takeFromClient(output: ApplistClientOutput): void {
    if (output.type === "send") this.toServer.push(applistVocabulary.encode(output.message));
    else if (output.type === "violation") this.violations.push(`client: ${output.by}: ${output.rule}`);
    else if (output.type === "appUpdated") {
      if (this.told.has(output.app.id) === output.isNew) this.violations.push("test: new or not");
      this.told.set(output.app.id, output.app);
    } else if (output.type === "appDeleted" && !this.told.delete(output.app.id))
      this.violations.push("test: deleted what was not there");
  }
}
