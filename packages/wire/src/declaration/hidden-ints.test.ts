import { describe, expect, test } from "vitest";
import {
  berInteger,
  berLength,
  bits,
  byteLength,
  bytes,
  carrier,
  count,
  counted,
  EncodeError,
  hex,
  length,
  list,
  literal,
  pdu,
  perInteger,
  perLength,
  rest,
  selectedBy,
  selector,
  sized,
  u8,
} from "../index.js";
import { preferredSelector } from "./ints.js";

const fromHex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, "hex"));

describe("hidden fields of variable size", () => {
  const Hidden = pdu("HIDDEN", "[TEST] 2", {
    kind: literal(berInteger, 2),
    cb: length(berLength),
    total: count(perInteger),
    data: bytes(sized("cb")),
    ids: list(u8, counted("total")),
  });

  test("keep their form in a property of the value", () => {
    const input = fromHex("020002" + "820001" + "020002" + "aa" + "0102");
    const value = Hidden.decode(input);
    expect(value).toMatchObject({ kindWidth: 3, cbWidth: 3, totalWidth: 3 });
    expect(Hidden.encode(value)).toEqual(input);
    expect(Hidden.inspect(input).deviations.map(({ field }) => field)).toEqual(["kind", "cb", "total"]);
  });

  test("refuse a form that has become too short", () => {
    const value = { cbWidth: 1, data: new Uint8Array(128), ids: [] };
    expect(() => Hidden.encode(value)).toThrow("HIDDEN.cb: 128 does not fit 1 bytes");
  });

  test.each([124, 125, 126, 127, 128, 129, 130])("a length that counts itself: %d bytes beside it", (others) => {
    const Own = pdu("OWN", "[TEST] 3", { total: byteLength(perLength), data: bytes(rest) });
    const input = Own.encode({ data: new Uint8Array(others).fill(1) });
    expect(input).toHaveLength(others + (others + 1 < 0x80 ? 1 : 2));
    expect(Own.encode(Own.decode(input))).toEqual(input);
    const longForm = Uint8Array.of(0x80 | ((others + 2) >> 8), (others + 2) & 0xff, ...new Uint8Array(others));
    expect(Own.encode(Own.decode(longForm))).toEqual(longForm);
  });

  test.each([126, 127, 128, 252, 253, 254, 255, 256])(
    "a BER length that counts itself: %d bytes beside it",
    (others) => {
      const Own = pdu("OWN", "[TEST] 4", { total: byteLength(berLength), data: bytes(rest) });
      const input = Own.encode({ data: new Uint8Array(others) });
      expect(Own.encode(Own.decode(input))).toEqual(input);
      for (const width of [2, 3, 4, 5].filter((each) => each > input.length - others)) {
        const value = { totalWidth: width, data: new Uint8Array(others) };
        expect(Own.encode(Own.decode(Own.encode(value)))).toEqual(Own.encode(value));
      }
    },
  );
});

describe("integers of selected size", () => {
  const Channel = pdu("CHANNEL", "[TEST] 5", {
    head: carrier(u8),
    cb: selector(bits("head", 0, 2)),
    id: selectedBy("cb"),
  });

  test.each([
    [0, "0000"],
    [0xff, "00ff"],
    [0x100, "010001"],
    [0xffff, "01ffff"],
    [0x1_0000, "0200000100"],
    [0xffff_ffff, "02ffffffff"],
  ])("%d is %s", (id, text) => {
    expect(hex(Channel.encode({ id }))).toBe(text);
    expect(Channel.decode(fromHex(text))).toStrictEqual({ id, idWidth: undefined, trailing: undefined });
    expect(preferredSelector(id)).toBe(fromHex(text)[0]);
  });

  test.each([
    ["010500", 5, 2],
    ["0205000000", 5, 4],
    ["0200010000", 0x100, 4],
  ])("%s keeps its size", (text, id, idWidth) => {
    expect(Channel.decode(fromHex(text))).toMatchObject({ id, idWidth });
    expect(hex(Channel.encode({ id, idWidth }))).toBe(text);
  });

  test("do not fit a size that is too small", () =>
    expect(() => Channel.encode({ id: 0x100, idWidth: 1 })).toThrow(EncodeError));
});
