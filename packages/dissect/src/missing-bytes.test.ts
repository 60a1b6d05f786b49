import { EndFrame } from "@railvail/egfx";
import { Handshake } from "@railvail/rail";
import { DataFirst } from "@railvail/transport";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { graphicsSession, openedSession } from "../testing/opened.js";
import {
  bytesOf,
  channelMessage,
  chunk,
  concat,
  createRequest,
  dynamicMessage,
  first,
  ids,
  last,
  segmented,
  sendData,
} from "../testing/session-bytes.js";

const handshake = Handshake.encode({ buildNumber: 7601 });
const endFrame = (frameId: number): Uint8Array => EndFrame.encode({ frameId });

describe("missing bytes", () => {
  const [begin, ...rest] = dynamicMessage(
    "s2c",
    3,
    segmented(concat(...Array.from({ length: 400 }, (_, i) => endFrame(i)))),
    500,
  );
  const one = dynamicMessage("s2c", 3, segmented(endFrame(9)));

  test("inside a message of a dynamic channel: the rest of it is not read as something else", () => {
    const watched = graphicsSession()
      .send("s2c", begin ?? one[0] ?? new Uint8Array(0))
      .gap("s2c");
    watched.send("s2c", ...rest.slice(3), ...one);
    const lines = watched.taken();
    expect(lines[0]).toBe("mcs/drdynvc/egfx incomplete!");
    expect(new Set(lines.slice(0, -1))).toEqual(new Set(["mcs/drdynvc/egfx incomplete!"]));
    expect(lines.at(-1)).toBe("mcs/drdynvc/egfx RDPGFX_END_FRAME_PDU");
    expect(watched.gaps).toMatchObject([{ type: "gap", connection: 7, direction: "s2c", length: 100, reason: "lost" }]);
  });

  test("the other direction goes on", () => {
    const watched = graphicsSession()
      .send("s2c", begin ?? new Uint8Array(0))
      .gap("c2s")
      .send("s2c", ...rest);
    expect(watched.taken()).toHaveLength(400);
  });

  test("inside a message of a static channel", () => {
    const [head, ...tail] = channelMessage("s2c", ids.rail, concat(handshake, handshake), 10);
    const watched = openedSession()
      .send("s2c", head ?? handshake)
      .gap("s2c");
    watched.send("s2c", ...tail, ...channelMessage("s2c", ids.rail, handshake));
    expect(watched.taken()).toEqual([
      "mcs/rail incomplete!",
      "mcs/rail incomplete!",
      "mcs/rail TS_RAIL_ORDER_HANDSHAKE",
    ]);
  });

  test("at the end of the connection", () => {
    const watched = graphicsSession()
      .send("s2c", begin ?? new Uint8Array(0), sendData("s2c", 1003, handshake).subarray(0, 9))
      .end();
    expect(watched.taken()).toEqual(["stream incomplete!", "mcs/drdynvc/egfx incomplete!"]);
  });

  test("damage that nobody announced resets what was begun, too", () => {
    const watched = graphicsSession().send("s2c", begin ?? new Uint8Array(0), bytesOf("ffffffffff"), ...one);
    expect(watched.taken()).toEqual([
      "mcs/drdynvc/egfx incomplete!",
      "stream skipped!",
      "mcs/drdynvc/egfx RDPGFX_END_FRAME_PDU",
    ]);
  });

  test("in a compressed chunk of drdynvc", () => {
    const compressed = sendData("s2c", ids.drdynvc, chunk(9, first | last | 0x0020_0000, new Uint8Array(9).fill(0xff)));
    const watched = graphicsSession().send("s2c", begin ?? new Uint8Array(0), compressed, ...rest.slice(-1), ...one);
    expect(watched.taken()).toEqual([
      "mcs/drdynvc compressed!",
      "mcs/drdynvc/egfx incomplete!",
      "mcs/drdynvc/egfx incomplete!",
      "mcs/drdynvc/egfx RDPGFX_END_FRAME_PDU",
    ]);
  });
});

describe("the assemblers account for each byte", () => {
  const piece = fc.record({
    length: fc.oneof(fc.integer({ min: 0, max: 40 }), fc.constantFrom(0xffff_ffff, 70_000_000)),
    // Compressed with a type that does not exist, so that no chunk can be opened.
    flags: fc.constantFrom(0, first, last, first | last, 0x0024_0000, 0x0024_0000 | first, 0x0024_0000 | last),
    data: fc.uint8Array({ maxLength: 30 }),
  });
  test("static chunks of any flags and totals", () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const watched = openedSession();
        for (const { length, flags, data } of pieces)
          watched.send("s2c", sendData("s2c", ids.rdpdr, chunk(length, flags, data)));
        const sent = pieces.reduce((sum, { data }) => sum + data.length, 0);
        const seen = watched.lines
          .filter(({ path }) => path === "mcs/rdpdr")
          .reduce((sum, { bytes }) => sum + bytes.length, 0);
        expect(seen).toBeLessThanOrEqual(sent);
        // What is missing is in messages that did not end, each with a record that says so.
        const unfinished = watched.lines.some(({ detail }) => detail?.includes("unfinished"));
        watched.end();
        const waiting = watched.lines.some(({ detail }) => detail?.startsWith("the rest of a message is missing"));
        if (seen < sent) expect(unfinished || waiting).toBe(true);
      }),
    );
  });

  const part = fc.oneof(
    fc
      .record({
        length: fc.oneof(fc.integer({ min: 0, max: 40 }), fc.constant(0xffff_ffff)),
        data: fc.uint8Array({ maxLength: 30 }),
      })
      .map(({ length, data }) => ({ bytes: DataFirst.encode({ channelId: 9, length, data }), data })),
    fc.uint8Array({ maxLength: 30 }).map((data) => ({ bytes: concat([0x30, 9], data), data })),
  );
  test("dynamic parts of any totals", () => {
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
        const watched = openedSession().send("s2c", createRequest(9, "OTHER"));
        for (const { bytes } of parts) watched.send("s2c", ...channelMessage("s2c", ids.drdynvc, bytes));
        const sent = parts.reduce((sum, { data }) => sum + data.length, 0);
        const seen = watched.lines
          .filter(({ path }) => path === "mcs/drdynvc/OTHER")
          .reduce((sum, { bytes }) => sum + bytes.length, 0);
        expect(seen).toBeLessThanOrEqual(sent);
        watched.end();
        const told = watched.lines.some(({ detail }) =>
          /unfinished|too-much-data|rest of a message/.test(detail ?? ""),
        );
        if (seen < sent) expect(told).toBe(true);
      }),
    );
  });
});
