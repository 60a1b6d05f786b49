import { sourceOf, type Source } from "@railvail/wire";
import { beforeAll, describe, expect, test } from "vitest";
import { walkChannel } from "../../../test/recordings.js";
import {
  audioInputClient,
  audioInputServer,
  audioInputVocabulary,
  soundClient,
  soundServer,
  soundVocabulary,
  stepAudioInputClient,
  stepAudioInputServer,
  stepSoundClient,
  stepSoundServer,
  type AudioInputMessage,
  type SoundMessage,
} from "./index.js";

/** A message of the recorded session with WSLg, whose client was xfreerdp. */
interface Recorded<M> {
  readonly fromServer: boolean;
  readonly bytes: Uint8Array;
  readonly message: M;
  /** Milliseconds. */
  readonly now: number;
}

interface Vocabulary<M> {
  read(source: Source, offset: number, end: number, sender: "client" | "server"): M | undefined;
}

async function recorded<M>(channel: string, vocabulary: Vocabulary<M>): Promise<Recorded<M>[]> {
  const all: Recorded<M>[] = [];
  await walkChannel("wslg-audio", channel, ({ source, offset, end, direction, time }) => {
    const fromServer = direction === "s2c";
    const bytes = source.bytes.slice(offset, end);
    const message = vocabulary.read(sourceOf(bytes), 0, bytes.length, fromServer ? "server" : "client");
    if (message !== undefined) all.push({ fromServer, bytes, message, now: Number(time / 1_000_000n) });
  });
  return all;
}

const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
const bytesOf = <M>(all: readonly Recorded<M>[], fromServer: boolean): string[] =>
  all.filter((each) => each.fromServer === fromServer).map(({ bytes }) => hexOf(bytes));

describe("audio out", () => {
  let session: Recorded<SoundMessage>[] = [];

  beforeAll(async () => {
    session = await recorded("rdpsnd-dvc", soundVocabulary);
  });

  test("our server sends byte for byte what WSLg sent to the same client, and all credits come back", () => {
    const sent: string[] = [];
    const rules: string[] = [];
    let state = soundServer({ compat: "wslg" });
    const step = (input: Parameters<typeof stepSoundServer>[1]): void => {
      const next = stepSoundServer(state, input);
      ({ state } = next);
      for (const output of next.outputs) {
        if (output.type === "send") sent.push(hexOf(soundVocabulary.encode(output.message)));
        if (output.type === "violation") rules.push(output.rule);
      }
    };
    step({ type: "opened", now: session[0]?.now ?? 0 });
    for (const { fromServer, message, now } of session) {
      if (!fromServer) step({ type: "received", message, now });
      else if (message.message === "wave2") step({ type: "play", data: message.value.data, now });
    }
    expect(sent).toEqual(bytesOf(session, true));
    expect(rules).toEqual([]);
    expect(state.window.inFlight).toBe(0);
    const figures = stepSoundServer(state, { type: "reportLatency" }).outputs;
    expect(figures).toMatchObject([{ type: "latency", network: { count: 300 }, played: { count: 300 } }]);
  });

  test("our client answers WSLg as xfreerdp did, but for time stamps", () => {
    const sent: SoundMessage[] = [];
    let state = stepSoundClient(soundClient({ compat: "wslg" }), { type: "opened" }).state;
    for (const { fromServer, message, now } of session) {
      if (!fromServer) continue;
      const next = stepSoundClient(state, { type: "received", message, now });
      ({ state } = next);
      for (const output of next.outputs) {
        expect(output.type).not.toBe("violation");
        if (output.type === "send") sent.push(output.message);
        if (output.type !== "wave") continue;
        const done = stepSoundClient(state, { type: "played", serial: output.serial, now });
        ({ state } = done);
        for (const each of done.outputs) if (each.type === "send") sent.push(each.message);
      }
    }
    const without = (message: SoundMessage): object => {
      if (message.message === "waveConfirm") return { ...message.value, wTimeStamp: 0 };
      return message.message === "clientSoundFormats" ? { ...message.value, dwPitch: 0 } : message.value;
    };
    const theirs = session.filter(({ fromServer }) => !fromServer).map(({ message }) => without(message));
    expect(sent.map(without)).toEqual(theirs);
  });
});

describe("audio in", () => {
  let session: Recorded<AudioInputMessage>[] = [];

  beforeAll(async () => {
    session = await recorded("audin", audioInputVocabulary);
  });

  test("our server sends byte for byte what WSLg sent, and hears all of it", () => {
    const sent: string[] = [];
    const events: string[] = [];
    let heard = 0;
    let state = audioInputServer({ compat: "wslg" });
    const step = (input: Parameters<typeof stepAudioInputServer>[1]): void => {
      const next = stepAudioInputServer(state, input);
      ({ state } = next);
      for (const output of next.outputs) {
        if (output.type === "send") sent.push(hexOf(audioInputVocabulary.encode(output.message)));
        else if (output.type === "violation") events.push(output.rule);
        else if (output.type === "data") heard += output.data.length;
        else if (output.type !== "wake") events.push(output.type);
      }
    };
    step({ type: "opened", now: session[0]?.now ?? 0 });
    for (const { fromServer, message, now } of session) if (!fromServer) step({ type: "received", message, now });
    expect(sent).toEqual(bytesOf(session, true));
    // xfreerdp records before it says that its device is open.
    expect(events).toEqual(["data-before-reply", "recording"]);
    expect(heard).toBe(353_004 - 22);
  });

  test("our client answers WSLg as xfreerdp did until the device is open", () => {
    const sent: string[] = [];
    let state = stepAudioInputClient(audioInputClient(), { type: "opened" }).state;
    for (const { fromServer, message } of session) {
      if (!fromServer) continue;
      const next = stepAudioInputClient(state, { type: "received", message });
      ({ state } = next);
      for (const output of next.outputs) {
        expect(output.type).not.toBe("violation");
        if (output.type === "send") sent.push(hexOf(audioInputVocabulary.encode(output.message)));
      }
    }
    expect(state.phase).toBe("opening");
    expect(sent).toEqual(bytesOf(session, false).slice(0, 3));
  });
});
