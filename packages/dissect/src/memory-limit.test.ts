import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { EndFrame } from "@railvail/egfx";
import { Handshake } from "@railvail/rail";
import {
  BulkCompressor,
  chunkStaticMessage,
  compressMessage,
  CreateRequest,
  DataFirst,
  DataTpdu,
  PacketType,
  SendDataIndication,
  ZgfxCompressor,
} from "@railvail/transport";
import { Arena } from "@railvail/wire";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { packedChunk, packedUpdate } from "../testing/compressed-bytes.js";
import {
  channelMessage,
  chunk,
  concat,
  createRequest,
  dynamicMessage,
  first,
  ids,
  opening,
  segmented,
  sendData,
} from "../testing/session-bytes.js";
import { Watched } from "../testing/watch.js";

const mebibyte = 1024 * 1024;
const handshake = Handshake.encode({ buildNumber: 7601 });
const readable = channelMessage("s2c", ids.rail, handshake);
const zeros = new Uint8Array(60_000);
const bulk = PacketType.PACKET_COMPR_TYPE_64K;

/** A session with some memory, in which the graphics channel is dynamic channel 3. */
function session(memoryLimit: number): Watched {
  const { c2s, s2c } = opening();
  const watched = new Watched(false, memoryLimit).send("c2s", c2s).send("s2c", s2c);
  watched.send("s2c", createRequest(3, "Microsoft::Windows::RDS::Graphics"), createRequest(4, "ECHO"));
  watched.lines.length = 0;
  return watched;
}

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;
/** Bytes that are in memory blocks now. */
function inUse(): number {
  collectGarbage();
  collectGarbage();
  return process.memoryUsage().arrayBuffers;
}

/** A message of `drdynvc` in its packets. */
const dynamic = (pdu: Uint8Array): Uint8Array[] =>
  chunkStaticMessage([pdu], new Arena(), { chunkSize: 16_000 }).map((parts) => {
    const value = { initiator: 1007, channelId: ids.drdynvc, dataPriority: 1, segmentation: 3 };
    const mcs = SendDataIndication.encode({ ...value, userData: Buffer.concat(parts) });
    return DataTpdu.encode({ data: mcs });
  });

/** A message of so many packets that expands to 60,000 bytes with each of them, and does not end. */
function bomb(direction: "c2s" | "s2c", channelId: number, packets: number, compressor: BulkCompressor): Uint8Array[] {
  return Array.from({ length: packets }, (_, index) => {
    const packet = compressor.compress(zeros);
    return packedChunk(direction, channelId, packet, 64 * mebibyte, index === 0 ? first : 0);
  });
}

describe("hostile input", () => {
  test("that expands without end, on all channels and both ways, takes no more than the limit", () => {
    const limit = 8 * mebibyte;
    const watched = session(limit);
    const compressors = { c2s: new BulkCompressor(bulk), s2c: new BulkCompressor(bulk) };
    const before = inUse();
    let sent = 0;
    let worst = 0;
    for (let round = 0; round < 3; round++) {
      for (const direction of ["c2s", "s2c"] as const) {
        for (const id of [ids.rail, ids.rdpsnd, ids.cliprdr, ids.rdpdr, 1033, 1034, 1035]) {
          const packets = bomb(direction, id, 30, compressors[direction]);
          sent += packets.reduce((sum, { length }) => sum + length, 0);
          watched.send(direction, ...packets);
          for (const line of watched.lines.splice(0)) {
            expect(["limit", "incomplete", undefined]).toContain(line.trouble);
          }
        }
        worst = Math.max(worst, inUse() - before);
      }
    }
    // 75 MB came out of this.
    expect(sent).toBeLessThan(200_000);
    expect(worst).toBeLessThan(limit + mebibyte);
    watched.send("s2c", ...readable);
    expect(watched.taken().filter((line) => !line.endsWith("!"))).toEqual([`mcs/rail ${Handshake.name}`]);
  });

  test("says what was given up and why, and is followed by what can be read", () => {
    const watched = session(mebibyte);
    watched.send("s2c", ...bomb("s2c", ids.cliprdr, 20, new BulkCompressor(bulk)));
    const trouble = watched.lines.filter(({ trouble }) => trouble !== undefined);
    expect(new Set(trouble.map(({ path, trouble }) => `${path} ${trouble}`))).toEqual(new Set(["mcs/cliprdr limit"]));
    expect(trouble[0]?.detail).toMatch(/more than 1 MiB together; a higher memory limit/);
    expect(trouble[0]?.bytes).toHaveLength(0);
    expect(trouble[1]?.bytes).toEqual(zeros);
    watched.taken();
    expect(watched.send("s2c", ...readable).taken()).toEqual([`mcs/rail ${Handshake.name}`]);
  });

  test("does not hinder a message that is smaller than what it holds", () => {
    const watched = session(mebibyte);
    watched.send("c2s", ...bomb("c2s", ids.cliprdr, 6, new BulkCompressor(bulk))).taken();
    const frames = concat(...Array.from({ length: 20_000 }, (_, frameId) => EndFrame.encode({ frameId })));
    watched.send("s2c", ...dynamicMessage("s2c", 3, segmented(frames)));
    const lines = watched.taken();
    expect(lines[0]).toBe("mcs/cliprdr limit!");
    expect(lines.slice(1)).toEqual(Array.from({ length: 20_000 }, () => `mcs/drdynvc/egfx ${EndFrame.name}`));
  });

  test("segments that expand too far are refused, and what refers to none of them is read", () => {
    const compressor = new ZgfxCompressor();
    const wrapped = concat(...compressMessage([new Uint8Array(3 * mebibyte)], compressor, new Arena()));
    expect(wrapped.length).toBeLessThan(10_000);
    const watched = session(mebibyte).send("s2c", ...dynamicMessage("s2c", 3, wrapped));
    expect(watched.taken()).toEqual(["mcs/drdynvc/segments limit!"]);
    watched.send("s2c", ...dynamicMessage("s2c", 3, segmented(EndFrame.encode({ frameId: 1 }))));
    expect(watched.taken()).toEqual([`mcs/drdynvc/egfx ${EndFrame.name}`]);
    const roomy = session(8 * mebibyte).send("s2c", ...dynamicMessage("s2c", 3, wrapped));
    expect(roomy.taken()).not.toContain("mcs/drdynvc/segments limit!");
  });

  test("fragments of the fast path give way, too", () => {
    const compressor = new BulkCompressor(bulk);
    const watched = session(mebibyte);
    const fragments = (count: number): void => {
      for (let index = 0; index < count; index++) {
        watched.send("s2c", packedUpdate(compressor.compress(zeros), 1, index === 0 ? 2 : 3));
      }
    };
    // More than there is for all.
    fragments(20);
    const [limited, ...others] = watched.lines.filter(({ trouble }) => trouble !== undefined);
    expect([limited?.trouble, limited?.bytes.length]).toEqual(["limit", zeros.length]);
    expect(new Set(others.map(({ trouble }) => trouble))).toEqual(new Set(["incomplete"]));
    // Less, and then others need it.
    fragments(4);
    watched.taken();
    watched.send("c2s", ...bomb("c2s", ids.rail, 3, new BulkCompressor(bulk)));
    watched.send("c2s", ...bomb("c2s", ids.rdpsnd, 3, new BulkCompressor(bulk)));
    expect(watched.taken()).toEqual(["fastpath-out/update limit!"]);
    expect(watched.send("s2c", ...readable).taken()).toEqual([`mcs/rail ${Handshake.name}`]);
  });

  test("many unfinished messages of dynamic channels", () => {
    const limit = 2 * mebibyte;
    const watched = session(limit);
    const before = inUse();
    for (let channelId = 5; channelId < 205; channelId++) {
      const begun = DataFirst.encode({ channelId, length: 60 * mebibyte, data: new Uint8Array(40_000) });
      watched.send("s2c", ...dynamic(begun));
      watched.lines.length = 0;
    }
    expect(inUse() - before).toBeLessThan(limit + mebibyte);
    expect(watched.send("s2c", ...readable).taken()).toEqual([`mcs/rail ${Handshake.name}`]);
  });

  test("the names of channels are not kept whole", () => {
    const watched = session(8 * mebibyte);
    const name = "n".repeat(mebibyte);
    const packets = (channelId: number): Uint8Array[] =>
      dynamic(CreateRequest.encode({ priority: 0, channelId, channelName: name }));
    watched.send("s2c", ...packets(4)).lines.length = 0;
    collectGarbage();
    const before = process.memoryUsage().heapUsed;
    for (let channelId = 5; channelId < 12; channelId++) watched.send("s2c", ...packets(channelId)).lines.length = 0;
    collectGarbage();
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(3 * mebibyte);
  });
});

test("whatever is cut up and interleaved, each byte is accounted for within a small limit", () => {
  const piece = fc.record({
    direction: fc.constantFrom("c2s", "s2c"),
    id: fc.constantFrom(ids.rdpdr, 1040, 1041),
    flags: fc.constantFrom(0, 1, 2, 3),
    length: fc.integer({ min: 0, max: 3000 }),
    data: fc.integer({ min: 0, max: 700 }).map((size) => new Uint8Array(size).fill(7)),
  });
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
      const watched = session(2000);
      let sent = 0;
      for (const { direction, id, flags, length, data } of pieces) {
        watched.send(direction, sendData(direction, id, chunk(length, flags, data)));
        sent += data.length;
      }
      const seen = watched.lines
        .filter(({ path, envelope }) => !envelope && path.startsWith("mcs/"))
        .reduce((sum, { bytes }) => sum + bytes.length, 0);
      expect(seen).toBeLessThanOrEqual(sent);
      const without = watched.lines.filter(({ bytes, trouble }) => trouble !== undefined && bytes.length === 0).length;
      watched.end();
      const ended = watched.lines.filter(({ bytes, trouble }) => trouble !== undefined && bytes.length === 0).length;
      if (seen < sent) expect(without + ended).toBeGreaterThan(0);
      expect(
        watched
          .send("s2c", ...readable)
          .taken()
          .at(-1),
      ).toBe(`mcs/rail ${Handshake.name}`);
    }),
  );
});
