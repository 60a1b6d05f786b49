import type { Message } from "@railvail/dissect";
import {
  CapsAdvertise,
  CapsConfirm,
  ClosePool,
  CreateBuffer,
  DestroyBuffer,
  OpenPool,
  PresentBuffer,
  PresentBufferAck,
} from "@railvail/gfxredir";
import { leaves } from "@railvail/wire";
import { expect, test } from "vitest";
import { fixtureText, walkChannel } from "./recordings.js";

const name = "wslg-vail-gfxredir";

/** A field that the value leaves out, in the last structure that has one of this name. */
function hidden(message: Message, field: string): number {
  const found = [...leaves(message.inspect()?.fields ?? [])].findLast(({ name }) => name === field);
  return Number(found?.value);
}

const hex = (message: Message, field: string): string => `0x${hidden(message, field).toString(16)}`;

/** Writes a message as the log of the client plugin does. */
type Line = (value: never, message: Message) => string;

const lines: ReadonlyMap<unknown, Line> = new Map<unknown, Line>([
  [
    CapsAdvertise,
    (_: CapsAdvertise, message: Message) => {
      const version = hidden(message, "version");
      return `CAPS_ADVERTISE v${version >> 12}.${version & 0xfff}`;
    },
  ],
  [
    CapsConfirm,
    (_: CapsConfirm, message: Message) =>
      `CAPS_CONFIRM sig=${hex(message, "signature")} version=${hex(message, "version")} ` +
      `len=${hidden(message, "length")}`,
  ],
  [
    OpenPool,
    ({ poolId, poolSize, sectionName }: OpenPool) =>
      `OPEN_POOL pool=${poolId} size=${poolSize} nameChars=${sectionName.length + 1} ` + `name=${sectionName}`,
  ],
  [
    CreateBuffer,
    ({ poolId, bufferId, offset, stride, width, height, format }: CreateBuffer) =>
      `CREATE_BUFFER pool=${poolId} buffer=${bufferId} offset=${offset} stride=${stride} ` +
      `${width}x${height} format=${format}`,
  ],
  [
    PresentBuffer,
    (present: PresentBuffer, { offset, end }: Message) => {
      const { left, top, width, height } = present.dirtyRect;
      return (
        `PRESENT_BUFFER ts=${present.timestamp} present=${present.presentId} ` +
        `window=${present.windowId} buffer=${present.bufferId} orient=${present.orientation} ` +
        `target=${present.targetWidth}x${present.targetHeight} ` +
        `dirty=${left},${top} ${width}x${height} opaqueRects=${present.opaqueRects.length} ` +
        `pduLen=${end - offset}`
      );
    },
  ],
  [
    PresentBufferAck,
    ({ windowId, presentId }: PresentBufferAck) => `PRESENT_BUFFER_ACK window=${windowId} present=${presentId}`,
  ],
  [DestroyBuffer, ({ bufferId }: DestroyBuffer) => `DESTROY_BUFFER buffer=${bufferId}`],
  [ClosePool, ({ poolId }: ClosePool) => `CLOSE_POOL pool=${poolId}`],
]);

const direction = { c2s: "C->S", s2c: "S->C" } as const;

test("the messages are those that the client logged, each way in order, with all their fields", async () => {
  // The checksum is of shared memory and `mapped` of the client's doing; neither is on the wire.
  const expected = fixtureText(name, "client-gfxredir.log")
    .split("\n")
    .filter((line) => /^[CS]->/.test(line))
    .map((line) => line.trimEnd().replace(/ (bufferCrc32|mapped)=\w+$/, ""));
  const decoded: string[] = [];
  await walkChannel(name, "gfxredir", (message) => {
    const line = lines.get(message.pdu);
    const text = line === undefined ? message.name : line(message.value as never, message);
    decoded.push(`${direction[message.direction]} ${text}`);
  });
  expect(expected.length).toBeGreaterThan(90);
  // What crossed on the way has another order at the client than on the wire.
  for (const start of Object.values(direction)) {
    const ours = (line: string): boolean => line.startsWith(start);
    expect(decoded.filter(ours)).toEqual(expected.filter(ours));
  }
});

test("each present lies in its buffer, each buffer in its pool, and each is acknowledged once", async () => {
  const pools = new Map<bigint, bigint>();
  const buffers = new Map<bigint, CreateBuffer>();
  const waiting = new Map<bigint, bigint>();
  const strange: string[] = [];
  await walkChannel(name, "gfxredir", ({ pdu, value }) => {
    if (pdu === OpenPool) pools.set((value as OpenPool).poolId, (value as OpenPool).poolSize);
    else if (pdu === ClosePool) pools.delete((value as ClosePool).poolId);
    else if (pdu === DestroyBuffer) buffers.delete((value as DestroyBuffer).bufferId);
    else if (pdu === CreateBuffer) {
      const buffer = value as CreateBuffer;
      buffers.set(buffer.bufferId, buffer);
      const end = buffer.offset + BigInt(buffer.stride * buffer.height);
      if (end > (pools.get(buffer.poolId) ?? 0n)) strange.push(`buffer ${buffer.bufferId}`);
    } else if (pdu === PresentBuffer) {
      const { presentId, windowId, bufferId, dirtyRect: dirty } = value as PresentBuffer;
      const buffer = buffers.get(bufferId);
      const inside =
        dirty.left + dirty.width <= (buffer?.width ?? 0) && dirty.top + dirty.height <= (buffer?.height ?? 0);
      if (!inside) strange.push(`present ${presentId}`);
      waiting.set(presentId, windowId);
    } else if (pdu === PresentBufferAck) {
      const { presentId, windowId } = value as PresentBufferAck;
      if (waiting.get(presentId) !== windowId) strange.push(`acknowledgement ${presentId}`);
      waiting.delete(presentId);
    }
  });
  expect(strange).toEqual([]);
  expect([...waiting]).toEqual([]);
  expect([pools.size, buffers.size]).toEqual([2, 2]);
});
