import { WindowDeleted } from "@railvail/rail";
import {
  FastPathInput,
  fastPathInput,
  FastPathUpdateCode,
  FrameMarkerOrder,
  OrdersUpdate,
  PointerPosition,
  PrimaryOrder,
  type FastPathUpdate,
} from "@railvail/transport";
import { describe, expect, test } from "vitest";
import { bytesOf, channelMessage, concat, fastPath, ids } from "../testing/session-bytes.js";
import { Watched } from "../testing/watch.js";

const [single, last, first, next] = [0, 1, 2, 3];
const update = (updateCode: number, updateData: Uint8Array, fragmentation = single): FastPathUpdate => ({
  updateCode,
  fragmentation,
  compression: 0,
  updateData,
});
const deleted = bytesOf("2e 0b00 00000021 03000000");
const marker = FrameMarkerOrder.encode({ action: 0 });
const orders = (...some: Uint8Array[]): Uint8Array =>
  OrdersUpdate.encode({ numberOrders: some.length, orderData: concat(...some) });
const shown = (...packets: Uint8Array[]): string[] => new Watched().send("s2c", ...packets).taken();

describe("updates of the server", () => {
  test("orders are messages of their own", () => {
    expect(shown(fastPath(update(0, orders(marker, deleted, deleted))))).toEqual([
      `fastpath-out/altsec ${FrameMarkerOrder.name}`,
      `fastpath-out/window-order ${WindowDeleted.name}`,
      `fastpath-out/window-order ${WindowDeleted.name}`,
    ]);
  });

  test("primary orders refer to those before them, and to none before a gap", () => {
    // A rectangle, first with its type, then without.
    const stated = bytesOf("09 0a 1f 0100 0200 0300 0400 05");
    const same = bytesOf("01 01 0600");
    const primary = `fastpath-out/primary-order ${PrimaryOrder.name}`;
    const watched = new Watched().send("s2c", fastPath(update(0, orders(stated, same))));
    expect(watched.lines.slice(-2).map(({ bytes }) => bytes)).toEqual([stated, same]);
    expect(watched.taken()).toEqual([primary, primary]);
    expect(watched.send("s2c", fastPath(update(0, orders(same)))).taken()).toEqual([primary]);
    watched.gap("s2c").send("s2c", ...channelMessage("s2c", ids.rail, bytesOf("00")));
    watched.taken();
    expect(watched.send("s2c", fastPath(update(0, orders(same)))).taken()).toEqual(["fastpath-out/orders unknown!"]);
    expect(watched.send("s2c", fastPath(update(0, orders(stated, same)))).taken()).toEqual([primary, primary]);
  });

  test("orders that cannot be walked are given as they are", () => {
    expect(shown(fastPath(update(0, orders(marker, bytesOf("01ff")))))).toEqual([
      `fastpath-out/altsec ${FrameMarkerOrder.name}`,
      "fastpath-out/orders unknown!",
    ]);
    // An order of no kind; one whose length goes past the end.
    expect(shown(fastPath(update(0, orders(bytesOf("2e 0700 00000000")))))).toEqual([
      "fastpath-out/window-order unknown!",
    ]);
    expect(shown(fastPath(update(0, orders(bytesOf("2e ffff 00000000")))))).toEqual(["fastpath-out/orders unknown!"]);
    expect(shown(fastPath(update(0, bytesOf("01"))))).toEqual(["fastpath-out/orders undecodable!"]);
  });

  test("fragments are put together; the update's bytes have a source of their own", () => {
    const whole = orders(marker, deleted);
    const watched = new Watched().send(
      "s2c",
      fastPath(update(0, whole.subarray(0, 3), first), update(0, whole.subarray(3, 9), next)),
    );
    expect(watched.taken()).toEqual([]);
    watched.send("s2c", fastPath(update(0, whole.subarray(9), last)));
    expect(watched.lines.at(-1)?.bytes).toEqual(deleted);
    expect(watched.lines.map(({ trouble }) => trouble)).not.toContain("incomplete");
  });

  test("fragments that do not fit, and those that a gap or the end cuts off", () => {
    expect(shown(fastPath(update(0, new Uint8Array(2), next)))).toEqual(["fastpath-out incomplete!"]);
    expect(shown(fastPath(update(0, new Uint8Array(2), first), update(1, new Uint8Array(3), last)))).toEqual([
      "fastpath-out incomplete!",
    ]);
    const begun = fastPath(update(0, new Uint8Array(2), first));
    expect(new Watched().send("s2c", begun).gap("s2c").taken()).toEqual(["fastpath-out/update incomplete!"]);
    expect(new Watched().send("s2c", begun).end().taken()).toEqual(["fastpath-out/update incomplete!"]);
    expect(new Watched().send("s2c", begun).gap("c2s").taken()).toEqual([]);
  });

  test("updates without a body are no trouble unless they have one", () => {
    const { synchronize, pointerHidden, pointerDefault } = FastPathUpdateCode;
    for (const code of [synchronize, pointerHidden, pointerDefault]) {
      const watched = new Watched().send("s2c", fastPath(update(code, new Uint8Array(0))));
      expect(watched.lines.map(({ name, trouble }) => [name, trouble])).toEqual([
        ["TS_FP_UPDATE_PDU", undefined],
        ["TS_FP_UPDATE", undefined],
      ]);
      expect(shown(fastPath(update(code, new Uint8Array(1))))).toEqual(["fastpath-out unknown!"]);
    }
    expect(shown(fastPath(update(7, new Uint8Array(1))))).toEqual(["fastpath-out unknown!"]);
  });

  test("bodies, and compressed ones that are damaged", () => {
    const position = PointerPosition.encode({ xPos: 1, yPos: 2 });
    expect(shown(fastPath(update(FastPathUpdateCode.pointerPosition, position)))).toEqual([
      `fastpath-out/update ${PointerPosition.name}`,
    ]);
    const packed = { ...update(0, new Uint8Array(5).fill(0xff)), compressionFlags: 0x21 };
    const watched = new Watched().send("s2c", fastPath(packed));
    expect(watched.lines.at(-1)).toMatchObject({
      name: "TS_FP_UPDATE",
      trouble: "compressed",
      value: { updateCode: 0 },
    });
    expect(watched.lines.at(-1)?.bytes).toHaveLength(9);
    // Flags that do not say compressed: the bytes are as they are.
    expect(shown(fastPath({ ...update(0, orders(marker)), compressionFlags: 0x01 }))).toEqual([
      `fastpath-out/altsec ${FrameMarkerOrder.name}`,
    ]);
  });
});

describe("events of the client", () => {
  test("each is a message with its bytes", () => {
    const events = [
      { eventFlags: 0, event: { type: "scancode", keyCode: 30 } },
      { eventFlags: 0, event: { type: "sync" } },
      { eventFlags: 0, event: { type: "mouse", pointerFlags: 0x800, xPos: 3, yPos: 4 } },
    ] as const;
    for (const repeat of [1, 6]) {
      const many = Array.from({ length: repeat }, () => events).flat();
      const watched = new Watched().send("c2s", FastPathInput.encode(fastPathInput(many)));
      const lines = watched.lines.filter(({ path }) => path === "fastpath-in");
      expect(lines.map(({ bytes }) => bytes.length)).toEqual(many.map((_, index) => [2, 1, 7][index % 3]));
      expect(lines.map(({ value }) => value)).toMatchObject(many);
    }
  });

  test("an event of an unknown kind takes the rest", () => {
    expect(new Watched().send("c2s", bytesOf("04 05 f0 01 02")).lines.at(-1)).toMatchObject({
      path: "fastpath-in",
      bytes: bytesOf("f00102"),
    });
    expect(new Watched().send("c2s", bytesOf("08 04 00 01")).taken()).toEqual(["fastpath undecodable!"]);
    expect(new Watched().send("c2s", bytesOf("88 0d 0000000000000000 010203")).taken()).toEqual([
      "fastpath-in encrypted!",
    ]);
  });

  test("events after one of unknown size cannot be found, and the packet says so", () => {
    const watched = new Watched().send("c2s", bytesOf("0c 08 00 1e e1 aa 00 1e"));
    expect(watched.lines.at(-1)).toMatchObject({ path: "fastpath", name: "TS_FP_INPUT_PDU", trouble: "unknown" });
    expect(watched.lines.at(-1)?.detail).toMatch(/^input event 2 of 3 has the code 7/);
    watched.send("c2s", bytesOf("00 06 02 f0 00 1e"));
    expect(watched.lines.at(-1)?.detail).toMatch(/^input event 1 of 2 /);
    // As the last one it has the rest.
    expect(new Watched().send("c2s", bytesOf("00 06 02 00 1e f0")).taken()).toEqual([
      "fastpath-in TS_FP_INPUT_EVENT",
      "fastpath-in TS_FP_INPUT_EVENT",
    ]);
    expect(new Watched().send("c2s", bytesOf("00 03 00"), bytesOf("00 02")).taken()).not.toContain("fastpath unknown!");
  });
});
