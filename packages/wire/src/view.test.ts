import { describe, expect, test } from "vitest";
import { capabilities, channel, event, move, order, present, texts } from "../testing/samples.js";
import {
  bytes,
  DeclarationError,
  DecodeError,
  flag,
  flags,
  length,
  optional,
  pdu,
  prefixed,
  rest,
  sized,
  sourceOf,
  u16,
  u32,
  u8,
  useEngine,
  utf16,
  when,
} from "./index.js";

const titled = order.encode({
  fieldsPresent: 0x0100_0000,
  windowId: 0xffff_fffe,
  owner: 7,
  title: "tïtle",
  rects: [{ left: 1, top: 2, right: 3, bottom: 4 }],
});
const bare = order.encode({ fieldsPresent: 0x0100_0000, windowId: 2 });

describe("a view", () => {
  test("reads fields where they lie", () => {
    const view = move.view().wrap(sourceOf(move.encode({ windowId: 5, left: -3, top: 4 })), 0, 12);
    expect([view.windowId, view.left, view.top]).toEqual([5, -3, 4]);
  });

  test("wrap returns the view itself", () => {
    const view = move.view();
    expect(view.wrap(sourceOf(move.encode({ windowId: 5, left: -3, top: 4 })), 0, 12)).toBe(view);
  });

  test("gives the values that decode gives", () => {
    const view = order.view().wrap(sourceOf(titled), 0, titled.length);
    const value = order.decode(titled);
    for (const field of ["fieldsPresent", "windowId", "owner", "style", "title", "rects"] as const) {
      expect([field, view[field]]).toEqual([field, value[field]]);
    }
  });

  test("gives numbers of bits and of any size, and where they stand", () => {
    const input = channel.encode({ priority: 2, channelId: 0x1234, data: Uint8Array.of(9) });
    const view = channel.view().wrap(sourceOf(input), 0, input.length);
    expect([view.priority, view.channelId, view.channelIdWidth]).toEqual([2, 0x1234, undefined]);
    expect(["priority", "channelId", "data"].map((name) => view.offsetOf(name as "data"))).toEqual([0, 1, 3]);
    // The same number in more bytes than it needs.
    const long = Uint8Array.of(0x3a, 0x34, 0x12, 0, 0, 9);
    expect(view.wrap(sourceOf(long), 0, 6).channelIdWidth).toBe(channel.decode(long).channelIdWidth);
    expect(view.channelIdWidth).toBe(4);
  });

  test("follows what is written to the source afterwards", () => {
    const input = move.encode({ windowId: 5, left: 0, top: 0 });
    const view = move.view().wrap(sourceOf(input), 0, 12);
    input[4] = 6;
    expect(view.windowId).toBe(6);
  });

  test("is reused for several messages, also in the middle of a chunk", () => {
    const chunk = sourceOf(Uint8Array.from([...bare, ...titled, ...bare]));
    const view = order.view();
    const titles: (string | undefined)[] = [];
    let at = 0;
    for (const part of [bare, titled, bare]) {
      view.wrap(chunk, at, (at += part.length));
      titles.push(view.title);
      expect(view.windowId).toBe(part === titled ? 0xffff_fffe : 2);
    }
    expect(titles).toEqual([undefined, "tïtle", undefined]);
  });

  test("two views of one PDU do not disturb each other", () => {
    const [one, other] = [order.view(), order.view()];
    one.wrap(sourceOf(titled), 0, titled.length);
    other.wrap(sourceOf(bare), 0, bare.length);
    expect([one.owner, other.owner]).toEqual([7, undefined]);
  });

  test("refuses what decode refuses, with the same error", () => {
    const source = sourceOf(titled);
    for (let end = 0; end < titled.length; end++) {
      let expected: unknown;
      try {
        order.read(source, 0, end);
      } catch (error) {
        expected = error;
      }
      expect(expected).toBeInstanceOf(DecodeError);
      expect(() => order.view().wrap(source, 0, end)).toThrow((expected as DecodeError).message);
    }
  });

  test("gives lists whose elements have one size", () => {
    const input = present.encode({
      presentId: 1n << 63n,
      rects: [1, 2].map((left) => ({ left, top: 0, right: 9, bottom: 9 })),
    });
    const view = present.view().wrap(sourceOf(input), 0, input.length);
    expect(view.rects.map(({ left }) => left)).toEqual([1, 2]);
    expect(view.rects).not.toBe(view.rects);
    expect(view.presentId).toBe(1n << 63n);
  });

  test("gives bytes as a view of the source", () => {
    const Blob = pdu("BLOB", "[TEST] 1", { cb: length(u8), id: u16, data: bytes(sized("cb")), tail: bytes(rest) });
    const input = Blob.encode({ id: 1, data: Uint8Array.of(5, 6), tail: Uint8Array.of(7) });
    const view = Blob.view().wrap(sourceOf(input), 0, input.length);
    expect(view.data.buffer).toBe(input.buffer);
    expect([...view.data, ...view.tail]).toEqual([5, 6, 7]);
  });
});

describe("offsetOf and lengthOf", () => {
  const at = 10;
  const source = sourceOf(Uint8Array.from([...new Uint8Array(at), ...titled]));
  const view = order.view().wrap(source, at, at + titled.length);

  test("say where a field starts in the source, after its prefix", () => {
    expect(view.offsetOf("fieldsPresent")).toBe(at + 3);
    expect(view.offsetOf("owner")).toBe(at + 11);
    expect(view.offsetOf("title")).toBe(at + 17);
    expect(view.offsetOf("rects")).toBe(at + 29);
  });

  test("give the bytes of text and byte fields", () => {
    expect(view.lengthOf("title")).toBe(10);
    const Blob = pdu("BLOB", "[TEST] 2", { name: utf16(prefixed(u8)), data: bytes(rest) });
    const input = Blob.encode({ name: "ab", data: Uint8Array.of(1, 2, 3) });
    const blob = Blob.view().wrap(sourceOf(input), 0, input.length);
    expect([blob.offsetOf("name"), blob.lengthOf("name"), blob.offsetOf("data"), blob.lengthOf("data")]).toEqual([
      1, 4, 5, 3,
    ]);
    expect(input.subarray(blob.offsetOf("data"))).toEqual(Uint8Array.of(1, 2, 3));
  });

  test("are -1 for an absent field, also when it was there in the message before", () => {
    const reused = order
      .view()
      .wrap(source, at, at + titled.length)
      .wrap(sourceOf(bare), 0, bare.length);
    expect([reused.offsetOf("title"), reused.lengthOf("title"), reused.offsetOf("style")]).toEqual([-1, -1, -1]);
  });

  test("are -1 for a name that is no field of the value", () => {
    expect(view.offsetOf("orderSize" as never)).toBe(-1);
    expect(view.lengthOf("windowId")).toBe(-1);
  });

  test("see an optional tail", () => {
    const Tail = pdu("TAIL", "[TEST] 3", { id: u8, a: optional(u16), b: optional(u32) });
    const tail = Tail.view().wrap(sourceOf(Uint8Array.of(1, 2, 0)), 0, 3);
    expect([tail.a, tail.b, tail.offsetOf("a"), tail.offsetOf("b")]).toEqual([2, undefined, 1, -1]);
  });

  test("see that a message of optional fields is empty", () => {
    const Tail = pdu("TAIL", "[TEST] 4", { a: optional(u16), b: optional(u32) });
    const tail = Tail.view().wrap(sourceOf(Uint8Array.of(9, 9, 9, 9)), 2, 2);
    expect([tail.a, tail.b, tail.offsetOf("a"), tail.offsetOf("b")]).toEqual([undefined, undefined, -1, -1]);
  });
});

describe("names", () => {
  test("short field names do not collide with what the view keeps", () => {
    const Short = pdu("SHORT", "[TEST] 5", { s: u8, v: u8, o: u8, a: u8, n: u8, x: u8 });
    const view = Short.view().wrap(sourceOf(Uint8Array.of(1, 2, 3, 4, 5, 6)), 0, 6);
    expect([view.s, view.v, view.o, view.a, view.n, view.x]).toEqual([1, 2, 3, 4, 5, 6]);
  });

  test("a condition on a field of the view is seen", () => {
    const Chosen = pdu("CHOSEN", "[TEST] 6", {
      bits: flags(u8, { A: 1, B: 2 }),
      a: when(flag("bits", 1), u16),
      b: when(flag("bits", 2), u16),
    });
    const view = Chosen.view().wrap(sourceOf(Uint8Array.of(2, 5, 0)), 0, 3);
    expect([view.bits, view.a, view.b, view.offsetOf("b")]).toEqual([0, undefined, 5, 1]);
  });
});

describe("what cannot be viewed", () => {
  test.each([
    ["unions in a list", capabilities],
    ["bit fields", event],
    ["either of two texts", texts],
  ])("%s", (_name, of) => {
    expect(() => of.view()).toThrow(DeclarationError);
    expect(() => of.view()).toThrow(`${of.name}.view: has fields that cannot be viewed`);
  });

  test("anything without emitted code", () => {
    useEngine(undefined);
    expect(() => pdu("PLAIN", "[TEST] 7", { a: u8 }).view()).toThrow("or no emitted code");
  });
});
