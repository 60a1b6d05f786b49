import { existsSync, readFileSync } from "node:fs";
import { DecodeError, sourceOf, tilingFault, type Pdu } from "@railvail/wire";
import { describe, expect, test } from "vitest";
import { displayMessageLength, displayMessages } from "./display-messages.js";
import { DisplayCaps } from "./pdu/display-caps.js";
import { MonitorLayout } from "./pdu/monitor-layout.js";

const bytesOf = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex.replaceAll(" ", ""), "hex"));
const file = "../shared/vectors/open/disp.json";
const vectors = existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as { name: string; hex: string }[]) : [];
const vector = (name: string): Uint8Array => bytesOf(vectors.find((each) => each.name === `disp.${name}`)?.hex ?? "");
// Skipped only where the bytes of other projects are not beside the repository.
const described = vectors.length === 0 ? describe.skip : describe;

function lawsHold(pdu: Pdu, bytes: Uint8Array): void {
  expect(pdu.encode(pdu.decode(bytes))).toEqual(bytes);
  expect(tilingFault(pdu.inspect(bytes).fields, bytes.length)).toBe(-1);
  for (let size = 0; size < bytes.length; size++) {
    expect(() => pdu.decode(bytes.subarray(0, size))).toThrow(DecodeError);
  }
}

described(`vectors of ${file} (skipped where it is missing)`, () => {
  test("capabilities", () => {
    const bytes = vector("caps");
    expect(displayMessages.match(sourceOf(bytes), 0, bytes.length, "server")).toBe(DisplayCaps);
    expect(DisplayCaps.decode(bytes)).toMatchObject({
      maxNumMonitors: 3,
      maxMonitorAreaFactorA: 1920,
      maxMonitorAreaFactorB: 1080,
    });
    lawsHold(DisplayCaps, bytes);
  });

  test("three monitors", () => {
    const bytes = vector("layout-three");
    expect(displayMessages.match(sourceOf(bytes), 0, bytes.length, "client")).toBe(MonitorLayout);
    expect(MonitorLayout.decode(bytes).monitors).toEqual([
      {
        flags: 1,
        left: 0,
        top: 0,
        width: 3840,
        height: 2160,
        physicalWidth: 600,
        physicalHeight: 340,
        orientation: 0,
        desktopScaleFactor: 200,
        deviceScaleFactor: 180,
      },
      {
        flags: 0,
        left: 3840,
        top: -120,
        width: 1080,
        height: 1920,
        physicalWidth: 300,
        physicalHeight: 530,
        orientation: 270,
        desktopScaleFactor: 125,
        deviceScaleFactor: 140,
      },
      {
        flags: 0,
        left: -1280,
        top: 0,
        width: 1280,
        height: 1024,
        physicalWidth: 376,
        physicalHeight: 301,
        orientation: 180,
        desktopScaleFactor: 100,
        deviceScaleFactor: 100,
      },
    ]);
    lawsHold(MonitorLayout, bytes);
  });

  test("a monitor with values that do not count keeps them", () => {
    const monitor = vector("layout-entry-invalid-optionals");
    const bytes = new Uint8Array([...bytesOf("02000000 38000000 28000000 01000000"), ...monitor]);
    const { value, deviations } = MonitorLayout.inspect(bytes);
    expect(value?.monitors[0]).toMatchObject({
      flags: 1,
      width: 1920,
      height: 1080,
      orientation: 1,
      desktopScaleFactor: 1,
    });
    expect(deviations.map(({ rule, field }) => [rule, field])).toEqual([["unknown-value", "monitors[0].orientation"]]);
    lawsHold(MonitorLayout, bytes);
  });

  test("a length of 0xffffffff is refused, as the source does", () => {
    const bytes = vector("caps-length-mismatch");
    expect(() => DisplayCaps.decode(bytes)).toThrow(DecodeError);
    expect(displayMessageLength(sourceOf(bytes), 0, bytes.length)).toBeUndefined();
  });

  test("each vector is read by a test", () => {
    const read = ["caps", "layout-three", "layout-entry-invalid-optionals", "caps-length-mismatch"];
    expect(vectors.map(({ name }) => name).toSorted()).toEqual(read.map((name) => `disp.${name}`).toSorted());
  });
});

test("a monitor definition of another size is refused, and more than there are bytes for", () => {
  expect(() => MonitorLayout.decode(bytesOf("02000000 10000000 2c000000 00000000"))).toThrow(DecodeError);
  expect(() => MonitorLayout.decode(bytesOf("02000000 10000000 28000000 ffffffff"))).toThrow(DecodeError);
});
