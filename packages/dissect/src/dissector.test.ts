import { applistChannel, ServerCaps } from "@railvail/applist";
import { EndFrame } from "@railvail/egfx";
import { Handshake } from "@railvail/rail";
import { DisconnectProviderUltimatum } from "@railvail/transport";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { graphicsSession, openedSession } from "../testing/opened.js";
import {
  bytesOf,
  channelMessage,
  chunk,
  concat,
  connectionConfirm,
  connectionRequest,
  createRequest,
  createResponse,
  dynamicData,
  dynamicMessage,
  ids,
  opening,
  packet,
  segmented,
  sendData,
} from "../testing/session-bytes.js";
import { Watched } from "../testing/watch.js";

const handshake = Handshake.encode({ buildNumber: 7601 });
const endFrame = (frameId: number): Uint8Array => EndFrame.encode({ frameId });

describe("records", () => {
  test("say where and when, innermost last", () => {
    const watched = openedSession().send("s2c", ...channelMessage("s2c", ids.rail, handshake));
    expect(watched.lines.map(({ path, name, envelope, packet: number }) => [path, name, envelope, number])).toEqual([
      ["tpkt", "X224_DATA", true, 3],
      ["mcs", "MCS_SEND_DATA_INDICATION", true, 3],
      ["mcs/chunk", "CHANNEL_PDU_HEADER", true, 3],
      ["mcs/rail", "TS_RAIL_ORDER_HANDSHAKE", false, 3],
    ]);
    expect(watched.lines.at(-1)).toMatchObject({ direction: "s2c", bytes: handshake, value: { buildNumber: 7601 } });
  });

  test("an inspected message has spans, a refused one says why, and is no envelope", () => {
    const bad = sendData("s2c", ids.rail, chunk(99, 3, new Uint8Array(0)).subarray(0, 5));
    const watched = openedSession().send("s2c", bad);
    expect(watched.lines.at(-1)).toMatchObject({ path: "mcs/chunk", trouble: "undecodable", envelope: false });
    expect(watched.lines.at(-1)?.detail).toMatch(/^CHANNEL_PDU_HEADER.flags at byte 4: not enough bytes/);
  });

  test("packets between the layers that are known", () => {
    const ultimatum = packet(DisconnectProviderUltimatum.encode({ reason: 3 }));
    expect(new Watched().send("s2c", connectionConfirm(), ultimatum, packet(bytesOf("fc0102"))).taken()).toEqual([
      "x224 X224_CCF",
      "mcs MCS_DISCONNECT_PROVIDER_ULTIMATUM",
      "mcs unknown!",
    ]);
    expect(new Watched().send("c2s", connectionRequest()).taken()).toEqual(["x224 X224_CRQ"]);
    expect(new Watched().send("s2c", bytesOf("03000007 02 10 80")).taken()).toEqual(["x224 unknown!"]);
  });
});

describe("channels are learned", () => {
  test("static channels by the settings, and others have no reader", () => {
    const { c2s, s2c } = opening({ channelNames: ["encomsp", "rdpdr"] });
    const watched = new Watched().send("c2s", c2s).send("s2c", s2c);
    const send = (id: number): Watched => watched.send("s2c", ...channelMessage("s2c", id, bytesOf("7244 4c55")));
    expect(send(1004).taken().at(-1)).toBe("mcs/encomsp unknown!");
    expect(send(1005).taken().at(-1)).toBe("mcs/rdpdr DR_CORE_USER_LOGGEDON");
  });

  test("a channel that the server did not give is not mixed up with the next one", () => {
    const { c2s, s2c } = opening({ channelNames: ["encomsp", "RAIL"] });
    const watched = new Watched().send("c2s", c2s).send("s2c", s2c, ...channelMessage("s2c", 1005, handshake));
    expect(watched.taken().at(-1)).toBe("mcs/rail TS_RAIL_ORDER_HANDSHAKE");
  });

  test("dynamic channels by their creation; another creation takes the id over", () => {
    const watched = graphicsSession().send("s2c", ...dynamicMessage("s2c", 3, segmented(endFrame(1))));
    expect(watched.taken()).toEqual(["mcs/drdynvc/egfx RDPGFX_END_FRAME_PDU"]);
    watched.send("s2c", createRequest(3, "MY_CHANNEL"), ...dynamicMessage("s2c", 3, segmented(endFrame(1))));
    expect(watched.taken()).toEqual(["mcs/drdynvc DYNVC_CREATE_REQ", "mcs/drdynvc/MY_CHANNEL unknown!"]);
  });

  test("a refused dynamic channel still gets data", () => {
    const caps = ServerCaps.encode({ version: 4, appListProviderName: "Debian", appListProviderUniqueId: "" });
    const watched = openedSession();
    watched.send("s2c", createRequest(5, applistChannel), dynamicData("s2c", 5, caps));
    watched.send("c2s", createResponse(5, -1)).send("s2c", dynamicData("s2c", 5, caps));
    expect(watched.taken()).toEqual([
      "mcs/drdynvc DYNVC_CREATE_REQ",
      "mcs/drdynvc/rdpapplist RDPAPPLIST_SERVER_CAPS_PDU",
      "mcs/drdynvc DYNVC_CREATE_RSP",
      "mcs/drdynvc/rdpapplist RDPAPPLIST_SERVER_CAPS_PDU",
    ]);
  });
});

describe("reassembly", () => {
  const long = concat(...Array.from({ length: 400 }, (_, index) => endFrame(index)));

  test("frames across packets, chunks and dynamic parts", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5000 }), fc.integer({ min: 20, max: 1600 }), (packetSize, partSize) => {
        const stream = concat(...dynamicMessage("s2c", 3, segmented(long), partSize));
        const watched = graphicsSession();
        for (let at = 0; at < stream.length; at += packetSize) watched.send("s2c", stream.slice(at, at + packetSize));
        expect(watched.lines.map(({ trouble }) => trouble)).not.toContain("incomplete");
        const frames = watched.lines.filter(({ path }) => path === "mcs/drdynvc/egfx");
        expect(concat(...frames.map(({ bytes }) => bytes))).toEqual(long);
      }),
      { numRuns: 30 },
    );
  });

  test("several messages of a channel in one of its messages", () => {
    const watched = openedSession().send(
      "s2c",
      ...channelMessage("s2c", ids.rail, concat(handshake, handshake, bytesOf("7700060001020100"))),
    );
    expect(watched.taken()).toEqual([
      "mcs/rail TS_RAIL_ORDER_HANDSHAKE",
      "mcs/rail TS_RAIL_ORDER_HANDSHAKE",
      "mcs/rail unknown!",
      "mcs/rail unknown!",
    ]);
    expect(watched.lines).toEqual([]);
  });

  test("a message that lies in one memory block with the chunk is not taken for a part of it", () => {
    // All packets are views of one buffer, as a capture file gives them.
    const parts = dynamicMessage("s2c", 3, segmented(long), 100);
    const file = concat(...parts);
    const watched = graphicsSession();
    let at = 0;
    for (const { length } of parts) {
      watched.send("s2c", file.subarray(at, at + length));
      at += length;
    }
    expect(watched.lines.filter(({ path }) => path === "mcs/drdynvc/egfx")).toHaveLength(400);
  });
});

test("nothing that can be sent makes it throw, and records stay in proportion", () => {
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 300 }),
    fc.uint8Array({ maxLength: 200 }).map((data) => sendData("s2c", ids.io, data)),
    fc.uint8Array({ maxLength: 200 }).map((data) => concat(...channelMessage("s2c", ids.drdynvc, data))),
    fc
      .tuple(fc.constantFrom(ids.rail, ids.rdpsnd, ids.cliprdr), fc.uint8Array({ maxLength: 200 }))
      .map(([id, data]) => concat(...channelMessage("s2c", id, data))),
    fc.uint8Array({ maxLength: 200 }).map((data) => dynamicData("s2c", 3, concat([0xe0, 4], data))),
    fc.uint8Array({ maxLength: 200 }).map((data) => concat([0, data.length + 2], data)),
  );
  const step = fc.record({ direction: fc.constantFrom("c2s", "s2c"), bytes, gap: fc.integer({ min: 0, max: 9 }) });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 20 }), fc.boolean(), (steps, known) => {
      const watched = known ? graphicsSession() : new Watched(true);
      let sent = 0;
      for (const one of steps) {
        if (one.gap === 0) watched.gap(one.direction);
        watched.send(one.direction, one.bytes);
        sent += one.bytes.length;
      }
      watched.end();
      expect(watched.lines.length).toBeLessThanOrEqual(3 * sent + 2 * steps.length + 10);
    }),
    { numRuns: 2000 },
  );
});
