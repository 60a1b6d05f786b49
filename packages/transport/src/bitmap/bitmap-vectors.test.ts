import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { compressInterleaved } from "./interleaved-compressor.js";
import { decompressInterleaved } from "./interleaved-decompressor.js";
import { writePixelValues } from "./pixel-values.js";
import { compressPlanar } from "./planar-compressor.js";
import { decompressPlanar } from "./planar-decompressor.js";

const folder = "../shared/vectors/open";
// Skipped only where the bytes of other projects are not beside the repository.
const described = existsSync(folder) ? describe : describe.skip;

type Bytes = { file: string; offset: number; bytes: number };

interface Vector {
  name: string;
  image: { width: number; height: number };
  hex?: string;
  bin?: Bytes;
  plain?: Bytes;
  rgb?: Bytes;
}

function bytesOf({ file, offset, bytes }: Bytes): Uint8Array {
  return new Uint8Array(readFileSync(`${folder}/${file}`)).subarray(offset, offset + bytes);
}

const inputOf = ({ hex, bin }: Vector): Uint8Array =>
  bin === undefined ? new Uint8Array(Buffer.from(hex ?? "", "hex")) : bytesOf(bin);

const read = (file: string): (readonly [string, Vector])[] =>
  existsSync(`${folder}/${file}`)
    ? (JSON.parse(readFileSync(`${folder}/${file}`, "utf8")) as Vector[]).map((vector) => [vector.name, vector])
    : [];

described("bitmap vectors of other projects (skipped without ../shared/vectors)", () => {
  const interleaved = read("codec-rle.json");
  const planar = read("codec-planar.json");

  test("are all there", () => expect([interleaved.length, planar.length]).toEqual([7, 4]));

  test.each(interleaved)("%s, and ours is not longer", (_name, vector) => {
    const { width, height } = vector.image;
    const values = decompressInterleaved(inputOf(vector), width, height, 16);
    expect(writePixelValues(values, width, height, 2)).toEqual(bytesOf(vector.plain as Bytes));
    const ours = compressInterleaved(values, width, 16) as Uint8Array;
    expect(decompressInterleaved(ours, width, height, 16)).toEqual(values);
    expect(ours.length).toBeLessThanOrEqual(inputOf(vector).length);
  });

  test.each(planar)("%s", (_name, vector) => {
    const { width, height } = vector.image;
    const bgra = decompressPlanar(inputOf(vector), width, height, { opaque: true });
    const rgb = new Uint8Array(width * height * 3);
    for (let pixel = 0; pixel < width * height; pixel++) {
      const [blue, green, red] = bgra.subarray(pixel * 4);
      rgb.set([red as number, green as number, blue as number], pixel * 3);
    }
    expect(Buffer.compare(rgb, bytesOf(vector.rgb as Bytes))).toBe(0);
    const ours = compressPlanar({ bgra, width, height, stride: width * 4 });
    expect(decompressPlanar(ours, width, height)).toEqual(bgra);
  });
});
