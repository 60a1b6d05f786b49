import { payloadParts, readPayload, SurfaceCanvases, WireToSurface1, CodecId } from "@railvail/egfx";
import { SurfaceCommands } from "@railvail/transport";
import { sourceOf, tilingFault } from "@railvail/wire";
import { describe, expect, test } from "vitest";
import { captureFile, captures, fixture, isMessage, walk, whyLess } from "./recordings.js";

/** The structures of a payload, each of which must be written again as it was; their names. */
function structures(codecId: number, data: Uint8Array): string[] {
  expect(() => readPayload(codecId, sourceOf(data), 0, data.length)).not.toThrow();
  return payloadParts(codecId, sourceOf(data), 0, data.length).map(({ pdu, offset, end }) => {
    if (pdu === undefined) return "unknown";
    const bytes = data.subarray(offset, end);
    const { value, fields, deviations } = pdu.inspect(bytes);
    expect(deviations).toEqual([]);
    expect(tilingFault(fields, bytes.length)).toBe(-1);
    expect(Buffer.compare(pdu.encode(value), bytes)).toBe(0);
    return pdu.name;
  });
}

async function payloadsOf(path: string): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  const count = (codecId: number, data: Uint8Array): void => {
    for (const name of structures(codecId, data)) counts.set(name, (counts.get(name) ?? 0) + 1);
  };
  await walk(path, (record) => {
    if (!isMessage(record) || record.value === undefined) return;
    if (record.pdu === WireToSurface1) {
      const { codecId, bitmapData } = record.value as WireToSurface1;
      if (codecId !== CodecId.uncompressed) count(codecId, bitmapData);
    } else if (record.pdu === SurfaceCommands) {
      for (const { command } of (record.value as SurfaceCommands).surfaceCommands) {
        if (command.type === "streamSurfaceBits") count(command.codecId, command.bitmapData);
      }
    }
  });
  return counts;
}

describe.skipIf(captures.length === 0)(`payloads of codecs in recorded sessions (${whyLess})`, () => {
  test("H.264", async () => {
    const counts = await payloadsOf(captureFile("debian-shadow-gfx-avc420"));
    expect(Object.fromEntries(counts)).toEqual({ RFX_AVC420_BITMAP_STREAM: 6 });
  });

  test("RemoteFX in surface commands", async () => {
    const counts = await payloadsOf(captureFile("debian-shadow-rfx"));
    expect(Object.fromEntries(counts)).toEqual({
      TS_RFX_SYNC: 1,
      TS_RFX_CONTEXT: 1,
      TS_RFX_CODEC_VERSIONS: 1,
      TS_RFX_CHANNELS: 1,
      TS_RFX_FRAME_BEGIN: 17,
      TS_RFX_REGION: 17,
      TS_RFX_TILESET: 17,
      TS_RFX_FRAME_END: 17,
    });
  });
});

test("surfaces of a WSLg session are complete", async () => {
  const canvases = new SurfaceCanvases();
  await walk(fixture("wslg-rail-basic"), (record) => {
    if (isMessage(record) && record.pdu !== undefined && record.value !== undefined) {
      const trouble = canvases.apply(record.pdu, record.value);
      if (record.channel === "egfx") expect(trouble).toBeUndefined();
    }
  });
  expect(canvases.surfaceIds().length).toBeGreaterThan(0);
  for (const id of canvases.surfaceIds()) expect(canvases.surface(id)?.incomplete).toBe(false);
});
