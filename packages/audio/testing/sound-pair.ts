import { sourceOf } from "@railvail/wire";
import { after, arriving, MachinePair, type Side } from "../../../test/machine-pair.js";
import {
  pcmFormat,
  readSoundMessage,
  soundClient,
  soundServer,
  soundVocabulary,
  stepSoundClient,
  stepSoundServer,
  type AudioFormat,
  type SoundClientInput,
  type SoundClientOptions,
  type SoundClientOutput,
  type SoundClientState,
  type SoundMessage,
  type SoundServerInput,
  type SoundServerOptions,
  type SoundServerOutput,
  type SoundServerState,
} from "../src/index.js";

export const stereo = pcmFormat(2, 44_100, 16);
export const mono = pcmFormat(1, 22_050, 8);

/** A message that arrives, for either end. */
export const received = arriving<SoundMessage>();

type Stated = Extract<SoundMessage, { message: "clientSoundFormats" }>["value"];
type Offered = Extract<SoundMessage, { message: "serverSoundFormats" }>["value"];

export const stated = (changes: Partial<Stated> = {}) =>
  received("clientSoundFormats", {
    dwFlags: 7,
    volumeLeft: 0xffff,
    volumeRight: 0xffff,
    dwPitch: 0x1_0000,
    wDGramPort: 0,
    cLastBlockConfirmed: 0,
    wVersion: 8,
    sndFormats: [stereo],
    ...changes,
  });

export const offered = (changes: Partial<Offered> = {}) =>
  received("serverSoundFormats", {
    dwFlags: 0,
    dwVolume: 0,
    dwPitch: 0,
    wDGramPort: 0,
    cLastBlockConfirmed: 255,
    wVersion: 8,
    sndFormats: [stereo],
    ...changes,
  });

export const quality = received("soundQualityMode", { wQualityMode: 2 });
export const confirm = (cConfirmedBlockNo: number, now = 0, wTimeStamp = 0) =>
  received("waveConfirm", { wTimeStamp, cConfirmedBlockNo }, now);

export const wave = (cBlockNo: number, changes: { wFormatNo?: number; now?: number } = {}) =>
  received(
    "wave2",
    { wTimeStamp: 7, wFormatNo: changes.wFormatNo ?? 0, cBlockNo, dwAudioTimeStamp: 9, data: new Uint8Array(8) },
    changes.now ?? 0,
  );

export const play = (now = 0, data: Uint8Array = new Uint8Array(880)): SoundServerInput => ({
  type: "play",
  data,
  now,
});

type ServerOptions = Partial<SoundServerOptions>;
type ClientOptions = Partial<SoundClientOptions>;

/** A server after these inputs; the outputs are those of the last one. */
export const serverAfter = (inputs: readonly SoundServerInput[], options: ServerOptions = {}) =>
  after(stepSoundServer, soundServer(options), inputs);

/** A client after these inputs; the outputs are those of the last one. */
export const clientAfter = (inputs: readonly SoundClientInput[], options: ClientOptions = {}) =>
  after(stepSoundClient, soundClient(options), inputs);

/** The inputs after which each end is ready; the server needs `trainingSize: undefined`. */
export const serverReady: readonly SoundServerInput[] = [{ type: "opened", now: 0 }, stated(), quality];
export const clientReady: readonly SoundClientInput[] = [{ type: "opened" }, offered()];

/** What the client's application was given and has not said `played` to. */
interface Heard {
  readonly serial: number;
  readonly data: Uint8Array;
  readonly format: AudioFormat;
}

/** Both ends with their applications; what they send is bytes that wait until they are delivered. */
export class SoundPair extends MachinePair<
  SoundServerState,
  SoundServerInput,
  SoundServerOutput,
  SoundClientState,
  SoundClientInput,
  SoundClientOutput
> {
  playing: Heard[] = [];
  /** All that the client's application was given on this connection. */
  heard: Heard[] = [];
  /** What the server said beside messages, of this connection. */
  events: SoundServerOutput[] = [];

  constructor(server: ServerOptions = {}, client: ClientOptions = {}) {
    super({ state: soundServer(server), step: stepSoundServer }, { state: soundClient(client), step: stepSoundClient });
  }

  override open(): void {
    this.clientDoes({ type: "opened" });
    this.serverDoes({ type: "opened", now: this.now });
  }

  override cut(): void {
    this.heard = [];
    this.events = [];
    super.cut();
  }

  protected override answerAll(): void {
    this.played(Infinity);
  }

  protected override hear(to: Side, messages: readonly Uint8Array[]): void {
    for (const bytes of messages) {
      const source = sourceOf(bytes);
      const message =
        to === "client"
          ? readSoundMessage(source, 0, bytes.length, this.client.firstHalf)
          : soundVocabulary.read(source, 0, bytes.length, "client");
      const input = { type: "received", message: message as SoundMessage, now: this.now } as const;
      if (to === "client") this.clientDoes(input);
      else this.serverDoes(input);
    }
  }

  /** The client's application has played its oldest blocks. */
  played(count: number): void {
    for (const { serial } of this.playing.splice(0, count)) this.clientDoes({ type: "played", serial, now: this.now });
  }

  protected override takeFromServer(output: SoundServerOutput): void {
    if (output.type === "send") this.waiting.client.push(soundVocabulary.encode(output.message));
    else if (output.type === "wake") this.wake = output.at;
    else if (output.type === "violation") this.violations.push(`server: ${output.by}: ${output.rule}`);
    else this.events.push(output);
  }

  protected override takeFromClient(output: SoundClientOutput): void {
    if (output.type === "send") this.waiting.server.push(soundVocabulary.encode(output.message));
    else if (output.type === "violation") this.violations.push(`client: ${output.by}: ${output.rule}`);
    else if (output.type === "wave") {
      const { serial, data, format } = output;
      this.playing.push({ serial, data: data.slice(), format });
      this.heard.push({ serial, data: data.slice(), format });
    }
  }
}
