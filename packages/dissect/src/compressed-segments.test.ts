import { EndFrame } from "@railvail/egfx";
import { compressMessage, ZgfxCompressor } from "@railvail/transport";
import { Arena } from "@railvail/wire";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { packedDynamic } from "../testing/compressed-bytes.js";
import { graphicsSession, openedSession } from "../testing/opened.js";
import {
  bytesOf,
  channelMessage,
  concat,
  createRequest,
  dynamicData,
  dynamicMessage,
  ids,
  segmented,
} from "../testing/session-bytes.js";

const frames = (count: number, from = 0): Uint8Array =>
  concat(...Array.from({ length: count }, (_, index) => EndFrame.encode({ frameId: from + index })));
const endFrame = `mcs/drdynvc/egfx ${EndFrame.name}`;
const wrapped = (message: Uint8Array, compressor: ZgfxCompressor): Uint8Array =>
  concat(...compressMessage([message], compressor, new Arena()));

describe("graphics", () => {
  test("compressed segments, one and several, and raw ones between them", () => {
    const compressor = new ZgfxCompressor();
    const watched = graphicsSession();
    for (const count of [20, 1, 6000, 1, 20, 12_000]) {
      const message = wrapped(frames(count), compressor);
      expect(message.length).toBeLessThan(Math.max(frames(count).length, 20));
      watched.send("s2c", ...dynamicMessage("s2c", 3, message));
      const [segments] = watched.lines.filter(({ path }) => path === "mcs/drdynvc/segments");
      expect(segments).toMatchObject({ envelope: true, trouble: undefined });
      expect(segments?.bytes).toEqual(message);
      const commands = watched.lines.filter(({ path }) => path === "mcs/drdynvc/egfx");
      expect(concat(...commands.map(({ bytes }) => bytes))).toEqual(frames(count));
      expect(watched.taken()).toEqual(Array(count).fill(endFrame));
    }
  });

  test("after a gap, what refers to nothing before it is opened, and nothing wrong", () => {
    const compressor = new ZgfxCompressor();
    const watched = graphicsSession();
    const send = (message: Uint8Array): string[] => watched.send("s2c", ...dynamicMessage("s2c", 3, message)).taken();
    expect(send(wrapped(frames(20), compressor))).toHaveLength(20);
    watched.gap("s2c");
    watched.send("s2c", ...dynamicMessage("s2c", 3, wrapped(frames(20, 1), compressor)));
    expect(watched.lines.at(-1)?.detail).toMatch(/^zgfx at byte \d+: a reference to .*; later segments can be opened/);
    expect(watched.taken()).toEqual(["mcs/drdynvc/segments compressed!"]);
    // Raw segments fill the history again; what a new sender would send is right.
    expect(send(segmented(frames(2)))).toHaveLength(2);
    const after = new ZgfxCompressor();
    wrapped(frames(2), after);
    expect(send(wrapped(frames(20, 5), after))).toEqual(Array(20).fill(endFrame));
    watched.gap("c2s");
    expect(send(wrapped(frames(20, 6), after))).toHaveLength(20);
  });

  test("damage", () => {
    const watched = graphicsSession();
    const send = (hex: string): string[] => watched.send("s2c", dynamicData("s2c", 3, bytesOf(hex))).taken();
    expect(send("e0 24 ff ff 09")).toEqual(["mcs/drdynvc/segments compressed!"]);
    expect(send("e0 26 00 00 00")).toEqual(["mcs/drdynvc/segments unknown!"]);
    expect(watched.send("s2c", dynamicData("s2c", 3, wrapped(frames(9), new ZgfxCompressor()))).taken()).toHaveLength(
      9,
    );
  });

  test("of many channels only some keep their history", () => {
    const watched = graphicsSession();
    const compressors = Array.from({ length: 9 }, () => new ZgfxCompressor());
    const send = (index: number): string[] => {
      const message = wrapped(frames(20), compressors[index] ?? new ZgfxCompressor());
      return watched.send("s2c", dynamicData("s2c", 10 + index, message)).taken();
    };
    for (const index of compressors.keys()) {
      watched.send("s2c", createRequest(10 + index, "Microsoft::Windows::RDS::Graphics"));
      watched.taken();
      expect(send(index)).toHaveLength(20);
    }
    expect(send(8)).toHaveLength(20);
    expect(send(0)).toEqual(["mcs/drdynvc/segments compressed!"]);
  });
});

describe("compressed dynamic channel data", () => {
  const display = "Microsoft::Windows::RDS::DisplayControl";
  const opened = (): ReturnType<typeof openedSession> => {
    const watched = openedSession().send("s2c", createRequest(5, display), createRequest(6, "OTHER"));
    watched.lines.length = 0;
    return watched;
  };
  const message = (size: number): Uint8Array => Uint8Array.from({ length: size }, (_, index) => index % 7);

  test("whole messages and parts, each channel and direction with its own history", () => {
    const watched = opened();
    const compressors = new Map(
      ["c2s5", "s2c5", "c2s6", "s2c6"].map((of) => [of, new ZgfxCompressor({ variant: "lite" })]),
    );
    for (const size of [100, 5000, 40, 9000]) {
      for (const direction of ["c2s", "s2c"] as const) {
        for (const id of [5, 6]) {
          const compressor = compressors.get(`${direction}${id}`) ?? new ZgfxCompressor();
          watched.send(direction, ...packedDynamic(direction, id, message(size), compressor));
          const path = id === 5 ? "mcs/drdynvc/disp" : "mcs/drdynvc/OTHER";
          const lines = watched.lines.filter((line) => line.path === path);
          expect(concat(...lines.map(({ bytes }) => bytes))).toEqual(message(size));
          const parts = watched.lines.filter(({ name }) => name.endsWith("_COMPRESSED"));
          expect(parts).toHaveLength(Math.ceil(size / 1500));
          for (const { pdu, value, bytes, envelope } of parts) {
            expect(envelope).toBe(true);
            expect(pdu?.encode(value)).toEqual(bytes);
          }
          watched.lines.length = 0;
        }
      }
    }
  });

  test("a part that cannot be opened takes its message with it, and no other", () => {
    const watched = opened();
    const compressor = new ZgfxCompressor({ variant: "lite" });
    const [head, second, ...rest] = packedDynamic("s2c", 6, message(6000), compressor);
    watched.send("s2c", head ?? bytesOf(""));
    const bad = second?.slice() ?? bytesOf("");
    bad.fill(0xff, -3);
    watched.send("s2c", bad);
    expect(watched.taken()).toEqual(["mcs/drdynvc compressed!", "mcs/drdynvc/OTHER incomplete!"]);
    watched.send("s2c", ...rest);
    watched.taken();
    const again = new ZgfxCompressor({ variant: "lite" });
    watched.send("s2c", ...packedDynamic("s2c", 6, message(6000), again));
    expect(watched.lines.at(-1)?.bytes).toEqual(message(6000));
  });

  test("any bytes as segments", () => {
    const part = fc.record({
      first: fc.boolean(),
      flags: fc.constantFrom(0x04, 0x24, 0x06, 0x26),
      data: fc.uint8Array(),
    });
    fc.assert(
      fc.property(fc.array(part, { maxLength: 8 }), (parts) => {
        const watched = opened();
        for (const { first, flags, data } of parts) {
          const head = first ? bytesOf("60 06 20") : bytesOf("70 06");
          const before = watched.lines.length;
          watched.send("s2c", ...channelMessage("s2c", ids.drdynvc, concat(head, [0xe0, flags], data)));
          expect(watched.lines.length).toBeGreaterThan(before);
        }
      }),
      { numRuns: 200 },
    );
  });
});
