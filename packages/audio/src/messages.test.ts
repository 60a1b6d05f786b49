import { existsSync, readFileSync } from "node:fs";
import { DecodeError, sourceOf, tilingFault, type Pdu } from "@railvail/wire";
import { describe, expect, test } from "vitest";
import { audioInput } from "./input-messages.js";
import { pcmFormat } from "./pdu/audio-format.js";
import { AudioInputFormats, AudioInputOpen, inputFormats } from "./pdu/audio-input.js";
import { ServerSoundFormats } from "./pdu/sound-formats.js";
import { UdpWave, UdpWaveLast, UnsignedWaveEncrypt } from "./pdu/udp-wave.js";
import { Wave2, WaveData } from "./pdu/wave.js";
import { rdpsnd, rdpsndMessageLength } from "./sound-messages.js";

const bytesOf = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex.replaceAll(" ", ""), "hex"));
const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");

interface Vector {
  name: string;
  hex: string;
  direction: string;
  expect: { AudioFormat?: { formats: SourceFormat[] }; Formats?: { formats: SourceFormat[] } };
}
interface SourceFormat {
  format: number;
  n_channels: number;
  n_samples_per_sec: number;
  n_avg_bytes_per_sec: number;
  n_block_align: number;
  bits_per_sample: number;
  data: { hex: string } | null;
}
const folder = "../shared/vectors/open";
const read = (name: string): Vector[] =>
  existsSync(`${folder}/${name}.json`) ? (JSON.parse(readFileSync(`${folder}/${name}.json`, "utf8")) as Vector[]) : [];
const vectors = [...read("rdpsnd"), ...read("rdpeai")];
const vectorOf = (name: string): Vector => vectors.find((each) => each.name === name) as Vector;
// Skipped only where the bytes of other projects are not beside the repository.
const described = vectors.length === 0 ? describe.skip : describe;

const formatsOf = (source: SourceFormat[]): object[] =>
  source.map((each) => ({
    wFormatTag: each.format,
    nChannels: each.n_channels,
    nSamplesPerSec: each.n_samples_per_sec,
    nAvgBytesPerSec: each.n_avg_bytes_per_sec,
    nBlockAlign: each.n_block_align,
    wBitsPerSample: each.bits_per_sample,
    data: bytesOf(each.data?.hex ?? ""),
  }));

function lawsHold(pdu: Pdu, bytes: Uint8Array): void {
  expect(hexOf(pdu.encode(pdu.decode(bytes)))).toBe(hexOf(bytes));
  expect(tilingFault(pdu.inspect(bytes).fields, bytes.length)).toBe(-1);
  if (!pdu.delimited) return;
  for (let size = 0; size < bytes.length; size++) {
    expect(() => pdu.decode(bytes.subarray(0, size))).toThrow(DecodeError);
  }
}

const sound: Readonly<Record<string, object>> = {
  "client-format": {
    wVersion: 5,
    dwFlags: 3,
    volumeLeft: 65_535,
    volumeRight: 65_535,
    dwPitch: 16_381_696,
    wDGramPort: 0,
  },
  training: { wTimeStamp: 35_290, wPackSize: 9, data: bytesOf("42") },
  "training-confirm": { wTimeStamp: 35_290, wPackSize: 1024 },
  "wave-confirm": { wTimeStamp: 23_223, cConfirmedBlockNo: 8 },
  volume: { volumeLeft: 32_768, volumeRight: 32_768 },
  pitch: { pitch: 65_536 },
  close: {},
  "crypt-key": { seed: bytesOf("ab".repeat(32)) },
  "wave-encrypt": {
    wTimeStamp: 4660,
    wFormatNo: 0,
    cBlockNo: 1,
    signature: bytesOf("cc".repeat(8)),
    data: bytesOf("0102"),
  },
  "wave2-b": {
    wTimeStamp: 41_238,
    wFormatNo: 7,
    cBlockNo: 254,
    dwAudioTimeStamp: 229_423_298,
    data: bytesOf("01020304"),
  },
  "wave-info-4": {
    wTimeStamp: 44_503,
    wFormatNo: 0,
    cBlockNo: 1,
    bodySize: 12,
    data: bytesOf("01020304"),
  },
  "quality-mode": { wQualityMode: 2 },
  "server-formats-v8-aac": { wVersion: 8 },
};

const input: Readonly<Record<string, object>> = {
  "version-1": { version: 1 },
  "formats-client": { cbSizeFormatsPacket: 27 },
  "formats-server": { cbSizeFormatsPacket: 0 },
  open: { framesPerPacket: 480, initialFormat: 0, captureFormat: pcmFormat(1, 48_000, 16) },
  "open-reply-ok": { result: 0 },
  "data-incoming": {},
  data: { data: bytesOf("01020304") },
  "format-change": { newFormat: 2 },
};

described("vectors of other projects (skipped without ../shared/vectors)", () => {
  test.each(Object.entries(sound))("rdpsnd.%s", (name, fields) => {
    const { hex, direction, expect: stated } = vectorOf(`rdpsnd.${name}`);
    const bytes = bytesOf(hex);
    const sender = direction === "client-to-server" ? "client" : "server";
    const pdu = rdpsnd.match(sourceOf(bytes), 0, bytes.length, sender) as Pdu;
    expect(rdpsndMessageLength(sourceOf(bytes), 0, bytes.length)).toBe(bytes.length);
    expect(pdu.decode(bytes)).toMatchObject(fields);
    if (stated.AudioFormat !== undefined) {
      expect(pdu.decode(bytes)).toMatchObject({
        sndFormats: formatsOf(stated.AudioFormat.formats),
      });
    }
    lawsHold(pdu, bytes);
  });

  test("rdpsnd.wave-data", () => {
    const bytes = bytesOf(vectorOf("rdpsnd.wave-data").hex);
    expect(WaveData.decode(bytes).data).toEqual(bytesOf("05060708"));
    lawsHold(WaveData, bytes);
  });

  test.each(Object.entries(input))("rdpeai.%s", (name, fields) => {
    const { hex, direction, expect: stated } = vectorOf(`rdpeai.${name}`);
    const bytes = bytesOf(hex);
    const sender = direction === "client-to-server" ? "client" : "server";
    const pdu = audioInput.match(sourceOf(bytes), 0, bytes.length, sender) as Pdu;
    expect(pdu.decode(bytes)).toMatchObject(fields);
    if (stated.Formats !== undefined) {
      expect(pdu.decode(bytes)).toMatchObject({ soundFormats: formatsOf(stated.Formats.formats) });
    }
    lawsHold(pdu, bytes);
  });

  test("each vector is read by a test", () => {
    const read = [
      ...[...Object.keys(sound), "wave-data"].map((name) => `rdpsnd.${name}`),
      ...Object.keys(input).map((name) => `rdpeai.${name}`),
    ];
    expect(vectors.map(({ name }) => name).toSorted()).toEqual(read.toSorted());
  });
});

describe("what WSLg sends", () => {
  test("its formats, one of them, in 42 bytes", () => {
    const bytes = ServerSoundFormats.encode({
      dwFlags: 0,
      dwVolume: 0,
      dwPitch: 0,
      wDGramPort: 0,
      cLastBlockConfirmed: 0,
      wVersion: 8,
      sndFormats: [pcmFormat(2, 44_100, 16)],
    });
    expect(hexOf(bytes)).toBe(
      "07002600" +
        "00000000" +
        "00000000" +
        "00000000" +
        "0000" +
        "0100" +
        "00" +
        "0800" +
        "00" +
        "0100" +
        "0200" +
        "44ac0000" +
        "10b10200" +
        "0400" +
        "1000" +
        "0000",
    );
  });

  test("5 ms of audio in 896 bytes", () => {
    const size = Wave2.size({
      wTimeStamp: 0,
      wFormatNo: 0,
      cBlockNo: 0,
      dwAudioTimeStamp: 0,
      data: new Uint8Array(880),
    });
    expect(size).toBe(896);
  });

  test("an open message in 27 bytes", () => {
    const bytes = AudioInputOpen.encode({
      framesPerPacket: 441,
      initialFormat: 0,
      captureFormat: pcmFormat(2, 44_100, 16),
    });
    expect(hexOf(bytes)).toBe(
      "03" + "b9010000" + "00000000" + "0100" + "0200" + "44ac0000" + "10b10200" + "0400" + "1000" + "0000",
    );
    lawsHold(AudioInputOpen, bytes);
  });
});

test("the server's formats of [MS-RDPEA] 4.1.1 begin: rubbish in unused fields is kept or named", () => {
  const head = "072b2600" + "08fb8b00" + "e0f10900" + "70271f77" + "0000" + "0100" + "ff" + "0500" + "00";
  const bytes = bytesOf(`${head}0100020022560000885801000400100000 00`);
  const { value, deviations } = ServerSoundFormats.inspect(bytes);
  expect(value).toMatchObject({
    dwFlags: 0x8bfb08,
    dwPitch: 0x771f2770,
    cLastBlockConfirmed: 0xff,
    wVersion: 5,
  });
  expect(deviations.map(({ rule, field }) => [rule, field])).toEqual([["reserved-not-zero", "bPad"]]);
});

test("a client's formats state their size without the extra data", () => {
  const value = inputFormats([pcmFormat(1, 44_100, 16)]);
  expect(value.cbSizeFormatsPacket).toBe(27);
  const bytes = AudioInputFormats.encode({ ...value, extraData: bytesOf("0909") });
  expect(AudioInputFormats.decode(bytes)).toMatchObject({
    cbSizeFormatsPacket: 27,
    extraData: bytesOf("0909"),
  });
});

test("UDP fragments: a number below 0x80 in one byte, others in two, high bits first", () => {
  expect(hexOf(UdpWave.encode({ cBlockNo: 9, cFragNo: 0x7f, data: bytesOf("aa") }))).toBe("0a097faa");
  expect(hexOf(UdpWave.encode({ cBlockNo: 9, cFragNo: 0x123, data: bytesOf("aa") }))).toBe("0a098123aa");
  const long = bytesOf("0a098005aa");
  expect(UdpWave.decode(long)).toMatchObject({ cFragNo: 5, cFragNoWidth: 2 });
  lawsHold(UdpWave, long);
  lawsHold(UdpWaveLast, bytesOf("0b 0004 0100 0200 03 000000 aabb"));
  lawsHold(UnsignedWaveEncrypt, bytesOf("09000a00 3412 0000 01 000000 0102"));
});

test("more formats announced than there are bytes for is refused", () => {
  const bytes = bytesOf("02 ffffffff 00000000 0100");
  expect(() => AudioInputFormats.decode(bytes)).toThrow(DecodeError);
});
