import { readFileSync } from "node:fs";
import {
  buildCfHtml,
  FileContentsRequest,
  FileContentsResponse,
  FormatDataRequest,
  FormatDataResponse,
  FormatListLong,
  FormatListShort,
  LockClipData,
  PackedFileList,
  stringToUnicodeText,
} from "@railvail/cliprdr";
import type { Direction, Message } from "@railvail/dissect";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { carrying, extracted, extractedBy, removeFolders, type ExtractedBy } from "../../testing/extracted.js";
import { fixture } from "../../testing/run.js";
import { ClipboardExtractor } from "./clipboard.js";

afterAll(removeFolders);
const run = (...messages: readonly (Message | "lost")[]): ExtractedBy =>
  extractedBy((context) => new ClipboardExtractor(context), messages);

const other: Readonly<Record<Direction, Direction>> = { c2s: "s2c", s2c: "c2s" };
let packet = 0;
const sent = (direction: Direction): Partial<Message> => ({ direction, packet: ++packet, path: "mcs/cliprdr" });

/** The formats that a side offers. */
const list = (from: Direction, ...formats: readonly (readonly [number, string])[]): Message =>
  carrying(
    FormatListLong,
    { msgFlags: 0, formats: formats.map(([formatId, formatName]) => ({ formatId, formatName })) },
    sent(from),
  );
const ask = (from: Direction, requestedFormatId: number): Message =>
  carrying(FormatDataRequest, { msgFlags: 0, requestedFormatId }, sent(from));
const answer = (from: Direction, requestedFormatData: Uint8Array, msgFlags = 1): Message =>
  carrying(FormatDataResponse, { msgFlags, requestedFormatData }, sent(from));

/** A side takes contents of a format from the other one, which offers nothing else. */
const taken = (from: Direction, id: number, name: string, data: Uint8Array): Message[] => [
  list(from, [id, name]),
  ask(other[from], id),
  answer(from, data),
];

test("a recorded session has the texts that were copied", async () => {
  const { code, index, read } = await extracted(["--kind", "clipboard", fixture("wslg-clipboard")]);
  expect(code).toBe(0);
  expect(index.map(({ what, format }) => [what, format])).toEqual([
    ["clipboard contents that the client offered", "unicodeText"],
    ["clipboard contents that the server offered", "unicodeText"],
    ["clipboard contents that the client offered", "HTML Format"],
  ]);
  const [fromClient, fromServer, html] = index.map(({ file }) => read(file).toString());
  const truth = (file: string): string => readFileSync(fixture("wslg-clipboard", file), "utf8");
  expect(fromServer).toBe(truth("s2c.txt"));
  // The client turned LF into CR LF; what X11 programs received has it turned back.
  expect(fromClient?.replaceAll("\r\n", "\n")).toBe(truth("c2s.txt"));
  expect(fromClient).toBe(truth("c2s-received-x11.txt").replaceAll(/\r?\n/g, "\r\n"));
  expect(html).toContain("<b>bold</b> html");
});

describe("contents", () => {
  test("text of any kind becomes UTF-8 without its NUL", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        const plain = text.replaceAll("\0", "");
        const { index, read } = run(...taken("s2c", 13, "", stringToUnicodeText(plain)));
        expect(read(index[0]?.file).toString()).toBe(plain);
      }),
      { numRuns: 20 },
    );
  });

  test.each([
    ["ASCII", Buffer.from("plain\0rest"), "plain"],
    ["UTF-8", Buffer.from("grüße\0"), "grüße"],
    ["assumed to be Windows-1252", Buffer.from("gr\xfc\xdfe \x80\0", "latin1"), "grüße €"],
  ])("text in %s", (encoding, data, text) => {
    const { index, read } = run(...taken("c2s", 1, "", data));
    expect(index[0]).toMatchObject({ file: expect.stringMatching(/-client-text\.txt$/) as string, encoding });
    expect(read(index[0]?.file).toString()).toBe(text);
  });

  test("a bitmap gets its file header", () => {
    // 1 x 1, 32 bits.
    const dib = Buffer.from(
      "28000000010000000100000001002000000000000400000000000000000000000000000000000000aabbccff",
      "hex",
    );
    const { index, read } = run(...taken("c2s", 8, "", dib));
    const bmp = read(index[0]?.file);
    expect(index[0]?.file).toMatch(/-client-dib\.bmp$/);
    expect([bmp.subarray(0, 2).toString(), bmp.readUInt32LE(2), bmp.readUInt32LE(10)]).toEqual(["BM", 58, 54]);
    expect(bmp.subarray(14).equals(dib)).toBe(true);
  });

  test("HTML without its header, with where it is from; a name that was cut is known", () => {
    const data = buildCfHtml("<b>x</b>", { sourceUrl: "https://example.org/" });
    const { index, read } = run(...taken("c2s", 0xc0fd, "HTML Format", data));
    expect(index[0]).toMatchObject({ sourceUrl: "https://example.org/", format: "HTML Format" });
    expect(read(index[0]?.file).toString()).toMatch(/^<html>.*<b>x<\/b>.*<\/html>$/is);
    const rtf = run(...taken("s2c", 0xc09d, "Rich Text Forma", Buffer.from("{\\rtf1}\0")));
    expect(rtf.index[0]?.file).toMatch(/-server-Rich_Text_Forma\.rtf$/);
    expect(rtf.read(rtf.index[0]?.file).toString()).toBe("{\\rtf1}");
  });

  test("what is not what its format promises is kept as it is, and said", () => {
    const { index, read, report } = run(
      ...taken("c2s", 8, "", Buffer.from("no bitmap")),
      ...taken("s2c", 5, "PNG", Buffer.from("x")),
    );
    expect(index.map(({ file, left }) => file?.replace(/.*-/, "") ?? left)).toEqual([
      "dib.bin",
      "PNG.bin",
      "a bitmap is not one: unknown-header",
      "an image is not the png that its format promises",
    ]);
    expect(read(index[0]?.file).toString()).toBe("no bitmap");
    expect(report.findings).toBe(true);
  });

  test("other formats are kept as they are, their names made safe", () => {
    const { index, read } = run(...taken("c2s", 0xc123, "../../Preferred DropEffect", Buffer.from([1, 0])));
    expect(index[0]?.file).toMatch(/^clipboard-c0-p\d{7}-client-Preferred_DropEffect\.bin$/);
    expect(index[0]).toMatchObject({ format: "../../Preferred DropEffect", formatId: 0xc123 });
    expect([...read(index[0]?.file)]).toEqual([1, 0]);
  });

  test("answers belong to questions in their order, each side for itself", () => {
    const { index, read } = run(
      list("c2s", [13, ""]),
      carrying(FormatListShort, { msgFlags: 4, formats: [{ formatId: 0xc001, formatName: "Own" }] }, sent("s2c")),
      ask("s2c", 13),
      ask("s2c", 1),
      ask("c2s", 0xc001),
      answer("c2s", stringToUnicodeText("first")),
      answer("s2c", Buffer.from("second")),
      answer("c2s", Buffer.from("third")),
    );
    expect(index.map(({ format }) => format)).toEqual(["unicodeText", "Own", "text"]);
    expect(index.map(({ file }) => read(file).toString())).toEqual(["first", "second", "third"]);
  });

  test("what was refused is no fault; after missing bytes an answer has no format", () => {
    const refused = run(list("c2s", [13, ""]), ask("s2c", 13), answer("c2s", new Uint8Array(0), 2));
    expect([refused.files, refused.report.findings, refused.index.length]).toEqual([[], false, 1]);
    const lost = run(list("c2s", [13, ""]), ask("s2c", 13), "lost", answer("c2s", stringToUnicodeText("x")));
    expect([lost.files[0]?.replace(/.*-/, ""), lost.report.findings]).toEqual(["unknown_format.bin", true]);
  });
});

describe("files", () => {
  const descriptor = (fileName: string, size: number) => ({
    flags: 0x40,
    fileAttributes: 0,
    lastWriteTime: 0n,
    fileSizeHigh: 0,
    fileSizeLow: size,
    fileName,
  });
  const offers = (...files: readonly (readonly [string, number])[]): Message[] =>
    taken(
      "c2s",
      0xc100,
      "FileGroupDescriptorW",
      PackedFileList.encode({ fileDescriptorArray: files.map((file) => descriptor(...file)) }),
    );
  const askRange = (
    lindex: number,
    position: number,
    cbRequested: number,
    streamId: number,
    clipDataId?: number,
  ): Message =>
    carrying(
      FileContentsRequest,
      {
        msgFlags: 0,
        streamId,
        lindex,
        dwFlags: 2,
        nPositionLow: position % 2 ** 32,
        nPositionHigh: Math.floor(position / 2 ** 32),
        cbRequested,
        clipDataId,
      },
      sent("s2c"),
    );
  const giveRange = (streamId: number, data: Uint8Array, msgFlags = 1): Message =>
    carrying(FileContentsResponse, { msgFlags, streamId, requestedFileContentsData: data }, sent("c2s"));

  test("are put together from the parts that were asked for, in whatever order", () => {
    const contents = Buffer.from(Array.from({ length: 200 }, (_, index) => index));
    const cuts = fc.uniqueArray(fc.integer({ min: 1, max: 199 }), { maxLength: 6 });
    fc.assert(
      fc.property(cuts, fc.infiniteStream(fc.nat()), (at, order) => {
        const edges = [0, ...at.toSorted((a, b) => a - b), 200];
        const parts = edges
          .slice(0, -1)
          .map((start, index) => ({ start, end: edges[index + 1] ?? 200, rank: Number(order.next().value) }));
        const shuffled = parts.toSorted((a, b) => a.rank - b.rank);
        const asks = shuffled.map(({ start, end }, index) => askRange(0, start, end - start, index));
        const gives = shuffled.map(({ start, end }, index) => giveRange(index, contents.subarray(start, end)));
        const { index, read, report } = run(...offers(["a.txt", 200]), ...asks, ...gives);
        const entry = index.find(({ name }) => name === "a.txt");
        expect(entry).toMatchObject({ size: 200, complete: true, what: "file that the client offered" });
        expect(read(entry?.file).equals(contents)).toBe(true);
        expect(report.findings).toBe(false);
      }),
      { numRuns: 20 },
    );
  });

  test("are listed as JSON; no name leaves the folder", () => {
    const names = ["..\\..\\evil.exe", "/etc/passwd", "sub\\photo 1.jpg"];
    const { index, files, read } = run(
      ...offers(...names.map((name) => [name, 1] as const)),
      ...names.flatMap((_, lindex) => [askRange(lindex, 0, 1, lindex), giveRange(lindex, Buffer.from("x"))]),
    );
    const json = files.find((file) => file.endsWith(".json"));
    expect(JSON.parse(read(json).toString())).toEqual(names.map((name) => ({ name, size: 1 })));
    expect(index.filter(({ name }) => name !== undefined).map(({ file }) => file?.replace(/.*client-/, ""))).toEqual([
      "file0-evil.exe",
      "file1-passwd.bin",
      "file2-photo_1.jpg",
    ]);
    expect(files.length).toBe(4);
  });

  test("that were not asked for as a whole are said to be incomplete", () => {
    const { index, report } = run(...offers(["a", 10]), askRange(0, 4, 2, 1), giveRange(1, Buffer.from("xy")));
    expect(index.find(({ name }) => name === "a")).toMatchObject({ bytes: 6, size: 10, complete: false, known: 2 });
    expect(report.findings).toBe(true);
  });

  test("of a list that is asked for twice are the same, of a list that was locked too; of another list not", () => {
    const lock = carrying(LockClipData, { msgFlags: 0, clipDataId: 9 }, sent("s2c"));
    const [formats, ...again] = offers(["a", 2]);
    const { index } = run(
      formats as Message,
      ...again,
      askRange(0, 0, 1, 1),
      giveRange(1, Buffer.from("1")),
      ask("s2c", 0xc100),
      ...again.slice(1),
      lock,
      ...offers(["b", 1]),
      askRange(0, 0, 1, 2),
      giveRange(2, Buffer.from("b")),
      askRange(0, 1, 1, 3, 9),
      giveRange(3, Buffer.from("2")),
    );
    expect(index.filter(({ name }) => name !== undefined).map(({ name, complete }) => [name, complete])).toEqual([
      ["a", true],
      ["b", true],
    ]);
  });

  test("a position far away makes no large file", () => {
    const { files, report } = run(...offers(["a", 10]), askRange(0, 2 ** 50, 1, 1), giveRange(1, Buffer.from("x")));
    expect(files.filter((file) => !file.endsWith(".json")).length).toBe(1);
    expect(report.reasonsLeft().map(({ reason }) => reason)).toContain("a limit was reached: files are not complete");
  });
});
