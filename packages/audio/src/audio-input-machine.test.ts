import { describe, expect, test } from "vitest";
import { clientAfter, heard, serverAfter } from "../testing/audio-input-pair.js";
import {
  audioInputRules,
  audioInputServer,
  audioInputVocabulary,
  FormatTag,
  inputFormats,
  pcmFormat,
  stepAudioInputClient,
  stepAudioInputServer,
  type AudioInputRule,
} from "./index.js";

type Outputs = readonly { readonly type: string }[];
type ServerInputs = Parameters<typeof serverAfter>[0];
type ClientInputs = Parameters<typeof clientAfter>[0];

const mono = pcmFormat(1, 44_100, 16);
const stereo = pcmFormat(2, 44_100, 16);
const aac = { ...stereo, wFormatTag: FormatTag.aac };
const both = [mono, stereo];

const opened = { type: "opened", now: 0 } as const;
const version = heard("audioInputVersion", { version: 2 });
const incoming = heard("audioInputDataIncoming", {});
const stated = (soundFormats = both) => heard("audioInputFormats", inputFormats(soundFormats));
const changed = (newFormat: number, now = 0) => heard("audioInputFormatChange", { newFormat }, now);
const reply = (result: number) => heard("audioInputOpenReply", { result });
const data = (now = 0) => heard("audioInputData", { data: Uint8Array.of(1, 2) }, now);
const open = (initialFormat: number) =>
  heard("audioInputOpen", { framesPerPacket: 441, initialFormat, captureFormat: stereo });
const change = (formatNo: number) => ({ type: "changeFormat", formatNo }) as const;

const toOpening: ServerInputs = [opened, version, incoming, stated()];
const toRecording: ServerInputs = [...toOpening, changed(0), reply(0)];
const clientToIdle: ClientInputs = [{ type: "opened" }, version, stated()];
const clientToRecording: ClientInputs = [...clientToIdle, open(0), { type: "deviceOpened" }];

const server = (...inputs: ServerInputs): Outputs =>
  serverAfter([...toRecording, ...inputs], { formats: both }).outputs;
const opening = (...inputs: ServerInputs): Outputs => serverAfter([...toOpening, ...inputs], { formats: both }).outputs;
const fresh = (...inputs: ServerInputs): Outputs => serverAfter([opened, ...inputs]).outputs;
const client = (...inputs: ClientInputs): Outputs =>
  clientAfter([...clientToRecording, ...inputs], { formats: both }).outputs;
const idle = (...inputs: ClientInputs): Outputs => clientAfter([...clientToIdle, ...inputs], { formats: both }).outputs;

/** For each rule and for each side that can break it: what leads to it. */
const cases: Readonly<Record<AudioInputRule, Partial<Readonly<Record<"peer" | "local", readonly (() => Outputs)[]>>>>> =
  {
    "not-open": { peer: [() => serverAfter([version]).outputs, () => clientAfter([version]).outputs] },
    "already-open": { local: [() => fresh(opened), () => idle({ type: "opened" })] },
    "wrong-direction": { peer: [() => server(open(0)), () => client(data()), () => client(incoming)] },
    "out-of-sequence": {
      peer: [
        () => server(version),
        () => fresh(version, version),
        () => fresh(incoming, stated()),
        () => server(incoming, stated()),
        () => server(reply(0)),
        () => fresh(changed(0)),
        () => fresh(incoming, data()),
        () => idle(version),
        () => idle(stated()),
        () => idle(changed(0)),
        () => clientAfter([{ type: "opened" }, open(0)]).outputs,
      ],
    },
    "not-ready": {
      local: [
        () => server({ type: "open", now: 0 }),
        () => opening(change(0)),
        () => idle({ type: "record", data: new Uint8Array(1) }),
        () => client({ type: "deviceOpened" }),
        () => idle({ type: "deviceFailed", result: 0x8000_4005 }),
      ],
    },
    "too-many-formats": {
      peer: [
        () => serverAfter([opened, version, incoming, stated()], { maxFormats: 1 }).outputs,
        () =>
          fresh(
            version,
            incoming,
            stated([mono, { ...aac, data: new Uint8Array(0xffff) }, { ...aac, data: Uint8Array.of(1) }]),
          ),
      ],
    },
    "format-not-offered": { peer: [() => fresh(version, incoming, stated([stereo]))] },
    "format-unknown": {
      peer: [() => server(changed(2)), () => opening(changed(9)), () => idle(open(2)), () => client(changed(2))],
      local: [() => server(change(2))],
    },
    "format-fixed": {
      local: [
        () =>
          serverAfter([opened, version, incoming, stated([aac, mono]), changed(0), reply(0), change(1)], {
            formats: [aac, mono],
            version: 1,
          }).outputs,
      ],
    },
    "format-unasked": {
      peer: [() => server(changed(1)), () => opening(changed(1)), () => server(change(1), changed(0))],
    },
    "format-unconfirmed": { peer: [() => opening(reply(0))] },
    "change-pending": { local: [() => server(change(1), change(1))] },
    "not-announced": {
      peer: [() => server(data()), () => fresh(version, stated()), () => server(incoming, data(), data())],
    },
    "nothing-announced": { peer: [() => server(incoming, incoming), () => opening(incoming, reply(0))] },
    "data-before-reply": { peer: [() => opening(incoming, data())] },
    "open-again": { peer: [() => client(open(1)), () => idle(open(0), open(0))] },
  };

describe("audioInputRules", () => {
  const all = Object.entries(cases).flatMap(([rule, sides]) =>
    Object.entries(sides).flatMap(([by, ways]) => ways.map((way, index) => [rule, by, index, way] as const)),
  );

  test.each(all)("%s by the %s is reported (%i)", (rule, by, _index, way) => {
    const message = audioInputRules[rule as AudioInputRule];
    expect(way()).toContainEqual({ type: "violation", by, rule, message });
  });

  test("each can be broken by somebody", () => {
    expect(new Set(all.map(([rule]) => rule))).toEqual(new Set(Object.keys(audioInputRules)));
  });

  test("each is one lower-case sentence without a full stop", () => {
    for (const text of Object.values(audioInputRules)) expect(text).toMatch(/^[a-z].*[^.]$/);
  });
});

const sends = (outputs: Outputs) => outputs.filter(({ type }) => type === "send");

describe("the server", () => {
  test("asks for versions, formats, then the device, and waits five seconds for each", () => {
    const first = serverAfter([opened]);
    expect(first.outputs).toMatchObject([
      { message: { message: "audioInputVersion", value: { version: 2 } } },
      { type: "wake", at: 5000 },
    ]);
    const second = stepAudioInputServer(first.state, { ...version, now: 4000 });
    expect(second.outputs).toMatchObject([
      { message: { message: "audioInputFormats", value: { soundFormats: [mono] } } },
      { type: "wake", at: 9000 },
    ]);
    const third = stepAudioInputServer(stepAudioInputServer(second.state, incoming).state, {
      ...stated([mono]),
      now: 5000,
    });
    expect(third.outputs).toMatchObject([
      {
        message: {
          message: "audioInputOpen",
          value: { framesPerPacket: 441, initialFormat: 0, captureFormat: mono },
        },
      },
      { type: "wake", at: 10_000 },
    ]);
    const silent = stepAudioInputServer(third.state, { type: "tick", now: 10_000 });
    expect(silent.outputs).toEqual([
      { type: "unavailable", reason: "silence" },
      { type: "wake", at: undefined },
    ]);
    expect(stepAudioInputServer(silent.state, reply(0)).outputs).toEqual([]);
    expect(stepAudioInputServer(silent.state, { type: "closed" }).state).toEqual(audioInputServer());
  });

  test("records in the first of its formats that the client has, from a device that captures it uncompressed", () => {
    const list = [opened, version, incoming, stated([mono, aac])];
    const { outputs, state } = serverAfter(list, { formats: [pcmFormat(6, 8000, 8), aac, mono] });
    expect(outputs).toMatchObject([
      { message: { value: { initialFormat: 1, captureFormat: pcmFormat(2, 44_100, 16) } } },
    ]);
    const ready = stepAudioInputServer(stepAudioInputServer(state, changed(1)).state, reply(0));
    expect(ready.outputs).toMatchObject([
      { type: "recording", version: 2, formatNo: 1, format: aac },
      { type: "wake" },
    ]);
    expect(serverAfter([opened, version, incoming, stated([stereo])], { formats: [mono] }).outputs).toMatchObject([
      { rule: "format-not-offered" },
      { type: "unavailable", reason: "no-format" },
      { type: "wake", at: undefined },
    ]);
  });

  test("keeps formats, though the message's memory is used again", () => {
    const bytes = Uint8Array.of(1, 2);
    const formats = [{ ...aac, data: bytes.slice() }];
    const { state } = serverAfter([opened, version, incoming, stated([{ ...aac, data: bytes }])], { formats });
    bytes.fill(9);
    expect(state.formats).toEqual(formats);
  });

  test("is told how long data took since it was announced", () => {
    const announced = heard("audioInputDataIncoming", {}, 100);
    expect(server(announced, data(130))).toEqual([
      { type: "data", data: Uint8Array.of(1, 2), formatNo: 0, format: mono, transfer: 30 },
    ]);
    expect(server(data(130))).toMatchObject([{ rule: "not-announced" }, { type: "data", transfer: undefined }]);
  });

  test("reads data in the old format until the client confirms the new one", () => {
    expect(server(change(1))).toEqual([
      { type: "send", message: { message: "audioInputFormatChange", value: { newFormat: 1 } } },
    ]);
    expect(server(change(1), changed(1), change(0))).toHaveLength(1);
    expect(server(change(1), incoming, data())).toMatchObject([{ type: "data", formatNo: 0 }]);
    expect(server(change(1), changed(1))).toEqual([{ type: "format", formatNo: 1, format: stereo }]);
    expect(server(change(1), changed(1), incoming, data())).toMatchObject([{ formatNo: 1, format: stereo }]);
  });

  test("may change from AAC if both have version 2, and from PCM always", () => {
    const formats = [aac, mono];
    const list: ServerInputs = [opened, version, incoming, stated(formats), changed(0), reply(0), change(1)];
    expect(sends(serverAfter(list, { formats }).outputs)).toHaveLength(1);
    const plain: ServerInputs = [opened, version, incoming, stated([mono, aac]), changed(0), reply(0), change(1)];
    expect(sends(serverAfter(plain, { formats: [mono, aac], version: 1 }).outputs)).toHaveLength(1);
  });

  test("takes data that comes before the reply, as xfreerdp sends it, and says so once", () => {
    expect(opening(incoming, data(), incoming, data())).toMatchObject([{ type: "data", formatNo: 0 }]);
    expect(opening(incoming, data(), changed(0), reply(0))).toMatchObject([{ type: "recording" }, { type: "wake" }]);
  });

  test("may ask again for a device that could not be opened", () => {
    const refused = serverAfter([...toOpening, changed(0), reply(0x8007_0005)], { formats: both });
    expect(refused.outputs).toEqual([
      { type: "refused", result: 0x8007_0005 },
      { type: "wake", at: undefined },
    ]);
    expect(opening(changed(0), reply(0x8000_0000))).toMatchObject([{ type: "refused" }, { type: "wake" }]);
    expect(opening(changed(0), reply(0x7fff_ffff))).toMatchObject([{ type: "recording" }, { type: "wake" }]);
    const again = stepAudioInputServer(refused.state, { type: "open", now: 7 });
    expect(again.outputs).toMatchObject([{ message: { message: "audioInputOpen" } }, { type: "wake", at: 5007 }]);
    const done = stepAudioInputServer(stepAudioInputServer(again.state, changed(0)).state, reply(1));
    expect(done.outputs).toMatchObject([{ type: "recording" }, { type: "wake" }]);
  });

  test("like WSLg has version 1, wants mono from a stereo device, and does not look at bits", () => {
    const { outputs } = serverAfter([opened, version, incoming, stated([mono, { ...mono, wBitsPerSample: 8 }])], {
      compat: "wslg",
    });
    expect(outputs).toMatchObject([
      { rule: "format-not-offered" },
      { message: { value: { framesPerPacket: 441, initialFormat: 1, captureFormat: stereo } } },
    ]);
    expect(serverAfter([opened], { compat: "wslg" }).outputs).toMatchObject([
      { message: { value: { version: 1 } } },
      { type: "wake" },
    ]);
  });
});

describe("the client", () => {
  test("announces its formats and its data", () => {
    const formats = [stereo, mono];
    const idleNow = clientAfter([{ type: "opened" }, version, stated([mono, aac, stereo])], { formats });
    expect(idleNow.outputs).toMatchObject([
      { message: { message: "audioInputDataIncoming" } },
      { message: { message: "audioInputFormats", value: inputFormats([stereo, mono]) } },
    ]);
    const bytes = Uint8Array.of(5);
    expect(client({ type: "record", data: bytes })).toEqual([
      { type: "send", message: { message: "audioInputDataIncoming", value: {} } },
      { type: "send", message: { message: "audioInputData", value: { data: bytes } } },
    ]);
  });

  test("opens the device when asked, and confirms the format before it replies", () => {
    expect(idle(open(1))).toEqual([
      { type: "open", formatNo: 1, format: stereo, captureFormat: stereo, framesPerPacket: 441 },
    ]);
    expect(idle(open(1), { type: "deviceOpened" })).toMatchObject([
      { message: { message: "audioInputFormatChange", value: { newFormat: 1 } } },
      { message: { message: "audioInputOpenReply", value: { result: 0 } } },
    ]);
    const failed = clientAfter([...clientToIdle, open(0), { type: "deviceFailed", result: -2_147_467_259 }]);
    expect(sends(failed.outputs)).toMatchObject([
      { message: { message: "audioInputFormatChange" } },
      { message: { message: "audioInputOpenReply", value: { result: 0x8000_4005 } } },
    ]);
    for (const output of failed.outputs) if (output.type === "send") audioInputVocabulary.encode(output.message);
    expect(failed.state.phase).toBe("idle");
    expect(stepAudioInputClient(failed.state, open(0)).outputs).toMatchObject([{ type: "open" }]);
  });

  test("refuses a format that is not there without asking anybody", () => {
    const { outputs, state } = clientAfter([...clientToIdle, open(5)]);
    expect(outputs).toMatchObject([
      { message: { message: "audioInputOpenReply", value: { result: 0x8007_0057 } } },
      { rule: "format-unknown" },
    ]);
    expect(state.phase).toBe("idle");
  });

  test("confirms each change of format, and one that comes while the device is opened with the reply", () => {
    expect(client(changed(1))).toMatchObject([
      { message: { message: "audioInputFormatChange", value: { newFormat: 1 } } },
      { type: "format", formatNo: 1, format: stereo },
    ]);
    expect(idle(open(0), changed(1))).toEqual([{ type: "format", formatNo: 1, format: stereo }]);
    expect(sends(idle(open(0), changed(1), { type: "deviceOpened" }))).toMatchObject([
      { message: { value: { newFormat: 1 } } },
      { message: { message: "audioInputOpenReply" } },
    ]);
  });
});
