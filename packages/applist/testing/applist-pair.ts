import { sourceOf } from "@railvail/wire";
import { after, arriving, MachinePair, type Side } from "../../../test/machine-pair.js";
import {
  applistClient,
  applistMessageLength,
  applistServer,
  applistVocabulary,
  stepApplistClient,
  stepApplistServer,
  type App,
  type ApplistClientInput,
  type ApplistClientOptions,
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
export const received = arriving<ApplistMessage>();

type ServerOptions = Partial<ApplistServerOptions>;

const serverOf = (options: ServerOptions): ApplistServerState =>
  applistServer({ providerName: "Debian", providerId, ...options });

/** A server after these inputs; the outputs are those of the last one. */
export const serverAfter = (inputs: readonly ApplistServerInput[], options: ServerOptions = {}) =>
  after(stepApplistServer, serverOf(options), inputs);

/** A client after these inputs; the outputs are those of the last one. */
export const clientAfter = (inputs: readonly ApplistClientInput[], options: Parameters<typeof applistClient>[0] = {}) =>
  after(stepApplistClient, applistClient(options), inputs);

/** The inputs after which each end is ready. */
export const serverReady: readonly ApplistServerInput[] = [
  { type: "opened" },
  received("clientCaps", { version: 4, clientLanguageId: "en_US" }),
];
export const clientReady: readonly ApplistClientInput[] = [
  { type: "opened" },
  received("serverCaps", { version: 4, appListProviderName: "Debian", appListProviderUniqueId: providerId }),
];

/** Both ends; with a catalogue the server's application tells the client of all in it as soon as the client listens. */
export class ApplistPair extends MachinePair<
  ApplistServerState,
  ApplistServerInput,
  ApplistServerOutput,
  ApplistClientState,
  ApplistClientInput,
  ApplistClientOutput
> {
  /** What the client was told, one event after the other. */
  readonly told = new Map<string, App>();
  private readonly catalogue: (() => readonly App[]) | undefined;

  constructor(options: ServerOptions, catalogue?: () => readonly App[], limits: Partial<ApplistClientOptions> = {}) {
    super(
      { state: serverOf(options), step: stepApplistServer },
      { state: applistClient(limits), step: stepApplistClient },
    );
    this.catalogue = catalogue;
  }

  override open(): void {
    this.clientDoes({ type: "opened" });
    this.serverDoes({ type: "opened" });
  }

  /** All in one message of the channel. */
  protected override hear(to: Side, messages: readonly Uint8Array[]): void {
    const source = sourceOf(new Uint8Array(Buffer.concat(messages)));
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

  protected override takeFromServer(output: ApplistServerOutput): void {
    if (output.type === "send") this.waiting.client.push(applistVocabulary.encode(output.message));
    else if (output.type === "ready") {
      if (this.catalogue !== undefined) this.serverDoes({ type: "synchronise", apps: this.catalogue() });
    } else this.violations.push(`server: ${output.by}: ${output.rule}`);
  }

  protected override takeFromClient(output: ApplistClientOutput): void {
    if (output.type === "send") this.waiting.server.push(applistVocabulary.encode(output.message));
    else if (output.type === "violation") this.violations.push(`client: ${output.by}: ${output.rule}`);
    else if (output.type === "appUpdated") {
      if (this.told.has(output.app.id) === output.isNew) this.violations.push("test: new or not");
      this.told.set(output.app.id, output.app);
    } else if (output.type === "appDeleted" && !this.told.delete(output.app.id))
      this.violations.push("test: deleted what was not there");
  }
}
