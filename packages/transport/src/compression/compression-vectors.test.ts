import { existsSync, readFileSync } from "node:fs";
import { Arena } from "@railvail/wire";
import { describe, expect, test } from "vitest";
import { unsegmentBytes } from "../segmented-data.js";
import { BulkCompressor, type BulkType } from "./bulk-compressor.js";
import { BulkDecompressor } from "./bulk-decompressor.js";
import { ZgfxCompressor } from "./zgfx-compressor.js";
import { ZgfxDecompressor } from "./zgfx-decompressor.js";
import { compressMessage, zgfxSegmentDecoder } from "./zgfx-segments.js";

const folder = "../shared/vectors/open";
// Skipped only where the bytes of other projects are not beside the repository.
const described = existsSync(folder) ? describe : describe.skip;

type Bytes = { hex: string } | { file: string; offset: number; bytes: number };

interface Packet {
  flags: number;
  compressed: Bytes;
  plain: Bytes;
}

interface BulkVector extends Packet {
  name: string;
  type: BulkType;
  sequence?: Packet[];
}

function bytesOf(of: Bytes): Uint8Array {
  if ("hex" in of) return new Uint8Array(Buffer.from(of.hex, "hex"));
  const all = new Uint8Array(readFileSync(`${folder}/${of.file}`));
  return all.subarray(of.offset, of.offset + of.bytes);
}

const read = (file: string): unknown[] =>
  existsSync(`${folder}/${file}`) ? (JSON.parse(readFileSync(`${folder}/${file}`, "utf8")) as unknown[]) : [];

const bulk = ["bulk-mppc.json", "bulk-ncrush.json", "bulk-xcrush.json"].flatMap(read) as BulkVector[];

described("bulk vectors of other projects (skipped without ../shared/vectors)", () => {
  test("are all there", () => expect(bulk.length).toBe(17));

  test.each(bulk.map((vector) => [vector.name, vector] as const))("%s", (_name, vector) => {
    const packets = vector.sequence ?? [vector];
    const theirs = new BulkDecompressor();
    const ours = new BulkDecompressor();
    const compressor = new BulkCompressor(vector.type);
    let theirSize = 0;
    let ourSize = 0;
    for (const { flags, compressed, plain } of packets) {
      const expected = bytesOf(plain);
      expect(theirs.decompress(bytesOf(compressed), flags)).toEqual(expected);
      const made = compressor.compress(expected);
      theirSize += bytesOf(compressed).length;
      ourSize += made.data.length;
      expect(ours.decompress(made.data, made.flags)).toEqual(expected);
    }
    expect(ourSize).toBeLessThanOrEqual(theirSize);
  });
});

interface ZgfxVector {
  name: string;
  layer: string;
  hex: string;
  plain?: Bytes;
  sequence?: { compressed: Bytes; plain: Bytes }[];
}

const zgfx = read("zgfx.json") as ZgfxVector[];
const ofLayer = (start: string): (readonly [string, ZgfxVector])[] =>
  zgfx.filter(({ layer }) => layer.startsWith(start)).map((vector) => [vector.name, vector]);

described("ZGFX vectors of other projects (skipped without ../shared/vectors)", () => {
  test("are all there", () => expect(zgfx.length).toBe(9));

  test.each(ofLayer("RDP8 (ZGFX) segment data"))("%s", (_name, { hex, plain = { hex: "" } }) => {
    const expected = bytesOf(plain);
    expect(new ZgfxDecompressor().decompress(bytesOf({ hex }), true)).toEqual(expected);
    const made = new ZgfxCompressor().compress(expected);
    const back = new ZgfxDecompressor().decompress(made.data, (made.flags & 0x20) !== 0);
    expect(back).toEqual(expected);
    expect(made.data.length).toBeLessThanOrEqual(hex.length / 2);
  });

  test.each(ofLayer("RDP_SEGMENTED_DATA"))("%s", (_name, { hex, plain, sequence }) => {
    const packets = sequence ?? [{ compressed: { hex }, plain: plain ?? { hex: "" } }];
    const decoder = zgfxSegmentDecoder(new ZgfxDecompressor());
    const ourDecoder = zgfxSegmentDecoder(new ZgfxDecompressor());
    const compressor = new ZgfxCompressor();
    for (const packet of packets) {
      const result = unsegmentBytes(bytesOf(packet.compressed), { decoder });
      if (result.type !== "data") expect.fail(JSON.stringify(result));
      expect(result.problem).toBeUndefined();
      // Two vectors are of the framing only and do not state the plain bytes.
      if (sequence === undefined && plain === undefined) continue;
      const expected = bytesOf(packet.plain);
      expect(result.data).toEqual(expected);
      const made = Buffer.concat(compressMessage([expected], compressor, new Arena()));
      const back = unsegmentBytes(new Uint8Array(made), { decoder: ourDecoder });
      expect(back).toEqual({ type: "data", data: expected });
      expect(made.length).toBeLessThanOrEqual(bytesOf(packet.compressed).length);
    }
  });
});
