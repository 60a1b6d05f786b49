import { existsSync, readFileSync } from "node:fs";
import { sourceOf } from "@railvail/wire";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fastPathInputPdus, fastPathLength, fastPathOutputPdus, isFastPath } from "./fast-path.js";
import {
  EncryptedFastPathInput,
  fastPathEvents,
  fastPathInput,
  FastPathInput,
  type FastPathInputEvent,
} from "./pdu/fast-path-input.js";
import { EncryptedFastPathOutput, FastPathOutput, FastPathUpdate } from "./pdu/fast-path-output.js";

interface Vector {
  readonly name: string;
  readonly hex: string;
}
const folder = new URL("../../../../shared/vectors/open/", import.meta.url);
const present = existsSync(folder);
const load = (area: string): Vector[] =>
  present ? (JSON.parse(readFileSync(new URL(`${area}.json`, folder), "utf8")) as Vector[]) : [];
const bytesOf = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, "hex"));
const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");

const lengthOf = (hex: string): number | undefined => fastPathLength(sourceOf(bytesOf(hex)), 0, hex.length / 2);

describe("framing", () => {
  test.each([
    ["8008", 8],
    ["808008", 8],
    ["00bfff", 0x3fff],
    ["", undefined],
    ["00", undefined],
    ["0080", undefined],
    ["0001", undefined],
    ["008002", undefined],
  ])("%s states %s", (hex, length) => expect(lengthOf(hex)).toBe(length));

  test("packets are split as they were joined", () => {
    const packet = fc
      .array(fc.record({ code: fc.nat({ max: 15 }), data: fc.uint8Array({ maxLength: 300 }) }), {
        maxLength: 4,
      })
      .map((updates) =>
        FastPathOutput.encode({
          secureChecksum: 0,
          fpOutputUpdates: updates.map(({ code, data }) => ({
            updateCode: code,
            fragmentation: 0,
            compression: 0,
            updateData: data,
          })),
        }),
      );
    fc.assert(
      fc.property(fc.array(packet, { maxLength: 5 }), (packets) => {
        const bytes = Uint8Array.from(packets.flatMap((each) => [...each]));
        const source = sourceOf(bytes);
        const found: string[] = [];
        for (let at = 0; at < bytes.length;) {
          const length = fastPathLength(source, at, bytes.length) ?? 0;
          expect(isFastPath(bytes[at] ?? 3)).toBe(true);
          expect(fastPathOutputPdus.match(source, at, at + length, "server")).toBe(FastPathOutput);
          found.push(hexOf(bytes.subarray(at, at + length)));
          at += length;
        }
        expect(found).toEqual(packets.map(hexOf));
      }),
    );
  });
});

/** Each fast-path update vector in our words. */
const updates: Readonly<Record<string, Record<string, unknown>>> = {
  update: {
    fragmentation: 0,
    updateCode: 4,
    compressionFlags: undefined,
    updateData: bytesOf("04000000000000000400010000000000"),
  },
  "update-first": { fragmentation: 2, updateCode: 4, updateData: bytesOf("0102030405") },
  "update-compressed": {
    fragmentation: 0,
    updateCode: 4,
    compressionFlags: 0x21,
    updateData: bytesOf("aaaaaaaaaaaaaaaa"),
  },
  "update-pointer-hidden": { fragmentation: 0, updateCode: 5, updateData: new Uint8Array(0) },
  "update-pointer-default": { fragmentation: 0, updateCode: 6, updateData: new Uint8Array(0) },
};

/** Each fast-path input vector: its events in our words. */
const inputs: Readonly<Record<string, readonly FastPathInputEvent[]>> = {
  "input-scancode": [
    { eventFlags: 0, event: { type: "scancode", keyCode: 30 } },
    { eventFlags: 1, event: { type: "scancode", keyCode: 30 } },
    { eventFlags: 3, event: { type: "scancode", keyCode: 19 } },
  ],
  "input-unicode": [
    { eventFlags: 0, event: { type: "unicode", unicodeCode: 20363 } },
    { eventFlags: 1, event: { type: "unicode", unicodeCode: 20363 } },
  ],
  "input-sync": [{ eventFlags: 5, event: { type: "sync" } }],
  "input-mouse-x": [{ eventFlags: 0, event: { type: "mouseX", pointerFlags: 32769, xPos: 640, yPos: 480 } }],
  "input-qoe": [{ eventFlags: 0, event: { type: "qoeTimestamp", timestamp: 16909060 } }],
  "input-mixed": [
    { eventFlags: 8, event: { type: "sync" } },
    { eventFlags: 4, event: { type: "scancode", keyCode: 69 } },
    { eventFlags: 1, event: { type: "unicode", unicodeCode: 8364 } },
    { eventFlags: 0, event: { type: "mouseX", pointerFlags: 2, xPos: 65535, yPos: 1 } },
    { eventFlags: 0, event: { type: "mouse", pointerFlags: 2048, xPos: 3839, yPos: 2159 } },
  ],
};

describe.skipIf(!present)("fast path against vectors (skipped without ../shared/vectors)", () => {
  const find = (name: string): Uint8Array =>
    bytesOf(load("fast-path").find((each) => each.name === `fast-path.${name}`)?.hex ?? "");

  test.each(Object.keys(updates))("%s", (name) => {
    const bytes = find(name);
    const value = FastPathUpdate.decode(bytes);
    expect(value).toMatchObject(updates[name] ?? {});
    expect(hexOf(FastPathUpdate.encode(value))).toBe(hexOf(bytes));
  });

  test("update-palette: the frame, whatever is in it", () => {
    const bytes = find("update-palette");
    expect(FastPathUpdate.decode(bytes)).toMatchObject({
      fragmentation: 0,
      updateCode: 2,
      updateData: bytes.subarray(3),
    });
  });

  test.each(Object.keys(inputs))("%s", (name) => {
    const bytes = find(name);
    const value = FastPathInput.decode(bytes);
    expect(fastPathEvents(value)).toMatchObject(inputs[name] as object);
    expect(hexOf(FastPathInput.encode(fastPathInput(inputs[name] ?? [])))).toBe(hexOf(bytes));
  });
});

describe("fast-path input", () => {
  const key = (keyCode: number): FastPathInputEvent => ({
    eventFlags: 0,
    event: { type: "scancode", keyCode },
  });

  test("more than 15 events have a count of their own", () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 255 }).map(key), { maxLength: 255 }), (events) => {
        const bytes = FastPathInput.encode(fastPathInput(events));
        expect((bytes[0] ?? 0) >> 2).toBe(events.length < 16 ? events.length : 0);
        expect(fastPathEvents(FastPathInput.decode(bytes))).toMatchObject(events);
      }),
    );
  });

  test("relative movement is signed", () => {
    const bytes = bytesOf("0409a0" + "0008" + "f9ff" + "2c01");
    expect(fastPathEvents(FastPathInput.decode(bytes))).toMatchObject([
      { event: { type: "mouseRelative", pointerFlags: 0x0800, xDelta: -7, yDelta: 300 } },
    ]);
  });

  test("an event of unknown code keeps the rest", () => {
    const bytes = bytesOf("0406e1aabbcc");
    const value = FastPathInput.decode(bytes);
    expect(fastPathEvents(value)).toEqual([
      { eventFlags: 1, event: { type: "unknown", tag: 7, data: bytesOf("aabbcc") } },
    ]);
    expect(hexOf(FastPathInput.encode(value))).toBe(hexOf(bytes));
  });

  test("the long form of the length survives", () => {
    const bytes = bytesOf("048005001e");
    expect(hexOf(FastPathInput.encode(FastPathInput.decode(bytes)))).toBe(hexOf(bytes));
  });

  test("encrypted packets are found by their flag and keep what cannot be read", () => {
    const bytes = bytesOf("840c" + "0102030405060708" + "aabb");
    const source = sourceOf(bytes);
    expect(fastPathInputPdus.match(source, 0, bytes.length, "client")).toBe(EncryptedFastPathInput);
    const value = EncryptedFastPathInput.decode(bytes);
    expect(value).toMatchObject({
      numEvents: 1,
      dataSignature: bytes.subarray(2, 10),
      encryptedEvents: bytes.subarray(10),
    });
    expect(hexOf(EncryptedFastPathInput.encode(value))).toBe(hexOf(bytes));
    expect(fastPathOutputPdus.match(source, 0, bytes.length, "server")).toBe(EncryptedFastPathOutput);
  });
});
