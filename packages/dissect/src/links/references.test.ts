import { LockClipData, UnlockClipData } from "@railvail/cliprdr";
import { ClosePool, CreateBuffer, OpenPool, PresentBuffer, PresentBufferAck } from "@railvail/gfxredir";
import { describe, expect, test } from "vitest";
import { messageOf } from "../../testing/link-messages.js";
import type { Message } from "../index.js";
import { Linker } from "./linker.js";

describe("references", () => {
  const rectangle = { left: 0, top: 0, width: 1, height: 1 };
  const present = (bufferId: bigint, presentId: bigint): Message =>
    messageOf(
      PresentBuffer,
      {
        timestamp: 0n,
        presentId,
        windowId: 5n,
        bufferId,
        orientation: 0,
        targetWidth: 1,
        targetHeight: 1,
        dirtyRect: rectangle,
        opaqueRects: [],
      },
      "s2c",
      { packet: 30 },
    );
  const buffer = { offset: 0n, stride: 4, width: 1, height: 1, format: 2 };

  test("a buffer is of a pool, a present of a buffer, an acknowledgement answers the present", () => {
    const linker = new Linker();
    const open = messageOf(OpenPool, { poolId: 1n, poolSize: 4096n, sectionName: "{}" }, "s2c", { packet: 10 });
    expect(linker.link(open)).toBeUndefined();
    const create = messageOf(CreateBuffer, { poolId: 1n, bufferId: 2n, ...buffer }, "s2c", { packet: 20 });
    expect(linker.link(create)).toMatchObject({ relation: "refers", kind: "pool", to: { packet: 10 } });
    for (const nth of [1, 2]) {
      expect(linker.link(present(2n, BigInt(nth)))).toMatchObject({ relation: "refers", to: { packet: 20 }, nth });
    }
    const ack = (presentId: bigint) => linker.link(messageOf(PresentBufferAck, { windowId: 5n, presentId }, "c2s"));
    expect(ack(2n)).toMatchObject({ relation: "answers", kind: "present", to: { packet: 30 } });
    expect(ack(1n)).toBeDefined();
    expect(ack(3n)).toBeUndefined();
  });

  test("a pool that was closed is not referred to", () => {
    const linker = new Linker();
    linker.link(messageOf(OpenPool, { poolId: 1n, poolSize: 4096n, sectionName: "{}" }, "s2c"));
    expect(linker.link(messageOf(ClosePool, { poolId: 1n }, "s2c"))?.kind).toBe("pool");
    expect(linker.link(messageOf(ClosePool, { poolId: 1n }, "s2c"))).toBeUndefined();
  });

  test("a lock is released by the side that took it", () => {
    const linker = new Linker();
    linker.link(messageOf(LockClipData, { msgFlags: 0, clipDataId: 4 }, "c2s"));
    expect(linker.link(messageOf(UnlockClipData, { msgFlags: 0, clipDataId: 4 }, "s2c"))).toBeUndefined();
    expect(linker.link(messageOf(UnlockClipData, { msgFlags: 0, clipDataId: 4 }, "c2s"))?.relation).toBe("refers");
  });
});
