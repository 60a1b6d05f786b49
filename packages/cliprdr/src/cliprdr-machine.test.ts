import { DecodeError, sourceOf } from "@railvail/wire";
import { expect, test } from "vitest";
import { cliprdrVocabulary, FormatListLong, FormatListShort, type CliprdrMessage } from "./index.js";

const formats = [{ formatId: 0xc001, formatName: "HTML Format" }];
const read = (bytes: Uint8Array, longNames?: boolean) =>
  cliprdrVocabulary.read(sourceOf(bytes), 0, bytes.length, "client", longNames);

test("a format list is read in the form that was negotiated, or guessed", () => {
  const short = FormatListShort.encode({ msgFlags: 0, formats });
  const long = FormatListLong.encode({ msgFlags: 0, formats });
  const both: CliprdrMessage[] = [
    { message: "formatListShort", value: { msgFlags: 0, formats } },
    { message: "formatListLong", value: { msgFlags: 0, formats } },
  ];
  expect([read(short, false), read(long, true)]).toMatchObject(both);
  expect([read(short), read(long)]).toMatchObject(both);
  expect(both.map((message) => cliprdrVocabulary.encode(message))).toEqual([short, long]);
  expect(() => read(long, false)).toThrow(DecodeError);
});

test("padding after a message is left out; a message that ends too early is refused", () => {
  const bytes = Uint8Array.of(11, 0, 0, 0, 4, 0, 0, 0, 9, 0, 0, 0, 0, 0, 0, 0);
  const message = { message: "unlockClipData", value: { msgFlags: 0, clipDataId: 9 } };
  for (const size of [12, 13, 16]) expect(read(bytes.subarray(0, size))).toMatchObject(message);
  expect(() => read(bytes.subarray(0, 11))).toThrow(DecodeError);
  expect(read(Uint8Array.of(99, 0, 0, 0, 0, 0, 0, 0))).toBeUndefined();
});
