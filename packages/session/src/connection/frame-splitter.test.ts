import { DataTpdu, FastPathInput, fastPathInput } from "@railvail/transport";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { joined } from "../../testing/pair.js";
import { FrameSplitter } from "../index.js";

const tpkt = fc.uint8Array({ maxLength: 300, size: "max" }).map((data) => DataTpdu.encode({ data }));
const event = { eventFlags: 0, event: { type: "scancode", keyCode: 30 } } as const;
const fast = fc.integer({ min: 1, max: 90 }).map((count) => {
  const events = Array.from({ length: count }, () => event);
  return FastPathInput.encode(fastPathInput(events));
});
const frames = fc.array(fc.oneof(tpkt, fast), { maxLength: 12 });

describe("a splitter", () => {
  test("gives out the frames that were put in, however the stream is cut", () => {
    fc.assert(
      fc.property(frames, fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1 }), (sent, sizes) => {
        const stream = joined(sent);
        const splitter = new FrameSplitter();
        const got: Uint8Array[] = [];
        for (let at = 0, turn = 0; at < stream.length; turn++) {
          const piece = stream.subarray(at, at + (sizes[turn % sizes.length] ?? 1));
          at += piece.length;
          const good = splitter.accept(piece, (source, offset, end, fastPath) => {
            expect(fastPath).toBe((source.bytes[offset] ?? 3) !== 3);
            got.push(source.bytes.slice(offset, end));
            return true;
          });
          expect(good).toBe(true);
        }
        expect(got).toEqual(sent);
        expect(splitter.takeRest()).toHaveLength(0);
      }),
    );
  });

  test("keeps what follows when it is stopped", () => {
    const [one, two] = [DataTpdu.encode({ data: new Uint8Array(1) }), new Uint8Array([0x16, 3, 1])];
    for (const cut of [3, one.length, one.length + 1]) {
      const splitter = new FrameSplitter();
      const stream = joined([one, two]);
      splitter.accept(stream.subarray(0, cut), () => false);
      const rest = splitter.takeRest();
      if (cut < one.length) expect(rest).toEqual(stream.subarray(0, cut));
      else expect(rest).toEqual(stream.subarray(one.length, cut));
    }
  });

  test.each([
    ["a byte that begins no frame", [0x16]],
    ["a packet of fewer bytes than its header", [3, 0, 0, 6]],
    ["a fast-path packet that is shorter than its length", [0, 1]],
    ["a fast-path packet that is shorter than its long length", [0, 0x80, 2]],
  ])("gives up at %s", (_name, bytes) => {
    expect(new FrameSplitter().accept(new Uint8Array(bytes), () => true)).toBe(false);
    const slow = new FrameSplitter();
    const good = [...bytes, 0].map((byte) => slow.accept(new Uint8Array([byte]), () => true));
    expect(good).toContain(false);
  });
});
