import { sourceOf } from "@railvail/wire";
import { describe, expect, test } from "vitest";
import {
  clientAfter,
  clientReady,
  confirm,
  mono,
  offered,
  play,
  quality,
  received,
  serverAfter,
  serverReady,
  stated,
  wave,
} from "../testing/sound-pair.js";
import { readSoundMessage, soundRules, soundVocabulary, WaveData, type SoundRule, type WaveInfo } from "./index.js";

type Outputs = readonly { readonly type: string }[];
type ServerInputs = Parameters<typeof serverAfter>[0];
type ClientInputs = Parameters<typeof clientAfter>[0];

/** The last outputs of a server that is ready, without training. */
const server = (...inputs: ServerInputs): Outputs =>
  serverAfter([...serverReady, ...inputs], { trainingSize: undefined }).outputs;
const fresh = (...inputs: ServerInputs): Outputs => serverAfter([{ type: "opened", now: 0 }, ...inputs]).outputs;
const client = (...inputs: ClientInputs): Outputs => clientAfter([...clientReady, ...inputs]).outputs;
const unready = (...inputs: ClientInputs): Outputs => clientAfter([{ type: "opened" }, ...inputs]).outputs;

const info: WaveInfo = { wTimeStamp: 3, wFormatNo: 0, cBlockNo: 0, bodySize: 16, data: new Uint8Array(4) };
const first = (changes: Partial<WaveInfo> = {}) => received("waveInfo", { ...info, ...changes });
const second = (size = 4) => received("waveData", { data: new Uint8Array(size) });
const train = (size: number, now = 0) => ({ type: "train", size, now }) as const;
const trained = (wTimeStamp: number, wPackSize: number) => received("trainingConfirm", { wTimeStamp, wPackSize });
const volume = { type: "setVolume", left: 1, right: 2 } as const;
const old = stated({ wVersion: 5 });

/** For each rule and for each side that can break it: what leads to it. */
const cases: Readonly<Record<SoundRule, Partial<Readonly<Record<"peer" | "local", readonly (() => Outputs)[]>>>>> = {
  "not-open": {
    peer: [() => serverAfter([quality]).outputs, () => clientAfter([offered()]).outputs],
    local: [() => serverAfter([{ type: "restart", now: 0 }]).outputs],
  },
  "already-open": { local: [() => fresh({ type: "opened", now: 0 }), () => unready({ type: "opened" })] },
  "not-ready": {
    peer: [
      () => unready(wave(0)),
      () => unready(first()),
      () => unready(received("setVolume", { volumeLeft: 0, volumeRight: 0 })),
      () => unready(received("setPitch", { pitch: 0 })),
      () => unready(received("training", { wTimeStamp: 0, wPackSize: 0, data: new Uint8Array(0) })),
      () => unready(received("soundClose", {})),
    ],
    local: [
      () => fresh(play()),
      () => fresh(volume),
      () => fresh({ type: "setFormat", formatNo: 0 }),
      () => fresh(train(0)),
      () => fresh({ type: "stop" }),
      () => server({ type: "stop" }, play()),
      () => server({ type: "stop" }, volume),
    ],
  },
  "wrong-direction": {
    peer: [() => server(offered()), () => server(wave(0)), () => client(quality), () => client(confirm(0))],
  },
  "wrong-transport": {
    peer: [
      () => client(received("cryptKey", { seed: new Uint8Array(32) })),
      () => client(received("udpWave", { cBlockNo: 0, cFragNo: 0, data: new Uint8Array(0) })),
    ],
  },
  "formats-again": { peer: [() => server(stated()), () => fresh(stated(), stated())] },
  "too-many-formats": {
    peer: [
      () => serverAfter([{ type: "opened", now: 0 }, stated({ sndFormats: [mono, mono] })], { maxFormats: 1 }).outputs,
    ],
  },
  "format-not-offered": { peer: [() => fresh(stated({ sndFormats: [mono] }))] },
  "format-unknown": {
    peer: [() => client(wave(0, { wFormatNo: 1 })), () => client(first({ wFormatNo: 9 }), second())],
    local: [() => server({ type: "setFormat", formatNo: 1 }), () => server({ ...play(), formatNo: 1 } as never)],
  },
  "quality-unexpected": { peer: [() => fresh(quality), () => fresh(old, quality)] },
  "training-size": { local: [() => server(train(8)), () => server(train(65_536)), () => server(train(-1))] },
  "training-pending": { local: [() => server(train(0), train(0))] },
  "training-unanswered": { peer: [() => server(train(0), { type: "tick", now: 10_000 })] },
  "training-unexpected": {
    peer: [
      () => server(trained(0, 0)),
      () => server(train(0, 5), trained(4, 0)),
      () => server(train(0, 5), trained(5, 1)),
      () => server(train(0, 5), trained(5, 0), trained(5, 0)),
    ],
  },
  "wave-size": {
    peer: [() => client(first(), second(5)), () => client(first(), second(3))],
    local: [
      () => server(play(0, new Uint8Array(4))),
      () => server(play(0, new Uint8Array(65_524))),
      () =>
        serverAfter([...serverReady, play(0, new Uint8Array(65_528))], { version: 6, trainingSize: undefined }).outputs,
    ],
  },
  "second-half-missing": { peer: [() => client(first(), wave(1)), () => client(first(), offered())] },
  "second-half-alone": { peer: [() => client(second()), () => client(first(), second(), second())] },
  "block-number": {
    peer: [
      () => client(wave(1)),
      () => client(wave(0), wave(2)),
      () => client(wave(0), offered({ cLastBlockConfirmed: 4 }), wave(1)),
      () => clientAfter([...clientReady, wave(0)], { compat: "wslg" }).outputs,
    ],
  },
  "block-reused": { peer: [() => client(wave(0), wave(0))] },
  "confirm-unexpected": {
    peer: [() => server(confirm(0)), () => server(play(), confirm(0), confirm(0), confirm(0))],
  },
  "not-confirmed": {
    peer: [() => server(play(), { type: "tick", now: 1005 }), () => server(play(), play(1005))],
  },
  "setting-unsupported": {
    peer: [
      () =>
        clientAfter([...clientReady, received("setVolume", { volumeLeft: 0, volumeRight: 0 })], { volume: undefined })
          .outputs,
      () => client(received("setPitch", { pitch: 0 })),
    ],
    local: [
      () =>
        serverAfter([{ type: "opened", now: 0 }, stated({ dwFlags: 5, wVersion: 5 }), trained(0, 1024), volume])
          .outputs,
    ],
  },
  "after-close": { peer: [() => client(received("soundClose", {}), wave(0))] },
  "not-given": {
    local: [
      () => client({ type: "played", serial: 0, now: 0 }),
      () => client(wave(0), { type: "played", serial: 1, now: 0 }),
    ],
  },
};

describe("soundRules", () => {
  const all = Object.entries(cases).flatMap(([rule, sides]) =>
    Object.entries(sides).flatMap(([by, ways]) => ways.map((way, index) => [rule, by, index, way] as const)),
  );

  test.each(all)("%s by the %s is reported (%i)", (rule, by, _index, way) => {
    const message = soundRules[rule as SoundRule];
    expect(way()).toContainEqual({ type: "violation", by, rule, message });
  });

  test("each can be broken by somebody", () => {
    expect(new Set(all.map(([rule]) => rule))).toEqual(new Set(Object.keys(soundRules)));
  });

  test("each is one lower-case sentence without a full stop", () => {
    for (const text of Object.values(soundRules)) expect(text).toMatch(/^[a-z].*[^.]$/);
  });
});

describe("readSoundMessage", () => {
  const read = (bytes: Uint8Array, half: WaveInfo | undefined) =>
    readSoundMessage(sourceOf(bytes), 0, bytes.length, half)?.message;
  const rest = WaveData.encode({ data: new Uint8Array(4).fill(7) });
  const close = soundVocabulary.encode({ message: "soundClose", value: {} });

  test("takes for the second half what has its length, or starts like no message", () => {
    expect(read(rest, info)).toBe("waveData");
    expect(read(rest.subarray(0, 7), info)).toBe("waveData");
    // Its padding need not be zeros.
    expect(read(rest.with(0, 1), info)).toBe("waveData");
    expect(read(rest, undefined)).toBeUndefined();
  });

  test("takes nothing else for it, so that one lost half does not swallow what comes after", () => {
    expect(read(close, info)).toBe("soundClose");
    expect(read(close, undefined)).toBe("soundClose");
    expect(read(new Uint8Array(0), info)).toBeUndefined();
    // xrdp has messages of its own.
    expect(read(new Uint8Array([39, 0, 0, 0]), undefined)).toBeUndefined();
  });
});
