import fc from "fast-check";
import { expect, test } from "vitest";
import { direction, recut, sizes, steps, withoutRange } from "../../testing/tls/arbitraries.js";
import type { Captured } from "../../testing/tls/decrypted.js";
import { handmadeSession } from "../../testing/tls/handmade-session.js";
import type { Direction } from "../index.js";
import type { SentRange } from "./held-records.js";
import { KeyLog } from "./key-log.js";
import { TlsDecryptor } from "./tls-decryptor.js";

interface Piece extends SentRange {
  readonly direction: Direction;
  readonly bytes: string;
}

/** What comes out and where it is said to have stood; keys are added before chunk `late`. */
function pieces(chunks: readonly Captured[], keyLog: string, late = 0): { plain: Piece[]; sealed: Piece[] } {
  const [plain, sealed]: [Piece[], Piece[]] = [[], []];
  const keys = new KeyLog();
  const into =
    (list: Piece[]) =>
    (which: Direction, bytes: Uint8Array, _: unknown, { from, to }: SentRange) => {
      list.push({ direction: which, bytes: Buffer.from(bytes).toString("hex"), from, to });
    };
  const tls = new TlsDecryptor({ keys, onPlain: into(plain), onSealed: into(sealed), onProblem: () => {} });
  for (const [packet, chunk] of chunks.entries()) {
    if (packet === late) keys.add(keyLog);
    if ("bytes" in chunk) tls.data(chunk.direction, chunk.bytes, { time: 0n, packet });
    else tls.gap(chunk.direction, chunk.missing, { time: 0n, packet });
  }
  tls.end({ time: 0n, packet: 0 });
  return { plain, sealed };
}

const start = Buffer.from("030000130ee000000000000100080003000000", "hex");

test("plain bytes are said to stand where their record stood, whatever is cut, late or lost", () => {
  fc.assert(
    fc.property(steps, sizes, fc.nat(), direction, fc.nat(), fc.nat(300), (steps, sizes, late, which, at, length) => {
      const { records, keyLog } = handmadeSession({ steps });
      const places = { c2s: start.length, s2c: 0 };
      const expected = records.flatMap(({ direction: of, bytes, plain }) => {
        const from = places[of];
        places[of] += bytes.length;
        const hex = Buffer.from(plain ?? []).toString("hex");
        return plain === undefined ? [] : [{ direction: of, bytes: hex, from, to: places[of] }];
      });
      // The beginning, which tells that this is TLS, is not lost.
      const from = 60 + (at % places[which]);
      const whole = recut([{ direction: "c2s", bytes: start }, ...records], sizes);
      const chunks = length === 0 ? whole : withoutRange(whole, which, from, from + length);
      const { plain } = pieces(chunks, keyLog, late % chunks.length);
      for (const piece of plain) {
        if (piece.direction === "c2s" && piece.from < start.length) {
          expect(piece.bytes).toBe(start.subarray(piece.from, piece.to).toString("hex"));
        } else expect(expected).toContainEqual(piece);
      }
      if (length === 0)
        expect(plain.filter(({ to, direction: of }) => of !== "c2s" || to > 19).length).toBe(expected.length);
    }),
    { numRuns: 200 },
  );
});

test("what cannot be decrypted is said to stand where it stood", () => {
  fc.assert(
    fc.property(steps, sizes, (steps, sizes) => {
      const { records } = handmadeSession({ steps });
      const { sealed } = pieces(recut(records, sizes), "");
      for (const which of ["c2s", "s2c"] as const) {
        const stream = Buffer.concat(records.flatMap((one) => (one.direction === which ? [one.bytes] : [])));
        for (const { direction: of, from, to, bytes } of sealed) {
          if (of === which) expect(stream.subarray(from, to).toString("hex")).toBe(bytes);
        }
      }
      expect(sealed.length).toBeGreaterThan(0);
    }),
  );
});
