import { existsSync, readFileSync } from "node:fs";
import { sourceOf, tilingFault, type Pdu } from "@railvail/wire";
import { describe, expect, test } from "vitest";
import { colorSchemeName } from "./color-scheme.js";
import { railOrderLength, railOrders } from "./rail-orders.js";
import {
  encodeWindowingOrder,
  readWindowingOrder,
  windowOrderLength,
  type WindowingOrder,
} from "./windowing-orders.js";

interface Vector {
  readonly name: string;
  readonly hex: string;
  readonly direction: string;
  readonly expect: Readonly<Record<string, Readonly<Record<string, unknown>>>> | null;
}

const folder = new URL("../../../../shared/vectors/open/", import.meta.url);
const present = existsSync(folder);
const load = (area: string): Vector[] =>
  present ? (JSON.parse(readFileSync(new URL(`${area}.json`, folder), "utf8")) as Vector[]) : [];
const bytesOf = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, "hex"));
const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");

/** What these fields are called in the vectors; names not listed differ only in their spelling. */
const renamed: Readonly<Record<string, string>> = {
  railHandshakeFlags: "flags",
  exeOrFile: "executable",
  workingDir: "working_directory",
  execResult: "result",
  isMoveSizeStart: "is_start",
  posX: "x",
  posY: "y",
  languageBarStatus: "status",
  languageProfileClsid: "language_profile_clsid",
  imeConvMode: "ime_conversion_mode",
  windowIdMarker: "window_id_marker",
  taskbarMessage: "message",
};
const snake = (name: string): string => renamed[name] ?? name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** The arms of the client's parameter, as the vectors call them. */
const arms: Readonly<Record<string, string>> = {
  FullWindowDrag: "dragFullWindows",
  DisplayMessageDuration: "displayMessageDuration",
  ClosedCaptionFontColor: "closedCaptionFontColor",
};

/** Our value in the vectors' terms. */
function translated(name: string, value: Record<string, unknown>): Record<string, unknown> {
  const { parameter, ...fields } = value;
  delete fields["trailing"];
  const out = Object.fromEntries(
    Object.entries(fields).map(([key, field]) => [
      snake(key),
      field instanceof Uint8Array ? { hex: hexOf(field) } : field,
    ]),
  );
  if (name === "rail.window-move" || name === "rail.snap-arrange") {
    const { window_id, ...rectangle } = out;
    return { window_id, rectangle };
  }
  if (name === "rail.min-max-info") {
    const { window_id, ...values } = out;
    return { window_id, values: Object.values(values) };
  }
  if (name === "rail.server-sysparam-screensaver") {
    const { enabled } = parameter as { enabled: number };
    return { parameter: 0x11, enabled: enabled !== 0 };
  }
  for (const key of ["enabled", "cloaked", "active", "is_start"]) if (key in out) out[key] = out[key] !== 0;
  return out;
}

/** The one parameter of a vector, as our union holds it. */
function parameterOf(expected: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const [arm, body] = Object.entries(expected["parameter"] as Record<string, unknown>)[0] ?? ["", undefined];
  const type = arms[arm] ?? arm.charAt(0).toLowerCase() + arm.slice(1);
  if (typeof body === "boolean") return { type, enabled: Number(body) };
  if (type === "caretWidth") return { type, width: body };
  if (type === "displayMessageDuration") return { type, seconds: body };
  if (type === "closedCaptionFontColor") return { type, color: body };
  const fields = Object.entries(body as Record<string, unknown>);
  const camel = (name: string): string => name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
  return { type, ...Object.fromEntries(fields.map(([name, value]) => [camel(name), value])) };
}

function member({ hex, direction }: Vector): Pdu {
  const bytes = bytesOf(hex);
  const found = railOrders.match(
    sourceOf(bytes),
    0,
    bytes.length,
    direction === "server-to-client" ? "server" : "client",
  );
  if (found === undefined) throw new Error(`no declaration for ${hex}`);
  return found;
}

describe.skipIf(!present)("vectors of other projects (skipped if ../shared/vectors is missing)", () => {
  test("all 38 orders of the channel are there", () => expect(load("rail")).toHaveLength(38));

  test.each(load("rail"))("$name", (vector) => {
    const bytes = bytesOf(vector.hex);
    const of = member(vector);
    const value = of.decode(bytes) as Record<string, unknown>;
    const [expected] = Object.values(vector.expect ?? {});
    if (of.spec === "[MS-RDPERP] 2.2.2.4.1" && expected !== undefined) {
      const wanted = parameterOf(expected);
      const got = { ...(value["parameter"] as Record<string, unknown>) };
      delete got["trailing"];
      if (typeof got["colorScheme"] === "string") got["colorScheme"] = colorSchemeName(got["colorScheme"]);
      expect(got).toEqual(wanted);
    } else expect(translated(vector.name, value)).toEqual(expected);
    expect(hexOf(of.encode(value))).toBe(vector.hex);
    expect(tilingFault(of.inspect(bytes).fields, bytes.length)).toBe(-1);
    expect(railOrderLength(sourceOf(bytes), 0, bytes.length)).toBe(bytes.length);
  });

  const windows = new Map(load("window").map((vector) => [vector.name, bytesOf(vector.hex)]));
  test("window.slow-path-deleted", () => {
    const source = sourceOf(windows.get("window.slow-path-deleted") ?? new Uint8Array());
    expect(windowOrderLength(source, 6, 17)).toBe(11);
    const order = readWindowingOrder(source, 6, 17) as WindowingOrder;
    expect(order).toEqual({ kind: "deleted", order: { fieldsPresentFlags: 0, windowId: 7, trailing: undefined } });
    expect(encodeWindowingOrder(order)).toEqual(source.bytes.subarray(6, 17));
  });
  test("window.wrong-order-size: an order longer than its update has no length", () => {
    const source = sourceOf(windows.get("window.wrong-order-size") ?? new Uint8Array());
    expect(windowOrderLength(source, 2, 13)).toBeUndefined();
    expect(() => readWindowingOrder(source, 2, 13)).toThrow("not enough bytes");
  });
  test("window.mixed-with-other-order: the other one is not ours", () => {
    const source = sourceOf(windows.get("window.mixed-with-other-order") ?? new Uint8Array());
    expect(windowOrderLength(source, 2, 14)).toBe(11);
    const order = readWindowingOrder(source, 2, 13) as WindowingOrder;
    expect(encodeWindowingOrder(order)).toEqual(source.bytes.subarray(2, 13));
    expect(windowOrderLength(source, 13, 14)).toBeUndefined();
  });
});
