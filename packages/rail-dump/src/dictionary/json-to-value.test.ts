import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { forMessages } from "../../testing/generated.js";
import { catalogue } from "./catalogue.js";
import { valueFromJson } from "./json-to-value.js";
import { JsonValueError } from "./json-value-error.js";
import { messageNamed } from "./message-names.js";

const everyMessage = catalogue.map((message) => [`${message.package} ${message.exported}`, message.pdu] as const);
const move = messageNamed("WindowMove").pdu;
const events = messageNamed("FastPathInputEvent").pdu;

test.each(everyMessage)("%s: the JSON of a value gives the value", (_name, pdu) => {
  forMessages(pdu, 4, (bytes) => {
    const value = pdu.decode(bytes);
    const again = valueFromJson(pdu, JSON.parse(pdu.toJson(value)));
    expect(pdu.toJson(again)).toBe(pdu.toJson(value));
    expect(pdu.encode(again)).toEqual(pdu.encode(value));
  });
});

test("whatever the JSON: a value, or an error that names a path", () => {
  fc.assert(
    fc.property(fc.constantFrom(...catalogue), fc.jsonValue({ maxDepth: 4 }), ({ pdu }, json) => {
      try {
        valueFromJson(pdu, json);
      } catch (error) {
        expect(error).toBeInstanceOf(JsonValueError);
      }
    }),
  );
});

describe("what is wrong is said with its path", () => {
  test.each([
    [move, [], "an object is expected"],
    [move, { windowId: "5" }, "windowId: a whole number is expected"],
    [move, { windowId: 1.5 }, "windowId: a whole number is expected"],
    [move, { windowID: 5 }, "windowID: there is no such field; did you mean windowId?"],
    [move, { trailing: "abc" }, "trailing: bytes are expected, as a string of pairs of hexadecimal digits"],
    [events, { event: { type: "mice" } }, /^event\.type: one of these is expected: scancode, mouse, .* or unknown$/],
    [events, { event: { type: "mouse", xPos: null } }, "event.xPos: a whole number is expected"],
    [events, { event: { type: "unknown", tag: 9, data: "0" } }, /^event\.data: bytes are expected/],
    [messageNamed("PresentBuffer").pdu, { presentId: 2 ** 64 }, /^presentId: a 64-bit number is expected, as a string/],
    [messageNamed("PresentBuffer").pdu, { presentId: "18446744073709551616" }, /^presentId: a 64-bit number/],
    [messageNamed("MonitoredDesktop").pdu, { windowIds: [1, "2"] }, "windowIds[1]: a whole number is expected"],
  ])("%#", (pdu, json, message) => {
    expect(() => valueFromJson(pdu, json)).toThrow(JsonValueError);
    expect(() => valueFromJson(pdu, json)).toThrow(message);
  });

  test("names that every object has are no fields", () => {
    expect(() => valueFromJson(move, JSON.parse('{"__proto__":{"windowId":1}}'))).toThrow(
      "__proto__: there is no such field",
    );
    expect(() => valueFromJson(move, JSON.parse('{"constructor":1}'))).toThrow("constructor: there is no such field");
  });
});
