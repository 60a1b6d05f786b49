import type { Message } from "@railvail/dissect";
import { pdu, prefixed, u16, utf16, Utf8Text } from "@railvail/wire";
import { expect, test } from "vitest";
import { messageOf } from "../testing/messages.js";
import type { Hole } from "./connection-reading.js";
import { LineWriter } from "./list.js";
import { writeMessageJson, type JsonContents } from "./ndjson.js";
import { colourless } from "./palette.js";
import { TimeColumn } from "./time-format.js";

const Titled = pdu("TITLED", "[TEST] 1", { title: utf16(prefixed(u16)) });
const hostile = "\u001b]0;pwned\u0007\u202e\ud800\n";
const message = messageOf(Titled, Titled.encode({ title: hostile }), {
  path: `mcs/drdynvc/evil\u001b[2J`,
});
const trouble = messageOf(Titled, Titled.encode({ title: "" }), {
  trouble: "unknown",
  detail: "the channel \u009b is not known",
});

function written(write: (out: Utf8Text) => void): string {
  const out = new Utf8Text(0);
  write(out);
  return Buffer.from(out.written()).toString();
}
const lineOf = (message: Message): string => written((out) => lines.write(out, message));
const gapLine = (gap: Hole): string => written((out) => lines.writeGap(out, gap));
const messageJson = (message: Message, contents: JsonContents): string =>
  written((out) => writeMessageJson(out, message, contents));

const lines = new LineWriter({ palette: colourless, time: new TimeColumn("r"), width: 160 });
const hazard = /[\p{Cc}\p{Cf}\p{Cs}]/u;

test("what is hostile to a terminal is escaped in titles, channels and details", () => {
  expect(lineOf(message)).toContain('"\\u{1b}]0;pwned\\u{7}\\u{202e}\\u{d800}\\u{a}"');
  expect(lineOf(message)).not.toMatch(hazard);
  expect(lineOf(trouble)).toMatch(/unknown: the channel \\u\{9b\} is not known$/);
});

test("and in JSON, where it means the same", () => {
  const value = messageJson(message, { fields: false, bytes: false });
  expect(value).not.toMatch(hazard);
  expect(JSON.parse(value)).toMatchObject({ path: message.path, value: { title: hostile } });
  const tree = messageJson(message, { fields: true, bytes: false });
  expect(tree).not.toMatch(hazard);
  expect(JSON.parse(tree)).toMatchObject({ fields: [{}, { name: "title", value: hostile }] });
});

test("a message in trouble has its bytes in JSON", () => {
  expect(JSON.parse(messageJson(trouble, { fields: false, bytes: false }))).toMatchObject({
    trouble: "unknown",
    bytes: "0000",
  });
});

test("a gap is a line of its own", () => {
  const gap = { type: "gap", connection: 0, direction: "c2s", length: 9, reason: "lost" } as const;
  expect(gapLine({ ...gap, time: 0n, packet: 3 })).toBe(
    "      3     0.000000  0 c2s gap                9 9 bytes are missing: not captured",
  );
  expect(gapLine({ ...gap, reason: "sealed", time: 0n, packet: 3 })).toMatch(/9 bytes are missing: not decrypted$/);
});
