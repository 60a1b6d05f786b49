import { describe, expect, test } from "vitest";
import { move, order } from "../testing/samples.js";
import {
  Arena,
  byteLength,
  bytes,
  EncodeError,
  fixed,
  length,
  literal,
  pdu,
  prefixed,
  rest,
  sized,
  u16,
  u32,
  u8,
  useEngine,
  when,
  flags,
  flag,
  type Pdu,
} from "./index.js";

const payload = Uint8Array.of(1, 2, 3, 4, 5);
const concat = (parts: readonly Uint8Array[]): Uint8Array => Uint8Array.from(parts.flatMap((part) => [...part]));

const Plain = pdu("PLAIN", "[TEST] 1", { id: u32, data: bytes(rest) });
const Bounded = pdu("BOUNDED", "[TEST] 2", { id: literal(u16, 7), size: byteLength(u32), data: bytes(rest) });
const Sized = pdu("SIZED", "[TEST] 3", { cb: length(u16, { bias: 4 }), id: u8, data: bytes(sized("cb")) });
const Prefixed = pdu("PREFIXED", "[TEST] 4", { id: u8, data: bytes(prefixed(u16)) });
const Fixed = pdu("FIXED", "[TEST] 5", { id: u8, data: bytes(fixed(5)) });
const payloads = [Plain, Bounded, Sized, Prefixed, Fixed] as unknown as readonly Pdu<{
  id?: number;
  data: Uint8Array;
  trailing?: Uint8Array;
}>[];
const value = { id: 9, data: payload };

describe("segments", () => {
  describe.each(payloads.map((each) => [each.name, each] as const))("%s", (_name, of) => {
    test("hands the payload on as it was given, not copied", () => {
      const arena = new Arena(64);
      const parts = of.segments(value, arena);
      expect(parts).toHaveLength(2);
      expect(parts[1]).toBe(payload);
      expect(concat(parts)).toEqual(of.encode(value));
      expect(arena.length).toBe(of.size(value) - payload.length);
    });

    test("needs no memory for the payload", () => {
      const arena = new Arena(16);
      const { bytes: memory } = arena;
      const data = of === payloads[4] ? payload : new Uint8Array(60_000);
      expect(concat(of.segments({ id: 1, data }, arena).slice(0, 1))).toEqual(
        of.encode({ id: 1, data }).subarray(0, arena.length),
      );
      expect(arena.bytes).toBe(memory);
    });

    test("with trailing bytes is one part, because they come last", () => {
      const withTrailing = { ...value, trailing: Uint8Array.of(0xee) };
      const parts = of.segments(withTrailing, new Arena(64));
      expect(parts).toHaveLength(1);
      expect(concat(parts)).toEqual(of.encode(withTrailing));
    });

    test("follow messages that are in the arena already", () => {
      const arena = new Arena(64);
      move.encodeInto({ windowId: 1, left: 2, top: 3 }, arena);
      const [head, data] = of.segments(value, arena) as [Uint8Array, Uint8Array];
      expect(head.byteOffset).toBe(12);
      expect(concat([head, data])).toEqual(of.encode(value));
    });

    test("with a payload that is no bytes are refused and leave the arena as it was", () => {
      const arena = new Arena(64);
      expect(() => of.segments({ id: 1, data: "text" as never }, arena)).toThrow(EncodeError);
      expect(() => of.segments({ id: 1 } as never, arena)).toThrow(EncodeError);
      expect(arena.length).toBe(0);
    });
  });

  test("of a message that does not end in bytes are one part", () => {
    const arena = new Arena(4);
    const parts = move.segments({ windowId: 1, left: 2, top: 3 }, arena);
    expect(parts.map((part) => part.length)).toEqual([12]);
    expect(parts[0]?.buffer).toBe(arena.bytes.buffer);
  });

  test("of an empty payload are one part", () => {
    expect(Plain.segments({ id: 1, data: new Uint8Array(0) }, new Arena())).toEqual([Uint8Array.of(1, 0, 0, 0)]);
  });

  test("of a payload that is conditional are right too", () => {
    const Maybe = pdu("MAYBE", "[TEST] 6", {
      flags: flags(u8, { DATA: 1 }),
      data: when(flag("flags", 1), bytes(rest)),
    });
    expect(concat(Maybe.segments({ flags: 0, data: payload }, new Arena()))).toEqual(Uint8Array.of(1, ...payload));
    expect(concat(Maybe.segments({ flags: 0 }, new Arena()))).toEqual(Uint8Array.of(0));
  });

  test("a payload too long for its length is refused", () => {
    const data = new Uint8Array(0x1_0000);
    for (const of of [Sized, Prefixed]) {
      expect(() => of.segments({ id: 1, data }, new Arena())).toThrow(
        /^[A-Z]+\.(cb|data): value out of range: 655(36|40), allowed 0 to 65535$/,
      );
    }
  });

  test("are the same without emitted code", () => {
    useEngine(undefined);
    const Interpreted = pdu("PREFIXED", "[TEST] 4", { id: u8, data: bytes(prefixed(u16)) });
    const parts = Interpreted.segments(value, new Arena());
    expect(parts).toEqual(Prefixed.segments(value, new Arena()));
    expect(parts[1]).toBe(payload);
  });
});

describe("encodeInto", () => {
  const first = { windowId: 1, left: 2, top: 3 };
  const second = { fieldsPresent: 0, windowId: 5, title: "title" };

  test("appends and returns the size", () => {
    const arena = new Arena();
    expect(move.encodeInto(first, arena)).toBe(12);
    expect(order.encodeInto(second, arena)).toBe(order.size(second));
    expect(arena.written()).toEqual(concat([move.encode(first), order.encode(second)]));
  });

  test("grows the arena and keeps what was written", () => {
    const arena = new Arena(8);
    for (let i = 0; i < 100; i++) move.encodeInto({ ...first, windowId: i }, arena);
    expect(arena.length).toBe(1200);
    for (let i = 0; i < 100; i++) expect(move.read(arena, i * 12, i * 12 + 12).windowId).toBe(i);
  });

  test("writes zeros over what a former message left", () => {
    const Padded = pdu("PADDED", "[TEST] 7", { id: u8, data: bytes(prefixed(u8)) });
    const arena = new Arena(16);
    arena.bytes.fill(0xff);
    Padded.encodeInto({ id: 1, data: Uint8Array.of(2) }, arena);
    expect(arena.written()).toEqual(Uint8Array.of(1, 1, 2));
  });

  test.each([
    ["a value that is missing", { left: 1, top: 2 }],
    ["a value that is out of range in the last field", { windowId: 1, left: 2, top: 40_000 }],
    ["trailing that is no bytes", { windowId: 1, left: 2, top: 3, trailing: [1] }],
  ])("leaves the arena as it was on %s", (_name, bad) => {
    const arena = new Arena(14);
    move.encodeInto(first, arena);
    const before = arena.written().slice();
    expect(() => move.encodeInto(bad as never, arena)).toThrow(EncodeError);
    expect(arena.length).toBe(12);
    expect(arena.written()).toEqual(before);
    move.encodeInto(first, arena);
    expect(arena.written()).toEqual(concat([before, before]));
  });
});
