import {
  FormatDataRequest,
  FormatDataResponse,
  FormatId,
  FormatListLong,
  FormatListShort,
  parseCfHtml,
  stringToUnicodeText,
  unicodeTextToString,
} from "@railvail/cliprdr";
import { beforeAll, expect, test } from "vitest";
import { fixtureText, walkChannel } from "./recordings.js";

const name = "wslg-clipboard";

/** Data that went over, the format in which it was asked for, and who had it. */
interface Transfer {
  readonly from: "c2s" | "s2c";
  readonly formatId: number;
  /** The name of the format, if the list of the owner has one. */
  readonly formatName: string | undefined;
  readonly data: Uint8Array;
}

const transfers: Transfer[] = [];
const formatLists: string[] = [];

beforeAll(async () => {
  const names = { c2s: new Map<number, string>(), s2c: new Map<number, string>() };
  const asked: number[] = [];
  await walkChannel(name, "cliprdr", ({ pdu, value, direction }) => {
    if (pdu === FormatListShort || pdu === FormatListLong) {
      const { formats } = value as FormatListLong;
      for (const { formatId, formatName } of formats) names[direction].set(formatId, formatName);
      const list = formats.map(({ formatId, formatName }) => formatName || formatId).join();
      formatLists.push(`${direction} [${list}] ${pdu === FormatListLong ? "long" : "short"}`);
    } else if (pdu === FormatDataRequest) {
      asked.push((value as FormatDataRequest).requestedFormatId);
    } else if (pdu === FormatDataResponse) {
      const formatId = asked.shift() ?? 0;
      const data = (value as FormatDataResponse).requestedFormatData.slice();
      const formatName = names[direction].get(formatId) || undefined;
      transfers.push({ from: direction, formatId, formatName, data });
    }
  });
});

const dataOf = (from: "c2s" | "s2c", formatId: number): Uint8Array => {
  const found = transfers.find((each) => each.from === from && each.formatId === formatId);
  if (found === undefined) throw new Error(`no data of format ${formatId} from ${from}`);
  return found.data;
};

test("three transfers were made, each of a format that the owner had listed", () => {
  expect(transfers.map(({ from, formatId, formatName }) => [from, formatId, formatName])).toEqual([
    ["c2s", FormatId.unicodeText, undefined],
    ["s2c", FormatId.unicodeText, undefined],
    ["c2s", 0xc001, "HTML Format"],
  ]);
  // The client did not announce long names, so both sides use the short form.
  expect(formatLists).toEqual(["c2s [] short", "c2s [13] short", "s2c [13] short", "c2s [HTML Format] short"]);
});

test("text from the client is what was put there and what the server handed on", () => {
  const data = dataOf("c2s", FormatId.unicodeText);
  // xfreerdp made CR LF of LF; WSLg's server left that to its applications.
  expect(unicodeTextToString(data, { lineEnds: "lf" })).toBe(fixtureText(name, "c2s.txt"));
  const received = fixtureText(name, "c2s-received-x11.txt");
  expect(unicodeTextToString(data)).toBe(received);
  expect(unicodeTextToString(data, { compat: "wslg" })).toBe(received);
  const text = fixtureText(name, "c2s.txt");
  expect(stringToUnicodeText(text, { lineEnds: "crlf" })).toEqual(data);
});

test("text from the server is what was put there and what the client handed on", () => {
  const data = dataOf("s2c", FormatId.unicodeText);
  const text = fixtureText(name, "s2c.txt");
  expect(unicodeTextToString(data)).toBe(text);
  expect(fixtureText(name, "s2c-received.txt")).toBe(text);
  expect(stringToUnicodeText(text)).toEqual(data);
});

test("HTML from the client is read, and is lost on WSLg's server as it was", () => {
  const data = dataOf("c2s", 0xc001);
  const html = parseCfHtml(data);
  expect(html.faults).toEqual([]);
  expect(html.fragment).toBe("<b>bold</b> html");
  expect(html.html).toMatch(/^<HTML><BODY>.*<\/BODY><\/HTML>$/);
  // The server looks for `<html` in lower case; all that wl-paste gave was its own line end.
  const lost = parseCfHtml(data, { compat: "wslg" });
  expect(lost).toEqual({ html: "", fragment: "", faults: ["no-html"] });
  expect(fixtureText(name, "c2s-html.txt")).toBe(`${lost.html}\n`);
});
