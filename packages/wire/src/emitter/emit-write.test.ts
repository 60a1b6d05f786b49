import { describe, expect, test } from "vitest";
import {
  EncodeError,
  equals,
  flag,
  flags,
  interpretEncode,
  list,
  not,
  pad,
  pdu,
  prefixed,
  struct,
  u16,
  u32,
  u64,
  u8,
  when,
  type Pdu,
} from "../index.js";

/** Emitted and interpreted code give the same bytes, or refuse with the same message. */
function expectSame<T>(of: Pdu<T>, value: T): Uint8Array | string {
  const outcome = (encode: () => Uint8Array): Uint8Array | string => {
    try {
      return encode();
    } catch (error) {
      expect(error).toBeInstanceOf(EncodeError);
      return (error as EncodeError).message;
    }
  };
  const emitted = outcome(() => of.encode(value));
  expect(emitted).toEqual(outcome(() => interpretEncode(of, value)));
  return emitted;
}

describe("64-bit numbers", () => {
  const Id = pdu("ID", "[TEST] 1", { before: u8, id: u64 });

  test.each([
    [0n, "0000000000000000"],
    [1n, "0100000000000000"],
    [0x0123_4567_89ab_cdefn, "efcdab8967452301"],
    [0xffff_ffff_ffff_ffffn, "ffffffffffffffff"],
  ])("%d is written low byte first", (id, hex) => {
    const bytes = expectSame(Id, { before: 7, id });
    expect(Buffer.from(bytes as Uint8Array).toString("hex")).toBe(`07${hex}`);
  });

  test.each([[-1n], [1n << 64n], [-(1n << 64n)], [5], ["5"], [undefined]])("%s is refused", (id) => {
    expect(expectSame(Id, { before: 7, id: id as bigint })).toMatch(/^ID\.id: /);
  });
});

describe("bits of fields", () => {
  const has = (bit: number) => flag("present", bit);

  test("each field sets its own", () => {
    const Own = pdu("OWN", "[TEST] 2", {
      present: flags(u16, { a: 1, b: 2, kept: 0x8000 }),
      a: when(has(1), u8),
      b: when(has(2), struct({ x: u8 })),
      c: when(has(4), list(u8, prefixed(u8))),
    });
    for (const a of [undefined, 9]) {
      for (const b of [undefined, { x: 8 }]) {
        for (const c of [undefined, [], [1, 2]]) {
          const bytes = expectSame(Own, { present: 0x8000, a, b, c }) as Uint8Array;
          expect(bytes[0]).toBe((a === undefined ? 0 : 1) | (b === undefined ? 0 : 2) | (c === undefined ? 0 : 4));
          expect(bytes[1]).toBe(0x80);
          expect(Own.size({ present: 0x8000, a, b, c })).toBe(bytes.length);
        }
      }
    }
    expect(expectSame(Own, { present: 1 })).toMatch(/^OWN\.present: /);
  });

  test("two fields with one bit stand together or not at all", () => {
    const Shared = pdu("SHARED", "[TEST] 3", {
      present: flags(u8, {}),
      a: when(has(1), u8),
      b: when(has(1), u8),
    });
    expect(expectSame(Shared, { present: 0 })).toEqual(Uint8Array.of(0));
    expect(expectSame(Shared, { present: 0, a: 5, b: 6 })).toEqual(Uint8Array.of(1, 5, 6));
    expect(expectSame(Shared, { present: 0, a: 5 })).toMatch(/^SHARED\.b: /);
    expect(expectSame(Shared, { present: 0, b: 6 })).toMatch(/^SHARED\.a: /);
  });

  test("other conditions see the bits too", () => {
    const Looked = pdu("LOOKED", "[TEST] 4", {
      present: flags(u8, {}),
      a: when(has(1), u8),
      filler: when(not(has(1)), pad(6)),
      b: when(has(2), when(equals("a", 3), u8)),
    });
    expect(expectSame(Looked, { present: 0 })).toEqual(new Uint8Array(7));
    expect(expectSame(Looked, { present: 0, a: 4 })).toEqual(Uint8Array.of(1, 4));
    expectSame(Looked, { present: 0, a: 3, b: 1 });
  });
});

test("a view passes over numbers, but not over those that decide", () => {
  const Deciding = pdu("DECIDING", "[TEST] 5", {
    skipped: u64,
    kind: u8,
    extra: when(equals("kind", 1), u32),
    last: u8,
  });
  for (const value of [
    { skipped: 3n, kind: 0, last: 9 },
    { skipped: 3n, kind: 1, extra: 5, last: 9 },
  ]) {
    const bytes = Deciding.encode(value);
    const source = { bytes, view: new DataView(bytes.buffer) };
    const { skipped, kind, extra, last } = Deciding.view().wrap(source, 0, bytes.length);
    expect({ skipped, kind, extra, last }).toEqual({ extra: undefined, ...value });
  }
});
