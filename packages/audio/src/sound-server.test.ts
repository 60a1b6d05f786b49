import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  confirm,
  mono,
  play,
  quality,
  received,
  serverAfter,
  serverReady,
  stated,
  stereo,
} from "../testing/sound-pair.js";
import {
  mayPlay,
  pcmFormat,
  pcmSize,
  soundServer,
  stepSoundServer,
  type AudioFormat,
  type SoundServerInput,
  type SoundServerOptions,
} from "./index.js";

const untrained = { trainingSize: undefined };
const opened: SoundServerInput = { type: "opened", now: 0 };
const tick = (now: number): SoundServerInput => ({ type: "tick", now });
const ready = (...inputs: readonly SoundServerInput[]) => serverAfter([...serverReady, ...inputs], untrained);
const types = (outputs: readonly { readonly type: string }[]): string[] => outputs.map(({ type }) => type);
const sends = (outputs: ReturnType<typeof serverAfter>["outputs"]) =>
  outputs.flatMap((output) => (output.type === "send" ? [output.message] : []));

describe("setting up", () => {
  test("formats, then quality, then training, then ready", () => {
    const first = serverAfter([opened]);
    expect(first.outputs).toMatchObject([
      {
        type: "send",
        message: {
          message: "serverSoundFormats",
          value: { wVersion: 8, cLastBlockConfirmed: 255, sndFormats: [stereo] },
        },
      },
      { type: "wake", at: 10_000 },
    ]);
    const second = stepSoundServer(first.state, { ...stated(), now: 9999 });
    expect(second.state.phase).toBe("quality");
    expect(second.outputs).toEqual([{ type: "wake", at: 19_999 }]);
    const third = stepSoundServer(second.state, { ...quality, now: 70_000 });
    expect(sends(third.outputs)).toMatchObject([{ message: "training", value: { wTimeStamp: 4464, wPackSize: 1024 } }]);
    const answer = received("trainingConfirm", { wTimeStamp: 4464, wPackSize: 1024 }, 70_030);
    const fourth = stepSoundServer(third.state, answer);
    expect(fourth.outputs).toMatchObject([
      { type: "trained", roundTrip: 30, size: 1024 },
      {
        type: "ready",
        version: 8,
        quality: 2,
        formatNo: 0,
        formats: [stereo],
        volume: { left: 0xffff, right: 0xffff },
      },
      { type: "wake", at: undefined },
    ]);
    expect(fourth.state.phase).toBe("ready");
  });

  test("from version 6 on the client states its quality", () => {
    expect(serverAfter([opened, stated({ wVersion: 6 })]).state.phase).toBe("quality");
    expect(serverAfter([opened, stated()], { version: 6 }).state.phase).toBe("quality");
    expect(serverAfter([opened, stated()], { version: 5 }).state.phase).toBe("training");
  });

  test("below version 6 there is no quality mode; a training message may be empty, or not be sent", () => {
    const { outputs, state } = serverAfter([opened, stated({ wVersion: 5 })], { trainingSize: 0 });
    expect(sends(outputs)).toEqual([
      { message: "training", value: { wTimeStamp: 0, wPackSize: 0, data: new Uint8Array(0) } },
    ]);
    expect(state.phase).toBe("training");
    expect(serverAfter([opened, stated({ wVersion: 5 })], untrained).state.phase).toBe("ready");
  });

  test("a client that says nothing: no formats and no training end it, no quality is dynamic quality", () => {
    const silent = serverAfter([opened, tick(9999), tick(10_000)]);
    expect(silent.outputs).toEqual([
      { type: "unavailable", reason: "silence" },
      { type: "wake", at: undefined },
    ]);
    const dynamic = serverAfter([opened, stated(), tick(10_000)], untrained);
    expect(dynamic.outputs).toMatchObject([{ type: "ready", quality: 0 }, { type: "wake" }]);
    // It may still come.
    expect(stepSoundServer(dynamic.state, quality).outputs).toEqual([{ type: "quality", quality: 2 }]);
    const mute = serverAfter([opened, stated(), quality, tick(10_000)]);
    expect(mute.outputs).toMatchObject([
      { type: "unavailable", reason: "silence" },
      { type: "wake", at: undefined },
    ]);
    expect(mute.state.phase).toBe("unavailable");
  });

  test("what a client says too late, or after it was given up, is passed over", () => {
    const given = serverAfter([opened, tick(10_000)]).state;
    for (const late of [stated(), quality, received("trainingConfirm", { wTimeStamp: 0, wPackSize: 0 })])
      expect(stepSoundServer(given, late).outputs).toEqual([]);
    // Two offers are on their way, and each is answered.
    const twice = serverAfter([opened, { type: "restart", now: 0 }, stated(), quality], untrained);
    expect(twice.state.phase).toBe("ready");
    expect(stepSoundServer(twice.state, stated()).outputs).toEqual([]);
  });

  test("a client that plays nothing, or nothing that is known here, is unavailable", () => {
    expect(serverAfter([opened, stated({ dwFlags: 2 })]).outputs).toMatchObject([
      { type: "unavailable", reason: "not-alive" },
      { type: "wake", at: undefined },
    ]);
    expect(types(serverAfter([opened, stated({ sndFormats: [] })]).outputs)).toEqual(["unavailable", "wake"]);
  });

  test("the first of the server's formats that the client has is used; blocks may name another", () => {
    const formats = [pcmFormat(6, 48_000, 24), mono, stereo];
    const { state } = serverAfter([opened, stated({ sndFormats: [stereo, mono] }), quality], { ...untrained, formats });
    expect(state.formatNo).toBe(1);
    const other = stepSoundServer(state, { ...play(), formatNo: 0 } as SoundServerInput);
    expect(sends(other.outputs)).toMatchObject([{ value: { wFormatNo: 0 } }]);
    const changed = stepSoundServer(state, { type: "setFormat", formatNo: 0 }).state;
    expect(sends(stepSoundServer(changed, play()).outputs)).toMatchObject([{ value: { wFormatNo: 0 } }]);
  });

  test("formats are kept, though the message's memory is used again", () => {
    const data = Uint8Array.of(1, 2);
    const formats = [{ ...stereo, wFormatTag: 0x55, data: data.slice() }];
    const sndFormats = [{ ...stereo, wFormatTag: 0x55, data }];
    const { state } = serverAfter([opened, stated({ sndFormats }), quality], { ...untrained, formats });
    data.fill(9);
    expect(state.client?.formats).toEqual(formats);
  });

  test("of too many formats, or too much extra data, those that come first are kept and used", () => {
    const sized = (size: number) => ({ ...stereo, wFormatTag: 0x55, data: new Uint8Array(size) });
    const kept = (sndFormats: readonly AudioFormat[], options: Partial<SoundServerOptions> = {}) => {
      const { state, outputs } = serverAfter([opened, stated({ sndFormats: [...sndFormats] })], options);
      const isOver = outputs.some((output) => output.type === "violation" && output.rule === "too-many-formats");
      return [state.client?.formats.length, isOver];
    };
    expect(kept(Array.from({ length: 256 }, () => stereo))).toEqual([256, false]);
    expect(kept(Array.from({ length: 0xffff }, () => stereo))).toEqual([256, true]);
    expect(kept([mono, stereo, mono], { maxFormats: 2 })).toEqual([2, true]);
    expect(kept([stereo, sized(0xfff0), sized(15)])).toEqual([3, false]);
    expect(kept([stereo, sized(0xfff0), sized(16), stereo])).toEqual([2, true]);
    // What is not kept cannot be used.
    expect(kept([mono, stereo], { maxFormats: 1 })).toEqual([undefined, true]);
  });

  test("a mean rate that the client changed does not matter, if there is nothing better", () => {
    const changed = { ...stereo, nAvgBytesPerSec: 1 };
    expect(serverAfter([opened, stated({ sndFormats: [changed] }), quality], untrained).state.phase).toBe("ready");
    const both = serverAfter([opened, stated({ sndFormats: [changed, stereo] }), quality], untrained);
    expect(both.state.formatNo).toBe(1);
  });
});

describe("blocks", () => {
  test("are one message from version 8 on, and two below", () => {
    const data = Uint8Array.of(1, 2, 3, 4, 5, 6);
    expect(sends(ready(play(65_537.5, data)).outputs)).toEqual([
      { message: "wave2", value: { wTimeStamp: 1, wFormatNo: 0, cBlockNo: 0, dwAudioTimeStamp: 65_537, data } },
    ]);
    const old = serverAfter([...serverReady, play(5, data)], { ...untrained, version: 7 });
    expect(sends(old.outputs)).toEqual([
      {
        message: "waveInfo",
        value: { wTimeStamp: 5, wFormatNo: 0, cBlockNo: 0, bodySize: 14, data: data.subarray(0, 4) },
      },
      { message: "waveData", value: { data: data.subarray(4) } },
    ]);
  });

  test("are counted modulo 256, from one more than the formats name, through all restarts", () => {
    let { state } = ready();
    const numbers: number[] = [];
    for (let each = 0; each < 300; each++) {
      const step = stepSoundServer(state, play(each));
      numbers.push(step.state.nextBlock);
      ({ state } = stepSoundServer(step.state, confirm(each & 0xff, each)));
    }
    expect(numbers).toEqual(numbers.map((_, each) => (each + 1) & 0xff));
    const again = stepSoundServer(state, { type: "restart", now: 300 });
    expect(sends(again.outputs)).toMatchObject([{ value: { cLastBlockConfirmed: 43 } }]);
    expect(stepSoundServer(state, { type: "closed" }).state).toEqual(soundServer(untrained));
  });

  test("more than there are credits for are not sent and not kept; a confirm makes room", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 256 }), (credits) => {
        let { state } = serverAfter(serverReady, { ...untrained, credits, maxLead: 10_000 });
        for (let each = 0; each < credits; each++) ({ state } = stepSoundServer(state, play()));
        expect(mayPlay(state, 0)).toBe(false);
        const full = stepSoundServer(state, play());
        // A block of 880 bytes plays for 4.99 ms; its confirm may be a second late.
        expect(full.outputs).toEqual([{ type: "full" }, { type: "wake", at: 1000 + 880 / 176.4 }]);
        expect(stepSoundServer(full.state, play()).outputs).toEqual([{ type: "full" }]);
        const room = stepSoundServer(full.state, confirm(0, 9));
        expect(types(room.outputs)).toEqual(["confirmed", "room", "wake"]);
        expect(mayPlay(room.state, 9)).toBe(true);
        expect(types(stepSoundServer(room.state, confirm(0, 10)).outputs)).toEqual(["confirmed"]);
      }),
      { numRuns: 10 },
    );
  });

  test("of a client that never confirms come back in real time, after it was waited for once", () => {
    let { state } = serverAfter(serverReady, { ...untrained, credits: 2 });
    // Two blocks of 100 ms.
    const tenth = new Uint8Array(17_640);
    /** Two are sent, and the third is refused. */
    const playTwice = (now: number): void => {
      for (let each = 0; each < 3; each++) ({ state } = stepSoundServer(state, play(now, tenth)));
      expect(state.waiting).toBe(true);
    };
    playTwice(0);
    expect(mayPlay(state, 1099)).toBe(false);
    const woken = stepSoundServer(state, tick(1100));
    expect(woken.outputs).toMatchObject([{ rule: "not-confirmed" }, { type: "room" }, { type: "wake", at: undefined }]);
    expect(woken.state.window.inFlight).toBe(0);
    state = woken.state;
    playTwice(2000);
    expect(mayPlay(state, 2099)).toBe(false);
    const again = stepSoundServer(state, tick(2100));
    expect(again.outputs).toEqual([{ type: "room" }, { type: "wake", at: undefined }]);
    // It confirms after all, and is waited for again.
    state = stepSoundServer(again.state, confirm(3, 2250)).state;
    playTwice(2300);
    expect(mayPlay(state, 3399)).toBe(false);
  });

  test("of a client that confirms what it has not played are not sent too far ahead", () => {
    let { state } = serverAfter(serverReady, { ...untrained, maxLead: 500 });
    const second = new Uint8Array(44_100);
    for (const blockNo of [0, 1]) {
      ({ state } = stepSoundServer(state, play(0, second)));
      ({ state } = stepSoundServer(state, confirm(blockNo, 1)));
    }
    expect(state.window.inFlight).toBe(0);
    expect([mayPlay(state, 0), mayPlay(state, 1)]).toEqual([true, true]);
    ({ state } = stepSoundServer(state, play(1, second)));
    const full = stepSoundServer(stepSoundServer(state, confirm(2, 1)).state, play(1, second));
    expect(full.outputs).toEqual([{ type: "full" }, { type: "wake", at: 250 }]);
    expect(stepSoundServer(full.state, tick(250)).outputs).toEqual([{ type: "room" }, { type: "wake", at: undefined }]);
  });

  test("of 5 ms have 220 frames at 44,100 Hz", () => {
    expect(pcmSize(stereo, 5)).toBe(880);
    expect(pcmSize(pcmFormat(1, 48_000, 8), 10)).toBe(480);
  });
});

test("confirms tell how long a block was on the way, and how long the client had it", () => {
  const { state } = ready(play(65_530));
  const { outputs, state: next } = stepSoundServer(state, confirm(0, 65_550, 4));
  expect(outputs).toEqual([{ type: "confirmed", blockNo: 0, kind: "received", latency: 20, held: 10 }]);
  const report = stepSoundServer(next, { type: "reportLatency" });
  expect(report.outputs).toEqual([
    { type: "latency", network: { count: 1, mean: 20, min: 20, max: 20 }, played: undefined, latency: 20 },
  ]);
  expect(stepSoundServer(next, { type: "resetLatency" }).state.window.network.count).toBe(0);
});

test("volume and pitch are sent to clients that honour them; an initial volume goes with the start", () => {
  const volume = { left: 1, right: 2 };
  const start = serverAfter(serverReady, { ...untrained, volume });
  expect(types(start.outputs)).toEqual(["ready", "send", "wake"]);
  expect(sends(start.outputs)).toEqual([{ message: "setVolume", value: { volumeLeft: 1, volumeRight: 2 } }]);
  expect(sends(serverAfter([opened, stated({ dwFlags: 1 }), quality], { ...untrained, volume }).outputs)).toEqual([]);
  expect(sends(ready({ type: "setPitch", pitch: 5 }).outputs)).toEqual([{ message: "setPitch", value: { pitch: 5 } }]);
});

test("after the end was announced, blocks that are on their way are still confirmed", () => {
  const { state, outputs } = ready(play(), { type: "stop" });
  expect(sends(outputs)).toEqual([{ message: "soundClose", value: {} }]);
  expect(types(stepSoundServer(state, confirm(0)).outputs)).toEqual(["confirmed"]);
  expect(sends(stepSoundServer(state, { type: "train", size: 0, now: 0 }).outputs)).toHaveLength(1);
  const again = [{ type: "restart", now: 1 } as const, stated(), quality, play(2)];
  expect(sends(serverAfter([...serverReady, play(), { type: "stop" }, ...again], untrained).outputs)).toHaveLength(1);
});

describe("like WSLg", () => {
  const like = (...inputs: readonly SoundServerInput[]) => serverAfter([...serverReady, ...inputs], { compat: "wslg" });

  test("there is no training, volume is set to half, time stamps are 0, the first block has the last number", () => {
    const { outputs, state } = like();
    expect(types(outputs)).toEqual(["ready", "send", "wake"]);
    expect(sends(outputs)).toEqual([{ message: "setVolume", value: { volumeLeft: 0x7fff, volumeRight: 0x7fff } }]);
    expect(sends(stepSoundServer(state, play(99)).outputs)).toMatchObject([
      { value: { wTimeStamp: 0, cBlockNo: 0, dwAudioTimeStamp: 0 } },
    ]);
    expect(sends(serverAfter([opened], { compat: "wslg" }).outputs)).toMatchObject([
      { value: { cLastBlockConfirmed: 0 } },
    ]);
  });

  test("the last format of the client that is near enough is used, whatever its bits", () => {
    const wide = { ...stereo, wBitsPerSample: 24 };
    const others = [mono, pcmFormat(2, 48_000, 16), pcmFormat(1, 44_100, 16), { ...stereo, wFormatTag: 2 }];
    const list = [stereo, wide, ...others];
    const { state } = serverAfter([opened, stated({ sndFormats: list }), quality], { compat: "wslg" });
    expect(state.formatNo).toBe(1);
    expect(serverAfter([opened, stated({ sndFormats: [mono] })], { compat: "wslg" }).state.phase).toBe("unavailable");
  });

  test("a credit comes back with the second confirm, or else when the block should have been played", () => {
    const once = like(play(), confirm(0, 3));
    expect(once.outputs).toMatchObject([{ kind: "received", latency: 3 }]);
    expect(once.state.window.inFlight).toBe(1);
    const twice = stepSoundServer(once.state, confirm(0, 8));
    expect(twice.outputs).toMatchObject([{ kind: "played", latency: 8 }]);
    expect(twice.state.window.inFlight).toBe(0);
    expect(stepSoundServer(twice.state, { type: "reportLatency" }).outputs).toMatchObject([{ latency: 5 }]);
    expect(stepSoundServer(once.state, tick(1005)).outputs).toMatchObject([{ rule: "not-confirmed" }]);
  });
});
