import { sourceOf } from "@railvail/wire";
import { after, arriving, MachinePair, type Side } from "../../../test/machine-pair.js";
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
export const heard = arriving<AudioInputMessage>();

type ServerOptions = Partial<AudioInputServerOptions>;
type ClientOptions = Partial<AudioInputClientOptions>;

/** A server after these inputs; the outputs are those of the last one. */
export const serverAfter = (inputs: readonly AudioInputServerInput[], options: ServerOptions = {}) =>
  after(stepAudioInputServer, audioInputServer(options), inputs);

/** A client after these inputs; the outputs are those of the last one. */
export const clientAfter = (inputs: readonly AudioInputClientInput[], options: ClientOptions = {}) =>
  after(stepAudioInputClient, audioInputClient(options), inputs);

/** Both ends with their applications; what they send is bytes that wait until they are delivered. */
export class AudioInputPair extends MachinePair<
  AudioInputServerState,
  AudioInputServerInput,
  AudioInputServerOutput,
  AudioInputClientState,
  AudioInputClientInput,
  AudioInputClientOutput
> {
  /** What the client's application was asked for and has not answered. */
  asked = 0;
  /** What the server's application heard on this connection: the data, and the format it came in. */
  heard: { readonly data: Uint8Array; readonly formatNo: number }[] = [];
  events: AudioInputServerOutput[] = [];

  constructor(server: ServerOptions = {}, client: ClientOptions = {}) {
    super(
      { state: audioInputServer(server), step: stepAudioInputServer },
      { state: audioInputClient(client), step: stepAudioInputClient },
    );
  }

  override open(): void {
    this.clientDoes({ type: "opened" });
    this.serverDoes({ type: "opened", now: this.now });
  }

  override cut(): void {
    this.heard = [];
    this.events = [];
    this.asked = 0;
    super.cut();
  }

  protected override answerAll(): void {
    this.answer(0);
  }

  protected override hear(to: Side, messages: readonly Uint8Array[]): void {
    const sender = to === "client" ? "server" : "client";
    for (const bytes of messages) {
      const message = audioInputVocabulary.read(sourceOf(bytes), 0, bytes.length, sender) as AudioInputMessage;
      if (to === "client") this.clientDoes({ type: "received", message });
      else this.serverDoes({ type: "received", message, now: this.now });
    }
  }

  /** The client's application answers what it was asked. */
  answer(result: number): void {
    if (this.asked === 0) return;
    this.asked--;
    this.clientDoes(result === 0 ? { type: "deviceOpened" } : { type: "deviceFailed", result });
  }

  protected override takeFromServer(output: AudioInputServerOutput): void {
    if (output.type === "send") this.waiting.client.push(audioInputVocabulary.encode(output.message));
    else if (output.type === "wake") this.wake = output.at;
    else if (output.type === "violation") this.violations.push(`server: ${output.by}: ${output.rule}`);
    else if (output.type === "data") this.heard.push({ data: output.data.slice(), formatNo: output.formatNo });
    else this.events.push(output);
  }

  protected override takeFromClient(output: AudioInputClientOutput): void {
    if (output.type === "send") this.waiting.server.push(audioInputVocabulary.encode(output.message));
    else if (output.type === "open") this.asked = 1;
    else if (output.type === "violation") this.violations.push(`client: ${output.by}: ${output.rule}`);
  }
}
