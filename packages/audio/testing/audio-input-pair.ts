import { sourceOf } from "@railvail/wire";
import {
  audioInputClient,
  audioInputServer,
  audioInputVocabulary,
  stepAudioInputClient,
  stepAudioInputServer,
  type AudioInputClientInput,
  type AudioInputClientOptions,
  type AudioInputClientOutput,
  type AudioInputClientState,
  type AudioInputMessage,
  type AudioInputServerInput,
  type AudioInputServerOptions,
  type AudioInputServerOutput,
  type AudioInputServerState,
} from "../src/index.js";

/** A message that arrives, for either end. */
export const heard = <Name extends AudioInputMessage["message"]>(
  message: Name,
  value: Extract<AudioInputMessage, { message: Name }>["value"],
  now = 0,
): { readonly type: "received"; readonly message: AudioInputMessage; readonly now: number } => ({
  type: "received",
  message: { message, value } as AudioInputMessage,
  now,
});

type ServerOptions = Partial<AudioInputServerOptions>;
type ClientOptions = Partial<AudioInputClientOptions>;

/** A server after these inputs; the outputs are those of the last one. */
export function serverAfter(
  inputs: readonly AudioInputServerInput[],
  options: ServerOptions = {},
): { state: AudioInputServerState; outputs: readonly AudioInputServerOutput[] } {
  let step: ReturnType<typeof stepAudioInputServer> = { state: audioInputServer(options), outputs: [] };
  for (const input of inputs) step = stepAudioInputServer(step.state, input);
  return step;
}

/** A client after these inputs; the outputs are those of the last one. */
export function clientAfter(
  inputs: readonly AudioInputClientInput[],
  options: ClientOptions = {},
): { state: AudioInputClientState; outputs: readonly AudioInputClientOutput[] } {
  let step: ReturnType<typeof stepAudioInputClient> = { state: audioInputClient(options), outputs: [] };
  for (const input of inputs) step = stepAudioInputClient(step.state, input);
  return step;
}

/** Both ends with their applications; what they send is bytes that wait until they are delivered. */
export class AudioInputPair {
  server: AudioInputServerState;
  client: AudioInputClientState;
  now = 0;
  /** When the server wants a tick. */
  wake: number | undefined;
  /** What the client's application was asked for and has not answered. */
  asked = 0;
  /** What the server's application heard on this connection: the data, and the format it came in. */
  heard: { readonly data: Uint8Array; readonly formatNo: number }[] = [];
  readonly violations: string[] = [];
  events: AudioInputServerOutput[] = [];
  private toClient: Uint8Array[] = [];
  private toServer: Uint8Array[] = [];

  constructor(server: ServerOptions = {}, client: ClientOptions = {}) {
    this.server = audioInputServer(server);
    this.client = audioInputClient(client);
  }

  serverDoes(input: AudioInputServerInput): void {
    const { state, outputs } = stepAudioInputServer(this.server, input);
    this.server = state;
    for (const output of outputs) this.takeFromServer(output);
  }

  clientDoes(input: AudioInputClientInput): void {
    const { state, outputs } = stepAudioInputClient(this.client, input);
    this.client = state;
    for (const output of outputs) this.takeFromClient(output);
  }

  open(): void {
    this.clientDoes({ type: "opened" });
    this.serverDoes({ type: "opened", now: this.now });
  }

  /** The connection ends; what was on the way is lost. */
  cut(): void {
    this.toClient = [];
    this.toServer = [];
    this.heard = [];
    this.events = [];
    this.asked = 0;
    this.serverDoes({ type: "closed" });
    this.clientDoes({ type: "closed" });
  }

  /** Delivers up to `count` messages; their memory is used for something else afterwards. */
  deliver(to: "client" | "server", count: number): void {
    const sender = to === "client" ? "server" : "client";
    for (const bytes of (to === "client" ? this.toClient : this.toServer).splice(0, count)) {
      const message = audioInputVocabulary.read(sourceOf(bytes), 0, bytes.length, sender) as AudioInputMessage;
      if (to === "client") this.clientDoes({ type: "received", message });
      else this.serverDoes({ type: "received", message, now: this.now });
      bytes.fill(0xee);
    }
  }

  /** Time passes, and the server gets its tick if it asked for one by then. */
  wait(milliseconds: number): void {
    this.now += milliseconds;
    if (this.wake !== undefined && this.wake <= this.now) this.serverDoes({ type: "tick", now: this.now });
  }

  /** The client's application answers what it was asked. */
  answer(result: number): void {
    if (this.asked === 0) return;
    this.asked--;
    this.clientDoes(result === 0 ? { type: "deviceOpened" } : { type: "deviceFailed", result });
  }

  /** Everything arrives, and the device opens. */
  settle(): void {
    do {
      this.deliver("client", Infinity);
      this.answer(0);
      this.deliver("server", Infinity);
    } while (this.toClient.length + this.toServer.length > 0);
  }

  private takeFromServer(output: AudioInputServerOutput): void {
    if (output.type === "send") this.toClient.push(audioInputVocabulary.encode(output.message));
    else if (output.type === "wake") this.wake = output.at;
    else if (output.type === "violation") this.violations.push(`server: ${output.by}: ${output.rule}`);
    else if (output.type === "data") this.heard.push({ data: output.data.slice(), formatNo: output.formatNo });
    else this.events.push(output);
  }

  private takeFromClient(output: AudioInputClientOutput): void {
    if (output.type === "send") this.toServer.push(audioInputVocabulary.encode(output.message));
    else if (output.type === "open") this.asked = 1;
    else if (output.type === "violation") this.violations.push(`client: ${output.by}: ${output.rule}`);
  }
}
