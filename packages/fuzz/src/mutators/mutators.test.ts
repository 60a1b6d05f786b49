import { CapsAdvertise } from "@railvail/gfxredir";
import { WindowMove } from "@railvail/rail";
import { generate, hex } from "@railvail/wire";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  drawn,
  mutateBytes,
  mutateFields,
  mutateInput,
  mutateOrder,
  seeded,
  sessionTraffic,
  type Packet,
} from "../index.js";
import { controlFields } from "./control-fields.js";

const move = WindowMove.encode({ windowId: 7, left: 1, top: 2, right: 3, bottom: 4 });
const caps = CapsAdvertise.encode(generate(CapsAdvertise, seeded(3)));
const packet = (byte: number): Packet => ({ from: "client", channel: "rail", bytes: Uint8Array.of(byte) });

describe("fields", () => {
  test("that say how the rest is read are known", () => {
    expect([...controlFields(WindowMove)]).toEqual(expect.arrayContaining(["orderType", "orderLength", "windowId"]));
    expect(controlFields(WindowMove).has("left")).toBe(false);
  });

  test("become off by one, zero and huge, and the message is cut at each place", () => {
    const seen = new Set<string>();
    for (let seed = 0; seed < 3000; seed++) seen.add(hex(mutateFields(WindowMove, move, seeded(seed))));
    const length = (text: string): string => hex(move).replace(/^(....)..../, `$1${text}`);
    for (const text of ["1100", "0f00", "0000", "ffff", "ff7f", "0080"])
      expect(seen.has(length(text)), text).toBe(true);
    for (let cut = 0; cut < move.length; cut++) expect(seen.has(hex(move.subarray(0, cut))), `${cut}`).toBe(true);
  });
});

test("what is mutated stays as it was, and the same choices do the same", () => {
  fc.assert(
    fc.property(fc.nat(), fc.constantFrom(move, caps), (seed, bytes) => {
      const before = bytes.slice();
      expect(mutateBytes(bytes, seeded(seed))).toEqual(mutateBytes(bytes, seeded(seed)));
      expect(mutateFields(WindowMove, bytes, seeded(seed))).toEqual(mutateFields(WindowMove, bytes, seeded(seed)));
      expect(bytes).toEqual(before);
    }),
  );
});

test("packets are left out, doubled, put elsewhere, cut in two, joined, and spliced", () => {
  const input = [packet(1), packet(2), packet(3)];
  const seen = new Set<string>();
  for (let seed = 0; seed < 500; seed++) {
    seen.add(
      mutateOrder(input, seeded(seed), [packet(9)])
        .map(({ bytes, from }) => from[0] + hex(bytes))
        .join(" "),
    );
  }
  const all = [
    "c01 c03",
    "c01 c01 c02 c03",
    "c02 c01 c03",
    "c01",
    "c01 c c02 c03",
    "c0102 c03",
    "s01 c02 c03",
    "c01 c09 c02 c03",
  ];
  for (const one of all) expect(seen.has(one), one).toBe(true);
});

test("frames of a session stay frames around what is changed in them", () => {
  const { frames } = sessionTraffic(seeded(1), "composed");
  let right = 0;
  fc.assert(
    fc.property(fc.gen(), (draw) => {
      const changed = mutateInput(frames, drawn(draw, fc.integer));
      const differing = changed.filter((each) => !frames.includes(each));
      for (const { bytes } of differing) {
        if (bytes[0] === 3 && ((bytes[2] ?? 0) << 8) + (bytes[3] ?? 0) === bytes.length) right++;
      }
    }),
    { numRuns: 60 },
  );
  expect(right).toBeGreaterThan(20);
});
