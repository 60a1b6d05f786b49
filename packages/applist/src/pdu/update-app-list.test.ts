import { DecodeError, EncodeError, sourceOf } from "@railvail/wire";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { AppFlags } from "./app-flags.js";
import { UpdateAppList } from "./update-app-list.js";

const text = fc.option(
  fc.string({ unit: "binary", maxLength: 40 }).filter((each) => !each.endsWith("\0")),
  { nil: undefined },
);
const u32 = fc.integer({ min: 0, max: 0xffff_ffff });
const icon = fc.record({
  flags: u32,
  width: u32,
  height: u32,
  stride: u32,
  bpp: u32,
  format: u32,
  bits: fc.uint8Array({ maxLength: 40 }),
});
const hints = [AppFlags.newId, AppFlags.sync, AppFlags.syncStart, AppFlags.syncEnd];
const given = fc.subarray([...hints, AppFlags.provider, 0x0800_0000]);
const update = fc.record({
  flags: given.map((bits) => bits.reduce((all, bit) => all | bit, 0)),
  appId: text,
  appGroup: text,
  appExecPath: text,
  appWorkingDir: text,
  appDesc: text,
  appIcon: fc.option(icon, { nil: undefined }),
});

describe("UpdateAppList", () => {
  test("survives with any of its fields", () => {
    fc.assert(
      fc.property(update, (value) => {
        expect(UpdateAppList.decode(UpdateAppList.encode(value))).toEqual(value);
      }),
    );
  });

  test("flags follow from the fields", () => {
    const wire = UpdateAppList.encode({ flags: AppFlags.newId, appId: "a", appWorkingDir: "" });
    expect(sourceOf(wire).view.getUint32(8, true)).toBe(0x0001_0041);
    expect(() => UpdateAppList.encode({ flags: AppFlags.id })).toThrow(EncodeError);
  });

  test("the icon's bits are a view of the input", () => {
    const bits = Uint8Array.of(1, 2, 3, 4);
    const appIcon = { flags: 0, width: 1, height: 1, stride: 4, bpp: 32, format: 2, bits };
    const wire = UpdateAppList.encode({ flags: 0, appIcon });
    expect(UpdateAppList.decode(wire).appIcon?.bits.buffer).toBe(wire.buffer);
  });

  test("bits longer than the message are refused", () => {
    const bits = Uint8Array.of(1, 2, 3, 4);
    const appIcon = { flags: 0, width: 1, height: 1, stride: 4, bpp: 32, format: 2, bits };
    const wire = UpdateAppList.encode({ flags: 0, appIcon });
    for (const size of [5, 0x8000_0000, 0xffff_ffff]) {
      sourceOf(wire).view.setUint32(12 + 24, size, true);
      expect(() => UpdateAppList.decode(wire)).toThrow(DecodeError);
    }
  });
});
