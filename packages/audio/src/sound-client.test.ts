import { describe, expect, test } from "vitest";
import { clientAfter, clientReady, mono, offered, received, stereo, wave } from "../testing/sound-pair.js";
import { FormatTag, pcmFormat, stepSoundClient, type SoundClientInput, type SoundClientOutput } from "./index.js";

const after = (...inputs: readonly SoundClientInput[]) => clientAfter([...clientReady, ...inputs]);
const played = (serial: number, now: number): SoundClientInput => ({ type: "played", serial, now });
const sends = (outputs: readonly SoundClientOutput[]) =>
  outputs.flatMap((output) => (output.type === "send" ? [output.message] : []));
const confirmed = (cConfirmedBlockNo: number, wTimeStamp: number) => ({
  message: "waveConfirm",
  value: { wTimeStamp, cConfirmedBlockNo },
});

describe("formats", () => {
  test("that both know are stated as the server wrote them, the client's favourites first; then the quality", () => {
    const aac = { ...pcmFormat(2, 44_100, 16), wFormatTag: FormatTag.aac, nAvgBytesPerSec: 12_000 };
    const list = [pcmFormat(8, 8000, 8), stereo, aac, { ...mono, nAvgBytesPerSec: 3 }, stereo];
    const options = { formats: [aac, mono, stereo], quality: 1, volume: { left: 4, right: 5 } };
    const { outputs, state } = clientAfter([{ type: "opened" }, offered({ sndFormats: list })], options);
    const formats = [aac, { ...mono, nAvgBytesPerSec: 3 }, stereo];
    expect(sends(outputs)).toEqual([
      {
        message: "clientSoundFormats",
        value: {
          dwFlags: 3,
          volumeLeft: 4,
          volumeRight: 5,
          dwPitch: 0x1_0000,
          wDGramPort: 0,
          cLastBlockConfirmed: 0,
          wVersion: 8,
          sndFormats: formats,
        },
      },
      { message: "soundQualityMode", value: { wQualityMode: 1 } },
    ]);
    expect(outputs.at(-1)).toEqual({ type: "formats", formats, version: 8 });
    expect(state).toMatchObject({ phase: "ready", formats, nextBlock: 0 });
  });

  test("may come again and again: Windows states them after each silence", () => {
    const again = after(wave(0), offered({ cLastBlockConfirmed: 0, wVersion: 5 }), wave(1));
    expect(again.outputs).toMatchObject([{ type: "wave", serial: 1, blockNo: 1 }]);
    // What was heard before is still confirmed, with its own number.
    expect(sends(stepSoundClient(again.state, played(0, 1)).outputs)).toEqual([confirmed(0, 8)]);
    expect(sends(after(offered({ wVersion: 5 })).outputs).map(({ message }) => message)).toEqual([
      "clientSoundFormats",
    ]);
  });

  test("that are not known leave an empty list", () => {
    const { outputs } = clientAfter([{ type: "opened" }, offered({ sndFormats: [mono] })]);
    expect(outputs.at(-1)).toEqual({ type: "formats", formats: [], version: 8 });
    expect(sends(outputs)[0]).toMatchObject({ value: { dwFlags: 3, sndFormats: [] } });
  });

  test("are kept, though the message's memory is used again", () => {
    const data = Uint8Array.of(1, 2);
    const odd = { ...stereo, wFormatTag: 0x55, data };
    const options = { formats: [{ ...odd, data: data.slice() }] };
    const { state } = clientAfter([{ type: "opened" }, offered({ sndFormats: [odd] })], options);
    data.fill(9);
    expect(state.formats[0]?.data).toEqual(Uint8Array.of(1, 2));
  });
});

describe("a block", () => {
  const data = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8);
  const info = { wTimeStamp: 3, wFormatNo: 0, cBlockNo: 0, bodySize: 16, data: data.slice(0, 4) };

  test("is given with its times, and confirmed with the time for which it was here", () => {
    const { outputs, state } = after(wave(0, { now: 100 }));
    expect(outputs).toEqual([
      {
        type: "wave",
        serial: 0,
        blockNo: 0,
        formatNo: 0,
        format: stereo,
        data: new Uint8Array(8),
        timeStamp: 7,
        audioTimeStamp: 9,
        received: 100,
      },
    ]);
    const done = stepSoundClient(state, played(0, 100 + 65_534));
    expect(sends(done.outputs)).toEqual([confirmed(0, 5)]);
    expect(done.state.pending).toEqual([]);
    expect(stepSoundClient(done.state, played(0, 200)).outputs).toEqual([]);
  });

  test("in two halves is put together, though the memory of the first is used again", () => {
    const first = info.data.slice();
    const half = after(received("waveInfo", { ...info, data: first }));
    expect(half.outputs).toEqual([]);
    first.fill(0);
    const whole = stepSoundClient(half.state, received("waveData", { data: data.subarray(4) }, 8));
    expect(whole.outputs).toMatchObject([{ type: "wave", data, timeStamp: 3, audioTimeStamp: undefined, received: 8 }]);
    expect(whole.state.firstHalf).toBeUndefined();
  });

  test("that is dropped is confirmed at once: one without a format, one without a second half", () => {
    const unknown = after(wave(0, { wFormatNo: 1 }));
    expect(unknown.outputs).toMatchObject([{ rule: "format-unknown" }, { type: "send", message: confirmed(0, 7) }]);
    expect(unknown.state).toMatchObject({ nextBlock: 1, pending: [] });
    const cut = after(received("waveInfo", info), wave(1));
    expect(cut.outputs).toMatchObject([
      { rule: "second-half-missing" },
      { type: "send", message: confirmed(0, 3) },
      { type: "wave", blockNo: 1 },
    ]);
  });

  test("is confirmed as often as was said", () => {
    const times = (confirms: "played" | "received" | "both" | "never"): number => {
      const first = clientAfter([...clientReady, wave(0)], { confirms });
      return sends([...first.outputs, ...stepSoundClient(first.state, played(0, 1)).outputs]).length;
    };
    expect([times("played"), times("received"), times("both"), times("never")]).toEqual([1, 1, 2, 0]);
  });

  test("of a connection that has ended is confirmed no more", () => {
    const { state } = after(wave(0), { type: "closed" }, ...clientReady, wave(0));
    expect(stepSoundClient(state, played(0, 1)).outputs).toEqual([]);
    expect(sends(stepSoundClient(state, played(1, 1)).outputs)).toEqual([confirmed(0, 8)]);
  });

  test("after the end was announced is played: xrdp says the end at each pause", () => {
    const stopped = after(received("soundClose", {}));
    expect(stopped.outputs).toEqual([{ type: "stopped" }]);
    expect(stopped.state.phase).toBe("stopped");
    const going = stepSoundClient(stopped.state, wave(0));
    expect(going.outputs).toMatchObject([{ rule: "after-close" }, { type: "wave" }]);
    expect(going.state.phase).toBe("ready");
  });
});

test("training is answered with its two numbers, and settings are told", () => {
  const training = received("training", { wTimeStamp: 35_290, wPackSize: 1024, data: new Uint8Array(1016) });
  expect(sends(after(training).outputs)).toEqual([
    { message: "trainingConfirm", value: { wTimeStamp: 35_290, wPackSize: 1024 } },
  ]);
  const volume = received("setVolume", { volumeLeft: 1, volumeRight: 2 });
  expect(after(volume).outputs).toEqual([{ type: "volume", left: 1, right: 2 }]);
  const pitched = clientAfter([...clientReady, received("setPitch", { pitch: 5 })], { pitch: 0x1_0000 });
  expect(pitched.outputs).toEqual([{ type: "pitch", pitch: 5 }]);
});

test("like WSLg's client, it confirms twice, and the first block has the number that was named as the last", () => {
  const inputs = [{ type: "opened" } as const, offered({ cLastBlockConfirmed: 0 }), wave(0)];
  const { outputs } = clientAfter(inputs, { compat: "wslg" });
  expect(outputs).toMatchObject([{ type: "send", message: confirmed(0, 7) }, { type: "wave" }]);
});
