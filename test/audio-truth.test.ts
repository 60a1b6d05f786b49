import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import {
  AudioInputData,
  AudioInputDataIncoming,
  AudioInputFormats,
  AudioInputOpen,
  ClientSoundFormats,
  Wave2,
  WaveConfirm,
  type AudioFormat,
} from "@railvail/audio";
import { beforeAll, describe, expect, test } from "vitest";
import { fixture, walkChannel } from "./recordings.js";

const name = "wslg-audio";
const raw = (file: string): Buffer => gunzipSync(readFileSync(fixture(name, file)));
const shape = ({ nChannels, nSamplesPerSec, wBitsPerSample }: AudioFormat): string =>
  `${nChannels} x ${wBitsPerSample} bit, ${nSamplesPerSec} Hz`;

describe("playback", () => {
  const blocks: { readonly number: number; readonly data: Uint8Array }[] = [];
  const confirmed: number[] = [];
  let formats: readonly AudioFormat[] = [];

  beforeAll(async () => {
    await walkChannel(name, "rdpsnd-dvc", ({ pdu, value }) => {
      if (pdu === ClientSoundFormats) formats = (value as ClientSoundFormats).sndFormats;
      else if (pdu === WaveConfirm) confirmed.push((value as WaveConfirm).cConfirmedBlockNo);
      else if (pdu === Wave2) {
        const { cBlockNo, wFormatNo, data } = value as Wave2;
        expect(wFormatNo).toBe(0);
        blocks.push({ number: cBlockNo, data: data.slice() });
      }
    });
  });

  test("the blocks are what was played, but for the last part of a block", () => {
    const played = raw("played.s16le-stereo-44100.raw.gz");
    const heard = Buffer.concat(blocks.map(({ data }) => data));
    expect(formats.map(shape)).toEqual(["2 x 16 bit, 44100 Hz"]);
    // WSLg sends blocks of 5 ms, 220 frames of 4 bytes, and waits for a block to be full: of 1.5 s
    // of sound it still had the last 150 frames when it ended.
    const block = 220 * 4;
    expect(blocks.map(({ data }) => data.length)).toEqual(Array(300).fill(block));
    expect(played.length).toBe(66_150 * 4);
    expect(heard.length).toBe(played.length - (played.length % block));
    expect(played.subarray(0, heard.length).equals(heard)).toBe(true);
  });

  test("blocks are numbered one after the other, and confirmed in that order", () => {
    expect(blocks.map(({ number }) => number)).toEqual(blocks.map((_, index) => index % 256));
    // xfreerdp confirms each block twice: when it has come, and when it was played.
    expect(confirmed).toEqual(blocks.flatMap(({ number }) => [number, number]));
  });
});

describe("recording", () => {
  const parts: Uint8Array[] = [];
  const order: string[] = [];
  let formats: readonly AudioFormat[] = [];
  let open: AudioInputOpen | undefined;

  beforeAll(async () => {
    await walkChannel(name, "audin", ({ pdu, value, direction }) => {
      if (pdu === AudioInputOpen) open = value as AudioInputOpen;
      else if (pdu === AudioInputFormats && direction === "c2s") {
        formats = (value as AudioInputFormats).soundFormats;
      } else if (pdu === AudioInputDataIncoming) order.push("incoming");
      else if (pdu === AudioInputData) {
        order.push("data");
        parts.push((value as AudioInputData).data.slice());
      }
    });
  });

  test("what an application recorded is the beginning of what the client sent", () => {
    const recorded = raw("recorded.s16le-mono-44100.raw.gz");
    const sent = Buffer.concat(parts);
    const format = formats[open?.initialFormat ?? -1];
    expect(format && shape(format)).toBe("1 x 16 bit, 44100 Hz");
    // The application stopped reading after 2.7 s, the client sent 4 s: until the session ended.
    expect(recorded.length).toBe(241_938);
    expect(sent.length).toBe(352_982);
    expect(sent.subarray(0, recorded.length).equals(recorded)).toBe(true);
  });

  test("each data message follows its announcement", () => {
    // The first announcement goes with the formats.
    const pairs = order.slice(1);
    expect(order[0]).toBe("incoming");
    expect(pairs).toEqual(pairs.map((_, index) => (index % 2 === 0 ? "incoming" : "data")));
  });
});
