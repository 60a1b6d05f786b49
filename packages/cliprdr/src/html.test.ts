import { existsSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { buildCfHtml, buildCfHtmlLikeWslg } from "./html-build.js";
import { parseCfHtml } from "./html-parse.js";
import { decodeUtf8, encodeUtf8 } from "./utf8.js";

const offset = (data: Uint8Array, name: string): number =>
  Number(new RegExp(`${name}:(-?\\d+)`).exec(decodeUtf8(data))?.[1]);
const text = fc.string({ unit: "grapheme" }).filter((each) => !/<|\0/.test(each));

test("a fragment comes back exactly, with its source", () => {
  fc.assert(
    fc.property(text, fc.webUrl(), (fragment, sourceUrl) => {
      const data = buildCfHtml(fragment, { sourceUrl });
      const read = parseCfHtml(data);
      expect(read).toMatchObject({ version: "0.9", fragment, sourceUrl, faults: [] });
      // The offsets themselves, counted in bytes.
      const opening = decodeUtf8(data.subarray(0, offset(data, "StartFragment")));
      expect(opening.endsWith("<!--StartFragment-->")).toBe(true);
      expect(decodeUtf8(data.subarray(offset(data, "EndFragment"))).startsWith("<!--EndFragment-->")).toBe(true);
      expect(decodeUtf8(data.subarray(offset(data, "StartHTML"))).startsWith("<html>")).toBe(true);
      expect(offset(data, "EndHTML")).toBe(data.length - 1);
    }),
  );
});

test("of a document, the body is the fragment; tags may be upper case and have attributes", () => {
  const data = buildCfHtml('<HTML lang="de"><BODY class="a"><b>é</b></BODY></HTML>');
  expect(parseCfHtml(data)).toMatchObject({
    fragment: "<b>é</b>",
    html: '<HTML lang="de"><BODY class="a"><!--StartFragment--><b>é</b><!--EndFragment--></BODY></HTML>',
  });
});

test("building again what was read changes nothing", () => {
  fc.assert(
    fc.property(text, (fragment) => {
      const once = buildCfHtml(fragment);
      expect(buildCfHtml(parseCfHtml(once).html)).toEqual(once);
    }),
  );
});

test("any bytes are read without an error", () => {
  const header = fc.constantFrom(
    "Version:0.9\r\n",
    "StartHTML:",
    "EndHTML:-1\n",
    "StartFragment:99999999999\r",
    "7\r\n",
    "<html>",
    ":",
    "<!--EndFragment-->",
  );
  fc.assert(
    fc.property(fc.array(header), fc.uint8Array(), (parts, bytes) => {
      const data = new Uint8Array([...encodeUtf8(parts.join("")), ...bytes]);
      expect(typeof parseCfHtml(data).html).toBe("string");
      expect(typeof parseCfHtml(data, { compat: "wslg" }).html).toBe("string");
    }),
  );
});

test("offsets that cannot be right are named, and the markers used", () => {
  const broken = decodeUtf8(buildCfHtml("<i>x</i>")).replace(/StartFragment:\d+/, "StartFragment:9999999999");
  expect(parseCfHtml(encodeUtf8(broken))).toMatchObject({
    fragment: "<i>x</i>",
    faults: ["bad-fragment-offsets"],
  });
  expect(parseCfHtml(encodeUtf8("<p>bare</p>\0"))).toMatchObject({
    fragment: "<p>bare</p>",
    faults: ["no-header"],
  });
});

test("many tags that never end take no time to speak of", () => {
  expect(parseCfHtml(buildCfHtml("<body ".repeat(100_000))).faults).toEqual([]);
  expect(buildCfHtmlLikeWslg("<html<body".repeat(50_000))).toBeUndefined();
  expect(parseCfHtml(encodeUtf8(`${"\0".repeat(100_000)}x`)).faults).toEqual(["no-header"]);
});

describe("as WSLg does it", () => {
  const html = "<html><body><b>Hi</b></body></html>";

  test("the opening marker counts into the fragment", () => {
    const data = buildCfHtmlLikeWslg(html) as Uint8Array;
    expect(offset(data, "StartFragment")).toBe(97);
    expect(offset(data, "EndFragment")).toBe(128);
    expect(data.length).toBe(163);
    expect(data.indexOf(encodeUtf8("0")[0] as number, 53)).toBe(53);
    expect(decodeUtf8(data.subarray(53, 61))).toBe("00000097");
    expect(decodeUtf8(data.subarray(75, 83))).toBe("00000128");
    expect(decodeUtf8(data.subarray(85, 97))).toBe("<html><body>");
  });

  test("the same document by the definition", () => {
    const data = buildCfHtml(html);
    expect(offset(data, "StartFragment") - offset(data, "StartHTML")).toBe(12 + 20);
    expect(offset(data, "EndFragment") - offset(data, "StartFragment")).toBe(9);
  });

  test("other case, or a fragment, fails", () => {
    expect(buildCfHtmlLikeWslg(html.toUpperCase())).toBeUndefined();
    expect(buildCfHtmlLikeWslg("<meta charset=utf-8><b>Hi</b>")).toBeUndefined();
  });

  test("reading takes all from <html on, markers included; upper case is not found", () => {
    const data = buildCfHtmlLikeWslg(html) as Uint8Array;
    expect(parseCfHtml(data, { compat: "wslg" }).html).toBe(
      "<html><body><!--StartFragment-->\r\n<b>Hi</b><!--EndFragment-->\r\n</body></html>",
    );
    const upper = encodeUtf8("Version:0.9\r\n<HTML><BODY>x</BODY></HTML>\0");
    expect(parseCfHtml(upper, { compat: "wslg" })).toMatchObject({ html: "", faults: ["no-html"] });
  });
});

const file = "../shared/vectors/open/cliprdr.json";
// Skipped only where the bytes of other projects are not beside the repository.
test.skipIf(!existsSync(file))("the vector of another project (skipped without ../shared/vectors)", () => {
  const vectors = JSON.parse(readFileSync(file, "utf8")) as {
    name: string;
    hex: string;
    expect: { fragment: string };
  }[];
  const vector = vectors.find(({ name }) => name === "cliprdr.cf-html");
  const data = new Uint8Array(Buffer.from(vector?.hex ?? "", "hex"));
  expect([offset(data, "StartHTML"), offset(data, "EndHTML")]).toEqual([162, 891]);
  expect(parseCfHtml(data)).toMatchObject({
    version: "0.9",
    sourceUrl: "https://en.wikipedia.org/wiki/Remote_Desktop_Protocol",
    fragment: vector?.expect.fragment,
    faults: [],
  });
  // Built again it is the same but for the offsets, which have two digits more.
  const { html, sourceUrl } = parseCfHtml(data);
  const again = buildCfHtml(html, sourceUrl === undefined ? {} : { sourceUrl });
  expect(offset(again, "StartHTML")).toBe(170);
  expect(again.subarray(170)).toEqual(new Uint8Array(data.subarray(162)));
});
