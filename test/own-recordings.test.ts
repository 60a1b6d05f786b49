import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { railDump } from "./run-rail-dump.js";

const session = (name: string): string =>
  fileURLToPath(new URL(`../fixtures/${name}/session.pcapng.gz`, import.meta.url));

interface Counts {
  readonly counts: {
    readonly [channel: string]: {
      readonly [direction: string]: { readonly [message: string]: { readonly count: number; readonly bytes: number } };
    };
  };
}

const counts = async (name: string): Promise<Counts["counts"]> =>
  (JSON.parse(await railDump(["stats", "--json", session(name)])) as Counts).counts;

describe("sessions of this compositor", () => {
  test.each(["own-freerdp", "own-vail"])(
    "%s is read to the last byte, and each message encodes to its bytes",
    async (name) => {
      const verified = JSON.parse(await railDump(["verify", "--json", session(name)])) as Record<string, unknown>;
      expect(verified).toMatchObject({ clean: true, unaccountedBytes: 0, troubles: {}, gaps: { count: 0 } });
    },
  );

  test("FreeRDP's client showed four windows, moved one and closed one", async () => {
    const told = await railDump(["windows", session("own-freerdp")]);
    for (const window of ['"Animation", 320x240', '"Paint", 320x240', '"Glass", 240x200', '"Text", 380x220']) {
      expect(told).toContain(window);
    }
    expect(told).toMatch(/ 2 .*700,400/);
    expect(told).toMatch(/ 3 deleted/);
    const orders = await railDump(["-Y", "rail", session("own-freerdp")]);
    expect(orders).toContain("windowId=2 left=700 top=400 right=1020 bottom=640");
    expect(orders).toContain("windowId=3 command=close");
    // What the image of the desktop was painted with came in frames that the client acknowledged.
    const { io, rail } = await counts("own-freerdp");
    expect(io?.["c2s"]?.["DATA FRAME_ACKNOWLEDGE"]?.count).toBeGreaterThan(10);
    expect(rail?.["s2c"]?.["EXEC_RESULT"]?.count).toBe(1);
  });

  test("over VAIL each frame was acknowledged, and no pixel went through the socket", async () => {
    const { gfxredir, egfx } = await counts("own-vail");
    const presents = gfxredir?.["s2c"]?.["PRESENT_BUFFER"]?.count ?? 0;
    expect(presents).toBeGreaterThan(100);
    expect(gfxredir?.["c2s"]?.["PRESENT_BUFFER_ACK"]?.count).toBe(presents);
    expect(Object.keys(egfx?.["s2c"] ?? {})).toEqual(["CAPSCONFIRM"]);
    const verified = JSON.parse(await railDump(["verify", "--json", session("own-vail")])) as { streamBytes: number };
    // One frame of the animation alone has 307,200 bytes.
    expect(verified.streamBytes).toBeLessThan(100_000);
  });
});
