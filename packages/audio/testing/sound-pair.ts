import { sourceOf } from "@railvail/wire";
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
export const received = <Name extends SoundMessage["message"]>(
  message: Name,
  value: Extract<SoundMessage, { message: Name }>["value"],
  now = 0,
): { readonly type: "received"; readonly message: SoundMessage; readonly now: number } => ({
  type: "received",
  message: { message, value } as SoundMessage,
  now,
});

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
export function serverAfter(
  inputs: readonly SoundServerInput[],
  options: ServerOptions = {},
): { state: SoundServerState; outputs: readonly SoundServerOutput[] } {
  let step: ReturnType<typeof stepSoundServer> = { state: soundServer(options), outputs: [] };
  for (const input of inputs) step = stepSoundServer(step.state, input);
  return step;
}

/** A client after these inputs; the outputs are those of the last one. */
export function clientAfter(
  inputs: readonly SoundClientInput[],
  options: ClientOptions = {},
): { state: SoundClientState; outputs: readonly SoundClientOutput[] } {
  let step: ReturnType<typeof stepSoundClient> = { state: soundClient(options), outputs: [] };
  for (const input of inputs) step = stepSoundClient(step.state, input);
  return step;
}

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
export class SoundPair {
  server: SoundServerState;
  client: SoundClientState;
  now = 0;
  /** When the server wants a tick. */
  wake: number | undefined;
  playing: Heard[] = [];
  /** All that the client's application was given on this connection. */
  heard: Heard[] = [];
  readonly violations: string[] = [];
  /** What the server said beside messages, of this connection. */
  events: SoundServerOutput[] = [];
  toClient: Uint8Array[] = [];
  toServer: Uint8Array[] = [];

  constructor(server: ServerOptions = {}, client: ClientOptions = {}) {
    this.server = soundServer(server);
    this.client = soundClient(client);
  }

  serverDoes(input: SoundServerInput): void {
    const { state, outputs } = stepSoundServer(this.server, input);
    this.server = state;
    for (const output of outputs) this.takeFromServer(output);
  }

  clientDoes(input: SoundClientInput): void {
    const { state, outputs } = stepSoundClient(this.client, input);
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
    this.serverDoes({ type: "closed" });
    this.clientDoes({ type: "closed" });
  }

  /** Delivers up to `count` messages; their memory is used for something else afterwards. */
  deliver(to: "client" | "server", count: number): void {
    for (const bytes of (to === "client" ? this.toClient : this.toServer).splice(0, count)) {
      const source = sourceOf(bytes);
      const message =
        to === "client"
          ? readSoundMessage(source, 0, bytes.length, this.client.firstHalf)
          : soundVocabulary.read(source, 0, bytes.length, "client");
      const input = { type: "received", message: message as SoundMessage, now: this.now } as const;
      if (to === "client") this.clientDoes(input);
      else this.serverDoes(input);
      bytes.fill(0xee);
    }
  }

  /** Time passes, and the server gets its tick if it asked for one by then. */
  wait(milliseconds: number): void {
    const until = this.now + milliseconds;
    for (let ticks = 0; this.wake !== undefined && this.wake <= until; ticks++) {
      if (ticks > 1000) throw new Error("the machine keeps asking for ticks");
      this.now = Math.max(this.now, this.wake);
      this.serverDoes({ type: "tick", now: this.now });
    }
    this.now = until;
  }

  /** The client's application has played its oldest blocks. */
  played(count: number): void {
    for (const { serial } of this.playing.splice(0, count)) this.clientDoes({ type: "played", serial, now: this.now });
  }

  /** Everything arrives and is played. */
  settle(): void {
    do {
      this.deliver("client", Infinity);
      this.played(Infinity);
      this.deliver("server", Infinity);
    } while (this.toClient.length + this.toServer.length > 0);
  }

  private takeFromServer(output: SoundServerOutput): void {
    if (output.type === "send") this.toClient.push(soundVocabulary.encode(output.message));
    else if (output.type === "wake") this.wake = output.at;
    else if (output.type === "violation") this.violations.push(`server: ${output.by}: ${output.rule}`);
    else this.events.push(output);
  }

  private takeFromClient(output: SoundClientOutput): void {
    if (output.type === "send") this.toServer.push(soundVocabulary.encode(output.message));
    else if (output.type === "violation") this.violations.push(`client: ${output.by}: ${output.rule}`);
    else if (output.type === "wave") {
      const { serial, data, format } = output;
      this.playing.push({ serial, data: data.slice(), format });
      this.heard.push({ serial, data: data.slice(), format });
    }
  }
}
