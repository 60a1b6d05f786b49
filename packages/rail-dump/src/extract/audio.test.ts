import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import {
  AudioInputData,
  AudioInputFormatChange,
  AudioInputFormats,
  AudioInputOpen,
  ClientSoundFormats,
  FormatTag,
  inputFormats,
  pcmFormat,
  SoundClose,
  splitWave,
  Wave2,
  WaveData,
  WaveInfo,
  type AudioFormat,
} from "@railvail/audio";
import type { Message } from "@railvail/dissect";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  carrying,
  extracted,
  extractedBy,
  removeFolders,
  type Extracted,
  type ExtractedBy,
} from "../../testing/extracted.js";
import { fixture } from "../../testing/run.js";
import { AudioExtractor } from "./audio.js";

afterAll(removeFolders);
const raw = (file: string): Buffer => gunzipSync(readFileSync(fixture("wslg-audio", file)));

/** Bytes before the audio of a WAVE file of PCM. */
const headerSize = 44;

describe("a recorded session", () => {
  let session: Extracted;
  beforeAll(async () => {
    session = await extracted(["--kind", "audio", fixture("wslg-audio")]);
  });
  const fileOf = (what: string) => session.index.find((entry) => entry["what"] === what);

  test("has one file that was played and one that was recorded, and nothing is left", () => {
    const { code, index, stdout } = session;
    expect(code).toBe(0);
    expect(index.map(({ kind, what }) => [kind, what])).toEqual([
      ["audio", "audio that the client played"],
      ["audio", "audio that the client recorded"],
    ]);
    expect(stdout).toMatch(/^audio +2 files +617070 bytes\n/);
  });

  test("what was played is what the application played, but for the last part of a block", () => {
    const entry = fileOf("audio that the client played");
    const wav = session.read(entry?.file);
    const played = raw("played.s16le-stereo-44100.raw.gz");
    expect(entry).toMatchObject({ format: "PCM, 2 x 16 bit, 44100 Hz", blocks: 300, bytes: wav.length });
    expect(entry?.["seconds"]).toBeCloseTo(1.5, 2);
    expect(wav.subarray(headerSize).equals(played.subarray(0, 300 * 880))).toBe(true);
  });

  test("what was recorded begins as the application recorded it", () => {
    const wav = session.read(fileOf("audio that the client recorded")?.file);
    const recorded = raw("recorded.s16le-mono-44100.raw.gz");
    expect(wav.length - headerSize).toBe(352_982);
    expect(wav.subarray(headerSize, headerSize + recorded.length).equals(recorded)).toBe(true);
  });

  test("the headers state what there is", () => {
    for (const { file } of session.index) {
      const wav = session.read(file);
      expect(wav.subarray(0, 4).toString("latin1")).toBe("RIFF");
      expect(wav.readUInt32LE(4)).toBe(wav.length - 8);
      expect(wav.subarray(8, 16).toString("latin1")).toBe("WAVEfmt ");
      expect(wav.readUInt32LE(40)).toBe(wav.length - headerSize);
    }
  });
});

const run = (messages: readonly (Message | "lost")[], limits?: { maxFiles: number; maxBytes: number }): ExtractedBy =>
  extractedBy((context) => new AudioExtractor(context), messages, limits);

let packet = 0;
const played = (): Partial<Message> => ({ packet: ++packet, path: "mcs/rdpsnd", channel: "rdpsnd" });
const recorded = (direction: "c2s" | "s2c"): Partial<Message> => ({
  packet: ++packet,
  path: "mcs/drdynvc/audin",
  channel: "audin",
  direction,
});

const adpcm: AudioFormat = {
  ...pcmFormat(2, 22_050, 4),
  wFormatTag: FormatTag.imaAdpcm,
  nBlockAlign: 1024,
  data: new Uint8Array([0xf9, 0x03]),
};
const stereo = pcmFormat(2, 44_100, 16);
const mono = pcmFormat(1, 8_000, 8);

const formats = (...sndFormats: AudioFormat[]): Message =>
  carrying(
    ClientSoundFormats,
    {
      dwFlags: 1,
      volumeLeft: 0,
      volumeRight: 0,
      dwPitch: 0,
      wDGramPort: 0,
      cLastBlockConfirmed: 0,
      wVersion: 8,
      sndFormats,
    },
    played(),
  );
const wave2 = (wFormatNo: number, cBlockNo: number, data: Uint8Array): Message =>
  carrying(Wave2, { wTimeStamp: 0, wFormatNo, cBlockNo, dwAudioTimeStamp: 0, data }, played());
const wave = (wFormatNo: number, cBlockNo: number, data: Uint8Array): Message[] => {
  const [info, rest] = splitWave({ wTimeStamp: 0, wFormatNo, cBlockNo, data });
  return [carrying(WaveInfo, { ...info }, played()), carrying(WaveData, rest, played())];
};

describe("what is played", () => {
  test("each run in one format is a file; split blocks and whole ones are the same", () => {
    const block = fc.record({
      format: fc.nat(1),
      data: fc.uint8Array({ minLength: 4, maxLength: 40 }),
      split: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(block, { minLength: 1, maxLength: 12 }), (blocks) => {
        const { index, read } = run([
          formats(stereo, mono),
          ...blocks.flatMap(({ format, data, split }, at) =>
            split ? wave(format, at, data) : [wave2(format, at, data)],
          ),
        ]);
        const runs = blocks.reduce<{ format: number; data: Buffer }[]>((all, { format, data }) => {
          const last = all.at(-1);
          if (last?.format !== format) return [...all, { format, data: Buffer.from(data) }];
          return [...all.slice(0, -1), { format, data: Buffer.concat([last.data, data]) }];
        }, []);
        expect(index.map(({ format }) => format)).toEqual(
          runs.map(({ format }) => (format === 0 ? "PCM, 2 x 16 bit, 44100 Hz" : "PCM, 1 x 8 bit, 8000 Hz")),
        );
        for (const [at, { data }] of runs.entries()) {
          const wav = read(index[at]?.file);
          expect(wav.readUInt32LE(4)).toBe(wav.length - 8);
          expect(wav.subarray(headerSize, headerSize + data.length).equals(data)).toBe(true);
          expect(wav.readUInt32LE(40)).toBe(data.length);
          expect(wav.length).toBe(headerSize + data.length + (data.length % 2));
        }
      }),
      { numRuns: 20 },
    );
  });

  test("audio of other formats is kept as it is, with its format", () => {
    const { index, read } = run([formats(adpcm), wave2(0, 0, Buffer.from("some audio"))]);
    const wav = read(index[0]?.file);
    expect(index[0]).toMatchObject({ format: "IMAADPCM, 2 x 4 bit, 22050 Hz" });
    expect(wav.readUInt32LE(16)).toBe(20);
    expect(wav.readUInt16LE(20)).toBe(0x11);
    expect([...wav.subarray(36, 40)]).toEqual([2, 0, 0xf9, 0x03]);
    expect(wav.subarray(40, 44).toString()).toBe("data");
    expect(wav.subarray(48).toString()).toBe("some audio");
  });

  test("blocks that are missing are counted, and gaps", () => {
    const { index } = run([
      formats(stereo),
      wave2(0, 254, Buffer.alloc(4)),
      wave2(0, 255, Buffer.alloc(4)),
      wave2(0, 0, Buffer.alloc(4)),
      "lost",
      wave2(0, 3, Buffer.alloc(4)),
    ]);
    expect(index[0]).toMatchObject({ blocks: 4, missingBlocks: 2, gaps: 1 });
  });

  test("half a block is no audio, and said", () => {
    const [first, second] = wave(0, 1, Buffer.alloc(8));
    const { files, report } = run([formats(stereo), first as Message, "lost", second as Message]);
    expect(files).toEqual([]);
    expect(report.reasonsLeft().map(({ reason }) => reason)).toEqual(["the first half of a block is missing"]);
  });

  test("without the list of formats the audio has no header, which is said", () => {
    const { index, files, read, report } = run([wave2(3, 0, Buffer.from("abc")), wave2(3, 1, Buffer.from("def"))]);
    expect(files[0]).toMatch(/-played\.bin$/);
    expect(read(files[0]).toString()).toBe("abcdef");
    expect(index[1]?.left).toMatch(/list of formats was not captured/);
    expect(report.findings).toBe(true);
  });

  test("closing ends a file", () => {
    const close = carrying(SoundClose, {}, played());
    const { files } = run([formats(stereo), wave2(0, 0, Buffer.alloc(4)), close, wave2(0, 1, Buffer.alloc(4))]);
    expect(files.length).toBe(2);
  });

  test("more than a limit allows is left, and the file is still right", () => {
    const blocks = Array.from({ length: 40 }, (_, at) => wave2(0, at, Buffer.alloc(4096, at)));
    const { index, files, read, report } = run([formats(stereo), ...blocks], { maxFiles: 5, maxBytes: 100_000 });
    const wav = read(files[0]);
    expect(wav.length).toBeLessThanOrEqual(100_000);
    expect(wav.length).toBeGreaterThan(60_000);
    expect(wav.readUInt32LE(40)).toBe(wav.length - headerSize);
    expect(index[0]).toMatchObject({ bytes: wav.length });
    expect(report.findings).toBe(true);
  });
});

describe("what is recorded", () => {
  const open = (initialFormat: number): Message =>
    carrying(AudioInputOpen, { framesPerPacket: 441, initialFormat, captureFormat: stereo }, recorded("s2c"));
  const data = (text: string): Message => carrying(AudioInputData, { data: Buffer.from(text) }, recorded("c2s"));
  const change = (direction: "c2s" | "s2c", newFormat: number): Message =>
    carrying(AudioInputFormatChange, { newFormat }, recorded(direction));

  test("is in the client's format, a new one from when the client says so", () => {
    const { index, read } = run([
      carrying(AudioInputFormats, inputFormats([adpcm, adpcm]), recorded("s2c")),
      carrying(AudioInputFormats, inputFormats([stereo, mono]), recorded("c2s")),
      open(0),
      data("aaaa"),
      change("s2c", 1),
      data("bbbb"),
      change("c2s", 1),
      data("cccc"),
      open(1),
      data("dddd"),
    ]);
    expect(index.map(({ format }) => format)).toEqual([
      "PCM, 2 x 16 bit, 44100 Hz",
      "PCM, 1 x 8 bit, 8000 Hz",
      "PCM, 1 x 8 bit, 8000 Hz",
    ]);
    expect(index.map(({ file }) => read(file).subarray(headerSize).toString())).toEqual(["aaaabbbb", "cccc", "dddd"]);
  });
});
