import { existsSync, readFileSync } from "node:fs";
import { sourceOf, type Pdu } from "@railvail/wire";
import { describe, expect, test } from "vitest";
import { egfxCommandLength, egfxCommands } from "./commands.js";
import { CapsVersion } from "./pdu/capabilities.js";

interface Vector {
  readonly name: string;
  readonly layer: string;
  readonly hex: string;
  readonly expect: unknown;
  readonly direction: string;
}

const file = new URL("../../../../shared/vectors/open/egfx.json", import.meta.url);
const there = existsSync(file);
if (!there) console.warn("the egfx vectors are not there: their tests are skipped");
const text = there ? readFileSync(file, "utf8") : "[]";
const vectors = JSON.parse(text) as readonly Vector[];

/** Payloads of video codecs, which `codec-vectors.test.ts` reads. */
const payloads = ["egfx.avc444", "egfx.avc420"];

/** Other names, as `their name: our name`; those in camel case need no line. */
const renamed: Readonly<Record<string, string>> = {
  destinationRectangle: "destRect",
  sourceRectangle: "rectSrc",
  destinationPoints: "destPts",
  rectangles: "fillRects",
  monitors: "monitorDefArray",
  sourceSurfaceId: "surfaceIdSrc",
  destinationSurfaceId: "surfaceIdDest",
  timeDiffSe: "timeDiffSE",
  timeDiffDr: "timeDiffEDR",
  bitmapLen: "bitmapLength",
};
const wide = new Set(["cacheKey", "windowId"]);

const ourName = (name: string): string => {
  const camel = name.replaceAll(/_(.)/g, (_, letter: string) => letter.toUpperCase());
  return renamed[camel] ?? camel;
};

/** The expected value in our names and types. */
function ours(value: unknown, wire: Uint8Array, name = ""): unknown {
  if (Array.isArray(value)) return value.map((each) => ours(each, wire));
  if (typeof value === "number" || typeof value === "string") {
    return wide.has(name) ? BigInt(value) : value;
  }
  const object = value as Record<string, unknown>;
  const { slice } = object;
  if (Array.isArray(slice)) return wire.subarray(...(slice as [number, number]));
  if (typeof object["hex"] === "string") return Uint8Array.from(Buffer.from(object["hex"], "hex"));
  const entries = Object.entries(object).map(([key, each]) => [ourName(key), ours(each, wire, ourName(key))]);
  return Object.fromEntries(entries) as unknown;
}

const capsSet = ({ version, flags }: { version: number; flags: number | null }): object => {
  const type = Object.entries(CapsVersion).find(([, number]) => number === version)?.[0];
  return { capsData: flags === null ? { type } : { type, flags } };
};

function expectedOf(vector: Vector, wire: Uint8Array): unknown {
  if (vector.name === "egfx.caps-advertise") {
    return { capsSets: (vector.expect as never[]).map(capsSet) };
  }
  if (vector.name === "egfx.caps-confirm") return { capsSet: capsSet(vector.expect as never) };
  const whole = ours(vector.expect, wire) as Record<string, unknown>;
  const [only] = Object.keys(whole);
  return only !== undefined && /^[A-Z]/.test(only) ? whole[only] : whole;
}

/** The command of a vector that has no header, by its layer's name. */
function memberFor(layer: string): Pdu | undefined {
  const name = layer.split(/[ ,]/)[0];
  return egfxCommands.members.find((member) => member.name === name);
}

function numberOf(pdu: Pdu): number {
  const literal = pdu.node.fields[0]?.[1];
  return literal?.kind === "literal" ? literal.value : -1;
}

/** The whole message, a header put before a bare body, and the vector's own bytes. */
function messageOf(vector: Vector): { wire: Uint8Array; body: Uint8Array } {
  const body = Uint8Array.from(Buffer.from(vector.hex, "hex"));
  const member = vector.layer.includes("without the 8-byte") ? memberFor(vector.layer) : undefined;
  if (member === undefined) return { wire: body, body };
  const { bytes, view } = sourceOf(new Uint8Array(8 + body.length));
  view.setUint16(0, numberOf(member), true);
  view.setUint32(4, bytes.length, true);
  bytes.set(body, 8);
  return { wire: bytes, body };
}

describe.skipIf(!there)("vectors of other projects (skipped without ../shared/vectors)", () => {
  test("are there", () => {
    expect(vectors.length).toBeGreaterThan(payloads.length);
  });

  const commands = vectors.filter(({ name }) => !payloads.includes(name));
  test.each(commands.map((vector) => [vector.name, vector] as const))("%s", (_, vector) => {
    const { wire, body } = messageOf(vector);
    const source = sourceOf(wire);
    expect(egfxCommandLength(source, 0, wire.length)).toBe(wire.length);
    const sender = vector.direction === "client-to-server" ? "client" : "server";
    const member = egfxCommands.match(source, 0, wire.length, sender);
    const value = member?.decode(wire);
    expect(value).toEqual(expectedOf(vector, body));
    expect(member?.encode(value)).toEqual(wire);
  });
});
