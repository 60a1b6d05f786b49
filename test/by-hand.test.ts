import { describe, expect, test } from "vitest";
import { filesByHand, holdsByHand, type MessageByHand } from "./by-hand.js";

const titled = filesByHand.flatMap(({ messages }) =>
  messages.map((message) => [`${message.package} ${message.pdu}: ${message.what}`, message] as const),
);

describe("messages made by hand", () => {
  test.each(filesByHand.map(({ name, trouble }) => [name, trouble] as const))("%s can be read", (_name, trouble) => {
    expect(trouble).toBeUndefined();
  });

  test("each has a title of its own", () => {
    const titles = titled.map(([title]) => title);
    expect(titles.filter((title, index) => titles.indexOf(title) !== index)).toEqual([]);
  });

  test.each(titled)("%s", (_title, message) => holdsByHand(message));
});

describe("a message made by hand that is wrong is refused", () => {
  const good: MessageByHand = {
    pdu: "CachedPointer",
    package: "transport",
    section: "[MS-RDPBCGR] 2.2.9.1.1.4.6",
    what: "a pointer of the cache",
    bytes: [["0102", "cacheIndex"]],
    value: { cacheIndex: 0x0201 },
  };

  test("the right one holds", () => holdsByHand(good));

  test("no value", () => {
    const { pdu, package: of, section, what, bytes } = good;
    const rest: Omit<MessageByHand, "value"> = { pdu, package: of, section, what, bytes };
    expect(() => holdsByHand(rest as MessageByHand)).toThrow("the message has no value");
  });

  test.each<readonly [string, object, RegExp]>([
    ["a property that means nothing", { deviation: "long-form" }, /properties that mean nothing: deviation/],
    ["an unknown PDU", { pdu: "NoPointer" }, /@railvail\/transport declares no NoPointer/],
    ["an unknown package", { package: "roads" }, /@railvail\/roads declares no CachedPointer/],
    ["another section", { section: "[MS-RDPBCGR] 2.2.9" }, /declared from \[MS-RDPBCGR\] 2\.2\.9\.1\.1\.4\.6/],
    ["half a byte", { bytes: [["010", "cacheIndex"]] }, /bytes of cacheIndex are not pairs/],
    ["another label", { bytes: [["0102", "index"]] }, /fields and where they stand/],
    ["a piece too short", { bytes: [["01", "cacheIndex"]] }, /at byte 0: not enough bytes/],
    ["a piece too much", { bytes: [...good.bytes, ["03", "next"]] }, /fields and where they stand/],
    ["another value", { value: { cacheIndex: 1 } }, /the decoded value/],
    ["a deviation that is not there", { deviations: ["unknown-value"] }, /deviations/],
    ["a deviation that is not named", { bytes: [...good.bytes, ["03", "trailing"]] }, /trailing/],
  ])("%s", (_what, change, message) => {
    expect(() => holdsByHand({ ...good, ...change })).toThrow(message);
  });
});
