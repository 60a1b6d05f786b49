import { egfxChannel, EndFrame } from "@railvail/egfx";
import { applistChannel, ServerCaps } from "@railvail/applist";
import { Handshake } from "@railvail/rail";
import { DataFirst, DisconnectProviderUltimatum } from "@railvail/transport";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Watched } from "../testing/watch.js";
import {
  bytesOf, channelMessage, chunk, concat, connectionConfirm, createRequest, createResponse, dynamicData,
  dynamicMessage, first, ids, last, opening, packet, segmented, sendData,
} from "../testing/session-bytes.js";

const handshake = Handshake.encode({ buildNumber: 7601 });
const endFrame = (frameId: number): Uint8Array => EndFrame.encode({ frameId });
const { c2s: initial, s2c: response } = opening();

/** A session whose channels are known. */
const opened = (): Watched => {
  const watched = new Watched().send("c2s", initial).send("s2c", response);
  watched.lines.length = 0;
  return watched;
};
const withGraphics = (): Watched => {
  const watched = opened().send("s2c", createRequest(3, egfxChannel));
  watched.lines.length = 0;
  return watched;
};

describe("records", () => {
  test("say where and when, innermost last", () => {
    const watched = opened().send("s2c", ...channelMessage("s2c", ids.rail, handshake));
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
    const watched = opened().send("s2c", bad);
    expect(watched.lines.at(-1)).toMatchObject({ path: "mcs/chunk", trouble: "undecodable", envelope: false });
    expect(watched.lines.at(-1)?.detail).toMatch(/^CHANNEL_PDU_HEADER.flags at byte 4: not enough bytes/);
  });

  test("packets between the layers that are known", () => {
    const ultimatum = packet(DisconnectProviderUltimatum.encode({ reason: 3 } as never));
    expect(new Watched().send("s2c", connectionConfirm(), ultimatum, packet(bytesOf("fc0102"))).taken()).toEqual([
      "x224 X224_CCF", "mcs MCS_DISCONNECT_PROVIDER_ULTIMATUM", "mcs unknown!",
    ]);
    expect(new Watched().send("s2c", bytesOf("03000007 02 10 80")).taken()).toEqual(["x224 unknown!"]);
  });
});

describe("channels are learned", () => {
  test("static channels by the settings, and others have no reader", () => {
    const watched = opened().send("c2s", ...channelMessage("c2s", ids.rdpdr, bytesOf("7244 4943 0100")));
    expect(watched.taken()).toEqual(["mcs/rdpdr unknown!"]);
  });

  test("a channel that the server did not give is not mixed up with the next one", () => {
    const { c2s, s2c } = opening({ channelNames: ["encomsp", "RAIL"] });
    const watched = new Watched().send("c2s", c2s).send("s2c", s2c, ...channelMessage("s2c", 1005, handshake));
    expect(watched.taken().at(-1)).toBe("mcs/rail TS_RAIL_ORDER_HANDSHAKE");
  });

  test("dynamic channels by their creation; another creation takes the id over", () => {
    const watched = withGraphics().send("s2c", ...dynamicMessage("s2c", 3, segmented(endFrame(1))));
    expect(watched.taken()).toEqual(["mcs/drdynvc/egfx RDPGFX_END_FRAME_PDU"]);
    watched.send("s2c", createRequest(3, "MY_CHANNEL"), ...dynamicMessage("s2c", 3, segmented(endFrame(1))));
    expect(watched.taken()).toEqual(["mcs/drdynvc DYNVC_CREATE_REQ", "mcs/drdynvc/MY_CHANNEL unknown!"]);
  });

  test("a refused dynamic channel still gets data", () => {
    const caps = ServerCaps.encode({ version: 4, appListProviderName: "Debian", appListProviderUniqueId: "" });
    const watched = opened();
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
        const watched = withGraphics();
        for (let at = 0; at < stream.length; at += packetSize) watched.send("s2c", stream.slice(at, at + packetSize));
        expect(watched.lines.map(({ trouble }) => trouble)).not.toContain("incomplete");
        const frames = watched.lines.filter(({ path }) => path === "mcs/drdynvc/egfx");
        expect(concat(...frames.map(({ bytes }) => bytes))).toEqual(long);
      }),
      { numRuns: 30 },
    );
  });

  test("several messages of a channel in one of its messages", () => {
    const watched = opened().send("s2c", ...channelMessage("s2c", ids.rail, concat(handshake, handshake, bytesOf("7700060001020100"))));
    expect(watched.taken()).toEqual([
      "mcs/rail TS_RAIL_ORDER_HANDSHAKE", "mcs/rail TS_RAIL_ORDER_HANDSHAKE", "mcs/rail unknown!", "mcs/rail unknown!",
    ]);
    expect(watched.lines).toEqual([]);
  });

  test("a message that lies in one memory block with the chunk is not taken for a part of it", () => {
    // All packets are views of one buffer, as a capture file gives them.
    const parts = dynamicMessage("s2c", 3, segmented(long), 100);
    const file = concat(...parts);
    const watched = withGraphics();
    let at = 0;
    for (const { length } of parts) {
      watched.send("s2c", file.subarray(at, at + length));
      at += length;
    }
    expect(watched.lines.filter(({ path }) => path === "mcs/drdynvc/egfx")).toHaveLength(400);
  });
});

describe("missing bytes", () => {
  const [begin, ...rest] = dynamicMessage("s2c", 3, segmented(concat(...Array.from({ length: 400 }, (_, i) => endFrame(i)))), 500);
  const one = dynamicMessage("s2c", 3, segmented(endFrame(9)));

  test("inside a message of a dynamic channel: the rest of it is not read as something else", () => {
    const watched = withGraphics().send("s2c", begin ?? one[0] ?? new Uint8Array(0)).gap("s2c");
    watched.send("s2c", ...rest.slice(3), ...one);
    const lines = watched.taken();
    expect(lines[0]).toBe("mcs/drdynvc/egfx incomplete!");
    expect(new Set(lines.slice(0, -1))).toEqual(new Set(["mcs/drdynvc/egfx incomplete!"]));
    expect(lines.at(-1)).toBe("mcs/drdynvc/egfx RDPGFX_END_FRAME_PDU");
    expect(watched.gaps).toMatchObject([{ type: "gap", connection: 7, direction: "s2c", length: 100, reason: "lost" }]);
  });

  test("the other direction goes on", () => {
    const watched = withGraphics().send("s2c", begin ?? new Uint8Array(0)).gap("c2s").send("s2c", ...rest);
    expect(watched.taken()).toHaveLength(400);
  });

  test("inside a message of a static channel", () => {
    const [head, ...tail] = channelMessage("s2c", ids.rail, concat(handshake, handshake), 10);
    const watched = opened().send("s2c", head ?? handshake).gap("s2c");
    watched.send("s2c", ...tail, ...channelMessage("s2c", ids.rail, handshake));
    expect(watched.taken()).toEqual(["mcs/rail incomplete!", "mcs/rail incomplete!", "mcs/rail TS_RAIL_ORDER_HANDSHAKE"]);
  });

  test("at the end of the connection", () => {
    const watched = withGraphics().send("s2c", begin ?? new Uint8Array(0), sendData("s2c", 1003, handshake).subarray(0, 9)).end();
    expect(watched.taken()).toEqual(["stream incomplete!", "mcs/drdynvc/egfx incomplete!"]);
  });

  test("damage that nobody announced resets what was begun, too", () => {
    const watched = withGraphics().send("s2c", begin ?? new Uint8Array(0), bytesOf("ffffffffff"), ...one);
    expect(watched.taken()).toEqual([
      "mcs/drdynvc/egfx incomplete!", "stream skipped!", "mcs/drdynvc/egfx RDPGFX_END_FRAME_PDU",
    ]);
  });

  test("in a compressed chunk of drdynvc", () => {
    const compressed = sendData("s2c", ids.drdynvc, chunk(9, first | last | 0x0020_0000, new Uint8Array(9)));
    const watched = withGraphics().send("s2c", begin ?? new Uint8Array(0), compressed, ...rest.slice(-1), ...one);
    expect(watched.taken()).toEqual([
      "mcs/drdynvc compressed!", "mcs/drdynvc/egfx incomplete!", "mcs/drdynvc/egfx incomplete!",
      "mcs/drdynvc/egfx RDPGFX_END_FRAME_PDU",
    ]);
  });
});

describe("the assemblers account for each byte", () => {
  const piece = fc.record({
    length: fc.oneof(fc.integer({ min: 0, max: 40 }), fc.constantFrom(0xffff_ffff, 70_000_000)),
    flags: fc.constantFrom(0, first, last, first | last, 0x0020_0000, 0x0020_0000 | first, 0x0020_0000 | last),
    data: fc.uint8Array({ maxLength: 30 }),
  });
  test("static chunks of any flags and totals", () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const watched = opened();
        for (const { length, flags, data } of pieces) watched.send("s2c", sendData("s2c", ids.rdpdr, chunk(length, flags, data)));
        const sent = pieces.reduce((sum, { data }) => sum + data.length, 0);
        const seen = watched.lines.filter(({ path }) => path === "mcs/rdpdr").reduce((sum, { bytes }) => sum + bytes.length, 0);
        expect(seen).toBeLessThanOrEqual(sent);
        // What is missing is in messages that did not end, each with a record that says so.
        const unfinished = watched.lines.some(({ detail }) => detail?.includes("unfinished"));
        watched.end();
        const waiting = watched.lines.some(({ detail }) => detail === "the rest of a message is missing");
        if (seen < sent) expect(unfinished || waiting).toBe(true);
      }),
    );
  });

  const part = fc.oneof(
    fc.record({ length: fc.oneof(fc.integer({ min: 0, max: 40 }), fc.constant(0xffff_ffff)), data: fc.uint8Array({ maxLength: 30 }) })
      .map(({ length, data }) => ({ bytes: DataFirst.encode({ channelId: 9, length, data }), data })),
    fc.uint8Array({ maxLength: 30 }).map((data) => ({ bytes: concat([0x30, 9], data), data })),
  );
  test("dynamic parts of any totals", () => {
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
        const watched = opened().send("s2c", createRequest(9, "OTHER"));
        for (const { bytes } of parts) watched.send("s2c", ...channelMessage("s2c", ids.drdynvc, bytes));
        const sent = parts.reduce((sum, { data }) => sum + data.length, 0);
        const seen = watched.lines.filter(({ path }) => path === "mcs/drdynvc/OTHER").reduce((sum, { bytes }) => sum + bytes.length, 0);
        expect(seen).toBeLessThanOrEqual(sent);
        watched.end();
        const told = watched.lines.some(({ detail }) => /unfinished|too-much-data|rest of a message/.test(detail ?? ""));
        if (seen < sent) expect(told).toBe(true);
      }),
    );
  });
});

describe("TLS", () => {
  const records = concat([0x16, 3, 1, 0, 5], new Uint8Array(5), [0x17, 3, 3, 0, 2, 1, 2]);

  test("a record for each packet says what to supply", () => {
    const watched = new Watched().send("s2c", connectionConfirm(1)).send("c2s", records, records.subarray(3)).end();
    expect(watched.taken()).toEqual(["x224 X224_CCF", "tls encrypted!", "tls encrypted!"]);
    watched.send("s2c", records);
    expect(watched.lines[0]?.detail).toContain("SSLKEYLOGFILE");
  });

  test("is known without its beginning, and by the other direction", () => {
    const watched = new Watched(true).send("s2c", concat([1, 2, 3], records)).send("c2s", Uint8Array.of(1, 2), Uint8Array.of(3)).end();
    expect(watched.taken()).toEqual(["stream skipped!", "tls encrypted!", "tls encrypted!", "tls encrypted!"]);
  });

  test("that has been taken off is read; so is what CredSSP leaves", () => {
    const request = bytesOf("30 82 0100").length;
    const tsRequest = concat([0x30, 0x82, 0x01, 0x00], new Uint8Array(256));
    const watched = new Watched().send("s2c", connectionConfirm(2)).send("c2s", tsRequest.subarray(0, request), tsRequest.subarray(request), initial);
    watched.send("s2c", tsRequest, response, ...channelMessage("s2c", ids.rail, handshake));
    expect(watched.taken()).toEqual([
      "x224 X224_CCF", "credssp unknown!", "mcs MCS_CONNECT_INITIAL", "credssp unknown!",
      "mcs MCS_CONNECT_RESPONSE", "mcs/rail TS_RAIL_ORDER_HANDSHAKE",
    ]);
  });
});

describe("Standard RDP Security", () => {
  test("what is encrypted says so, what is not is read", () => {
    const { c2s, s2c } = opening({ encryptionMethod: 2 });
    const watched = new Watched().send("c2s", c2s).send("s2c", s2c);
    const message = chunk(handshake.length, first | last, handshake);
    watched.send("s2c", sendData("s2c", ids.rail, concat(bytesOf("08000000 0102030405060708"), message)));
    watched.send("s2c", sendData("s2c", ids.rail, concat(bytesOf("00000000"), message)));
    watched.send("s2c", sendData("s2c", ids.io, concat(bytesOf("08000000 0102030405060708"), message)));
    watched.send("s2c", sendData("s2c", ids.io, bytesOf("00000000 0600 1600 ea03")));
    watched.send("s2c", bytesOf("80 0d 0102030405060708 000000"));
    expect(watched.taken().slice(2)).toEqual([
      "mcs/rail encrypted!", "mcs/rail TS_RAIL_ORDER_HANDSHAKE", "mcs/io encrypted!", "mcs/io TS_DEACTIVATE_ALL_PDU",
      "fastpath-out encrypted!",
    ]);
  });
});

test("nothing that can be sent makes it throw, and records stay in proportion", () => {
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 300 }),
    fc.uint8Array({ maxLength: 200 }).map((data) => sendData("s2c", ids.io, data)),
    fc.uint8Array({ maxLength: 200 }).map((data) => concat(...channelMessage("s2c", ids.drdynvc, data))),
    fc.tuple(fc.constantFrom(ids.rail, ids.rdpsnd, ids.cliprdr), fc.uint8Array({ maxLength: 200 }))
      .map(([id, data]) => concat(...channelMessage("s2c", id, data))),
    fc.uint8Array({ maxLength: 200 }).map((data) => dynamicData("s2c", 3, concat([0xe0, 4], data))),
    fc.uint8Array({ maxLength: 200 }).map((data) => concat([0, data.length + 2], data)),
  );
  const step = fc.record({ direction: fc.constantFrom("c2s", "s2c"), bytes, gap: fc.integer({ min: 0, max: 9 }) });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 20 }), fc.boolean(), (steps, known) => {
      const watched = known ? withGraphics() : new Watched(true);
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
