import { Arena } from "@railvail/wire";
import fc from "fast-check";
import { expect, test } from "vitest";
import { drawing, joined, pixels, rect } from "../testing/egfx-pair.js";
import { CodecId, egfxParts, egfxVocabulary } from "./index.js";

test("a payload in parts makes the same bytes as one in one piece, and is not copied", () => {
  fc.assert(
    fc.property(
      fc.array(fc.uint8Array({ maxLength: 9 }), { maxLength: 5 }),
      fc.boolean(),
      fc.nat(30),
      (payload, progressive, before) => {
        const value = { ...pixels(1, rect(0, 0, 3, 4)), codecId: CodecId.planar, codecContextId: 7 };
        const message = (bitmapData: Uint8Array) =>
          drawing(progressive ? "wireToSurface2" : "wireToSurface1", { ...value, bitmapData });
        const arena = new Arena(64);
        arena.length = arena.reserve(before) + before;
        const parts = egfxParts({ message: message(new Uint8Array()), payload }, arena);
        expect(joined(parts)).toEqual(egfxVocabulary.encode(message(joined(payload))));
        expect(parts.slice(1)).toEqual(payload);
        for (const [index, part] of payload.entries()) expect(parts[index + 1]).toBe(part);
      },
    ),
  );
});

test("a payload in one piece is not copied either, and other commands are one part", () => {
  const value = pixels(1, rect(0, 0, 3, 4));
  const arena = new Arena();
  expect(egfxParts({ message: drawing("wireToSurface1", value) }, arena)[1]).toBe(value.bitmapData);
  const end = { message: "endFrame", value: { frameId: 3 } } as const;
  expect(egfxParts({ message: end }, arena)).toEqual([egfxVocabulary.encode(end)]);
});
