import fc from "fast-check";
import { expect, expectTypeOf, test } from "vitest";
import { Arena, DecodeError, Family, literal, Messages, pdu, sourceOf, u16, u8, type MessageOf } from "./index.js";

const Open = pdu("OPEN", "[TEST] 1", { kind: literal(u8, 1), id: u16 }, { sentBy: "client" });
const Opened = pdu("OPENED", "[TEST] 2", { kind: literal(u8, 1), result: u8 }, { sentBy: "server" });
const Close = pdu("CLOSE", "[TEST] 3", { kind: literal(u8, 2) });
const Unlisted = pdu("UNLISTED", "[TEST] 4", { kind: literal(u8, 3) });
const pdus = { open: Open, opened: Opened, close: Close };
const messages = new Messages(new Family("test", "kind", [Open, Opened, Close, Unlisted]), pdus);

const read = (bytes: readonly number[], sender: "client" | "server"): unknown =>
  messages.read(sourceOf(Uint8Array.from(bytes)), 0, bytes.length, sender);

test("a message is read by its number and its sender", () => {
  expect(read([1, 7, 0], "client")).toEqual({ message: "open", value: { id: 7 } });
  expect(read([1, 9], "server")).toEqual({ message: "opened", value: { result: 9 } });
  expect(read([2], "server")).toMatchObject({ message: "close" });
});

test("what is none of them is undefined, what is damaged is refused", () => {
  expect(read([3], "client")).toBeUndefined();
  expect(read([4], "client")).toBeUndefined();
  expect(read([], "client")).toBeUndefined();
  expect(() => read([1, 7], "client")).toThrow(DecodeError);
});

test("what is encoded is read again", () => {
  fc.assert(
    fc.property(fc.nat(0xffff), (id) => {
      const message: MessageOf<typeof pdus> = { message: "open", value: { id } };
      const bytes = messages.encode(message);
      expect(messages.read(sourceOf(bytes), 0, bytes.length, "client")).toEqual(message);
      const arena = new Arena();
      expect(messages.encodeInto(message, arena)).toBe(bytes.length);
      expect(arena.written()).toEqual(bytes);
    }),
  );
});

test("the name of a message decides the type of its value", () => {
  type Received = MessageOf<typeof pdus>;
  expectTypeOf<Extract<Received, { message: "open" }>["value"]["id"]>().toEqualTypeOf<number>();
  expectTypeOf<Received["message"]>().toEqualTypeOf<"open" | "opened" | "close">();
});
