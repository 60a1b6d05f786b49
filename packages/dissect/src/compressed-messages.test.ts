import { WindowDeleted } from "@railvail/rail";
import { BulkCompressor, PointerUpdate, Synchronize, Update, type BulkType } from "@railvail/transport";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { deletions, packed, packedChunk, packedShare, packedUpdate } from "../testing/compressed-bytes.js";
import { openedSession } from "../testing/opened.js";
import { bytesOf, channelMessage, concat, fastPath, first, ids, last, sendData } from "../testing/session-bytes.js";
import { Watched } from "../testing/watch.js";

const types: readonly BulkType[] = [0, 1, 2, 3];
const some = deletions(...Array.from({ length: 12 }, (_, window) => window));
const window = `fastpath-out/window-order ${WindowDeleted.name}`;
const closed = "fastpath-out compressed!";
const handshake = bytesOf("0500 0800 b11d0000");
const order = "mcs/rail TS_RAIL_ORDER_HANDSHAKE";

/** Bytes are lost; a packet follows that is surely one. */
function lose(watched: Watched): void {
  watched.gap("s2c").send("s2c", ...channelMessage("s2c", ids.rail, handshake));
  expect(watched.taken().at(-1)).toBe(order);
}

describe.each(types)("compression of type %d", (type) => {
  test("fast path: the update is an envelope, its orders follow", () => {
    const compressor = new BulkCompressor(type);
    const watched = new Watched();
    for (let round = 0; round < 40; round++) {
      const plain = deletions(...Array.from({ length: 9 }, (_, index) => index + round));
      const packet = packed(compressor, plain);
      watched.send("s2c", packedUpdate(packet));
      const update = watched.lines.find(({ name }) => name === "TS_FP_UPDATE");
      expect(update).toMatchObject({ path: "fastpath-out", envelope: true, trouble: undefined });
      expect(update?.value).toMatchObject({ compressionFlags: packet.flags, updateData: packet.data });
      expect(update?.pdu?.encode(update.value)).toEqual(update?.bytes);
      expect(watched.lines.filter(({ path }) => path === "fastpath-out/orders").map(({ bytes }) => bytes)).toEqual([
        plain,
      ]);
      expect(watched.taken()).toEqual(Array(9).fill(window));
    }
  });

  test("fast path, slow path and static channels share one history", () => {
    const compressor = new BulkCompressor(type);
    const watched = openedSession();
    const pointer = concat(bytesOf("0100 0000"), new Uint8Array(4));
    const orders = concat(bytesOf("0000 0000"), some.subarray(0, 2), bytesOf("0000"), some.subarray(2));
    const message = concat(...Array.from({ length: 20 }, () => handshake));
    const expected = [...Array<string>(12).fill(window)];
    for (let round = 0; round < 4; round++) {
      watched.send("s2c", packedUpdate(packed(compressor, some)));
      expect(watched.taken()).toEqual(expected);
      watched.send("s2c", sendData("s2c", ids.io, packedShare(packed(compressor, orders), 2, orders.length)));
      const [share, plain] = watched.lines.filter(({ path }) => path === "mcs/io");
      expect(share).toMatchObject({ name: "TS_SHAREDATAHEADER", envelope: true });
      expect(plain).toMatchObject({ pdu: Update, trouble: undefined });
      expect(plain?.bytes.subarray(18)).toEqual(orders);
      expect(plain?.value).toMatchObject({ compressedType: 0, compressedLength: 0 });
      expect(plain?.pdu?.encode(plain.value)).toEqual(plain?.bytes);
      expect(watched.taken()).toEqual([
        `mcs/io ${Update.name}`,
        ...Array<string>(12).fill(`mcs/io/window-order ${WindowDeleted.name}`),
      ]);
      watched.send("s2c", packedChunk("s2c", ids.rail, packed(compressor, message), message.length));
      expect(watched.taken()).toEqual(Array(20).fill(order));
      // What is not compressed stays out of the history.
      watched.send("s2c", ...channelMessage("s2c", ids.rail, handshake));
      watched.send("s2c", sendData("s2c", ids.io, packedShare({ data: pointer, flags: type }, 27, 8)));
      expect(watched.taken()).toEqual([order, `mcs/io ${PointerUpdate.name}`]);
    }
  });

  test("each direction has its own history", () => {
    const [server, client] = [new BulkCompressor(type), new BulkCompressor(type)];
    const message = concat(...Array.from({ length: 20 }, () => handshake));
    const watched = openedSession();
    for (let round = 0; round < 6; round++) {
      watched.send("s2c", packedUpdate(packed(server, some)));
      expect(watched.taken()).toHaveLength(12);
      watched.send("c2s", packedChunk("c2s", ids.rail, packed(client, message), message.length));
      expect(watched.taken()).toEqual(Array(20).fill(order));
    }
  });

  test("chunks are opened before they are put together, fragments likewise", () => {
    const compressor = new BulkCompressor(type);
    const message = concat(...Array.from({ length: 30 }, () => handshake));
    const parts = [message.subarray(0, 90), message.subarray(90, 180), message.subarray(180)];
    const places = [first, 0, last];
    const chunks = parts.map((part, index) =>
      packedChunk("s2c", ids.rail, packed(compressor, part), message.length, places[index]),
    );
    const fragments = [some.subarray(0, 60), some.subarray(60)].map((part, index) =>
      packedUpdate(packed(compressor, part), 0, index === 0 ? 2 : 1),
    );
    expect(
      openedSession()
        .send("s2c", ...chunks, ...fragments)
        .taken(),
    ).toEqual([...Array<string>(30).fill(order), ...Array<string>(12).fill(window)]);
  });

  test("after a gap nothing is opened until the sender flushes; the rest is read", () => {
    const compressor = new BulkCompressor(type);
    const watched = openedSession();
    const send = (): string[] => watched.send("s2c", packedUpdate(packed(compressor, some))).taken();
    expect(send()).toHaveLength(12);
    watched.gap("c2s");
    expect(send()).toHaveLength(12);
    lose(watched);
    watched.send("s2c", packedUpdate(packed(compressor, some)));
    expect(watched.lines.at(-1)?.detail).toMatch(/bytes before this are missing.*has not cleared/);
    expect(watched.taken()).toEqual([closed]);
    watched.send("s2c", packedChunk("s2c", ids.rail, packed(compressor, some), some.length));
    expect(watched.taken()).toEqual(["mcs/rail compressed!"]);
    const update = { updateCode: 0, fragmentation: 0, compression: 0, updateData: some };
    expect(watched.send("s2c", fastPath(update)).taken()).toHaveLength(12);
    compressor.flush();
    for (let round = 0; round < 3; round++) expect(send()).toEqual(Array(12).fill(window));
  });

  test("where the beginning is missing, too", () => {
    const compressor = new BulkCompressor(type);
    const watched = new Watched(true);
    for (let round = 0; round < 4; round++) watched.send("s2c", packedUpdate(packed(compressor, some)));
    expect(watched.taken().at(-1)).toBe(closed);
    compressor.flush();
    expect(watched.send("s2c", packedUpdate(packed(compressor, some))).taken()).toHaveLength(12);
  });

  test("damage: a sentence why, and nothing more until the sender flushes", () => {
    const compressor = new BulkCompressor(type);
    const watched = new Watched().send("s2c", packedUpdate(packed(compressor, some)));
    watched.taken();
    watched.send("s2c", packedUpdate({ data: new Uint8Array(1).fill(0xff), flags: 0x20 | type }));
    const damaged = watched.lines.at(-1);
    // One byte may be padding in MPPC; more of it is not.
    if (damaged?.trouble === undefined) {
      watched.send("s2c", packedUpdate({ data: new Uint8Array(9).fill(0xff), flags: 0x20 | type }));
    }
    expect(watched.lines.at(-1)).toMatchObject({ trouble: "compressed", name: "TS_FP_UPDATE" });
    expect(watched.lines.at(-1)?.detail).toMatch(
      /^bulk compressed; .* at byte \d+: .*; later compressed packets cannot be opened until the sender flushes$/,
    );
    watched.lines.length = 0;
    watched.send("s2c", packedUpdate(packed(compressor, some)));
    expect(watched.lines.at(-1)?.detail).toMatch(/a packet before this could not be opened/);
    expect(watched.taken()).toEqual([closed]);
    compressor.flush();
    expect(watched.send("s2c", packedUpdate(packed(compressor, some))).taken()).toHaveLength(12);
  });
});

test("other types go on after damage in one; there is no type above 3", () => {
  const compressor = new BulkCompressor(1);
  const watched = new Watched().send("s2c", packedUpdate(packed(compressor, some)));
  watched.send("s2c", packedUpdate({ data: new Uint8Array(9).fill(0xff), flags: 0x20 }));
  watched.send("s2c", packedUpdate({ data: new Uint8Array(9), flags: 0x25 }));
  expect(watched.taken().slice(-2)).toEqual([closed, closed]);
  expect(watched.send("s2c", packedUpdate(packed(compressor, some))).taken()).toHaveLength(12);
});

test("a packet that cannot be read may have been compressed", () => {
  const compressor = new BulkCompressor(1);
  const watched = new Watched().send("s2c", packedUpdate(packed(compressor, some)));
  const bad = packedUpdate(packed(compressor, some));
  bad[4] = 0xff;
  watched.send("s2c", bad);
  expect(watched.taken().at(-1)).toBe("fastpath undecodable!");
  expect(watched.send("s2c", packedUpdate(packed(compressor, some))).taken()).toEqual([closed]);
});

test("flags without data that is compressed clear the history", () => {
  const compressor = new BulkCompressor(1);
  const watched = openedSession().gap("s2c");
  const synchronize = bytesOf("0100 ea03");
  const message = packedShare({ data: synchronize, flags: 0x81 }, 31, 4);
  expect(watched.send("s2c", sendData("s2c", ids.io, message)).taken()).toEqual([`mcs/io ${Synchronize.name}`]);
  expect(watched.send("s2c", packedUpdate(packed(compressor, some))).taken()).toHaveLength(12);
});

test("a Data PDU that would be too large", () => {
  const plain = new Uint8Array(65_530);
  const message = packedShare(packed(new BulkCompressor(1), plain), 2, 0);
  const watched = openedSession().send("s2c", sendData("s2c", ids.io, message));
  expect(watched.lines.at(-1)).toMatchObject({ name: "TS_SHAREDATAHEADER", trouble: "compressed" });
});

test("any bytes with any flags, anywhere, give records and no error", () => {
  const packet = fc.record({
    data: fc.uint8Array({ maxLength: 40 }),
    flags: fc.integer({ min: 0, max: 255 }),
    kind: fc.constantFrom("fast", "slow", "chunk"),
    gap: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(packet, { maxLength: 10 }), (packets) => {
      const watched = openedSession();
      for (const { kind, gap, data, flags } of packets) {
        if (gap) lose(watched);
        const before = watched.lines.length;
        if (kind === "fast") watched.send("s2c", packedUpdate({ data, flags }));
        else if (kind === "slow") watched.send("s2c", sendData("s2c", ids.io, packedShare({ data, flags }, 2, 9)));
        else watched.send("s2c", packedChunk("s2c", ids.rail, { data, flags }, data.length));
        expect(watched.lines.length).toBeGreaterThan(before);
      }
    }),
    { numRuns: 300 },
  );
});
