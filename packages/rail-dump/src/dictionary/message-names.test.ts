import { UsageError } from "@railvail/command-line";
import { describe, expect, test } from "vitest";
import { catalogue } from "./catalogue.js";
import { findFields } from "./find-fields.js";
import { fieldsOf } from "./message-fields.js";
import { fullName, messageNamed, messagesIn, messagesNamed, plainName } from "./message-names.js";

describe("messages", () => {
  test("each is found by its full name and its plain one, alone", () => {
    for (const message of catalogue) {
      expect(messagesNamed(fullName(message))).toEqual([message]);
      expect(messagesNamed(plainName(message))).toEqual([message]);
    }
  });

  test("and by the specification's name, perhaps among others", () => {
    expect(catalogue.filter((message) => !messagesNamed(message.pdu.name).includes(message))).toEqual([]);
    expect(messageNamed("TS_RAIL_ORDER_WINDOWMOVE").exported).toBe("WindowMove");
    expect(messageNamed("New or Existing Window").exported).toBe("WindowState");
  });

  test("packages have their own", () => {
    expect(messagesIn("display").map(({ exported }) => exported)).toContain("DisplayCaps");
    expect(messagesIn("nothing")).toEqual([]);
  });

  test("a mistake gets a suggestion", () => {
    expect(() => messageNamed("WindowMoves")).toThrow(UsageError);
    expect(() => messageNamed("WindowMoves")).toThrow("there is no message 'WindowMoves'; did you mean WindowMove?");
  });

  test("a name of several messages is not one of them", () => {
    expect(() => messageNamed("CapsAdvertise")).toThrow(
      "several messages are called 'CapsAdvertise': name egfx.CapsAdvertise or gfxredir.CapsAdvertise",
    );
    expect(messageNamed("gfxredir.CapsAdvertise").package).toBe("gfxredir");
  });
});

describe("fields", () => {
  const paths = (message: string, path: string): readonly string[] =>
    findFields(fieldsOf(messageNamed(message).pdu), path.split(".")).map((field) => field.path);

  test("each is found by its path", () => {
    for (const { pdu } of catalogue) {
      const fields = fieldsOf(pdu);
      const lost = fields.filter((field) => !findFields(fields, field.path.split(".")).includes(field));
      expect(lost).toEqual([]);
    }
  });

  test("an arm is named or left out", () => {
    expect(paths("FastPathInputEvent", "event.mouse.xPos")).toEqual(["event.mouse.xPos"]);
    expect(paths("FastPathInputEvent", "event.xPos")).toEqual(["event.mouse.xPos", "event.mouseX.xPos"]);
    expect(paths("FastPathInputEvent", "event.mouse")).toEqual(["event.mouse"]);
    expect(paths("FastPathInputEvent", "event")).toEqual(["event"]);
    expect(paths("FastPathInputEvent", "xPos")).toEqual([]);
  });

  test("what stands beside elements has a name in the list", () => {
    expect(paths("ServerRedirectionPacket", "targetNetAddresses.address.length")).toHaveLength(1);
  });
});
