import { Wave2, WaveConfirm } from "@railvail/audio";
import { FileContentsRequest, FileContentsResponse, FormatDataRequest, FormatDataResponse } from "@railvail/cliprdr";
import { EndFrame, FrameAcknowledge } from "@railvail/egfx";
import { Exec, ExecResult, Handshake, HandshakeEx, WindowMove } from "@railvail/rail";
import {
  Control,
  ControlAction,
  FrameAcknowledge as SurfaceFrameAcknowledge,
  SurfaceCommands,
} from "@railvail/transport";
import { generate, type Pdu } from "@railvail/wire";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { messageOf } from "../../testing/link-messages.js";
import type { Direction, Message } from "../index.js";
import { Linker } from "./linker.js";
import { pairs } from "./pair-table.js";

const empty = new Uint8Array(0);
const endFrame = (frameId: number, over: Partial<Message> = {}): Message =>
  messageOf(EndFrame, { frameId }, "s2c", over);
const acknowledge = (frameId: number, over: Partial<Message> = {}): Message =>
  messageOf(FrameAcknowledge, { queueDepth: 0, frameId, totalFramesDecoded: 1 }, "c2s", over);
const dataRequest = (direction: Direction, over: Partial<Message> = {}): Message =>
  messageOf(FormatDataRequest, { msgFlags: 0, requestedFormatId: 13 }, direction, over);
const dataResponse = (direction: Direction, over: Partial<Message> = {}): Message =>
  messageOf(FormatDataResponse, { msgFlags: 1, requestedFormatData: empty }, direction, over);

describe("acknowledgements", () => {
  test("each belongs to the frame with its number, in any order, repeated or missing", () => {
    const acked = fc.array(fc.nat(99), { maxLength: 300 });
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(99), { maxLength: 100 }), acked, (sent, acks) => {
        const linker = new Linker();
        for (const frameId of sent) expect(linker.link(endFrame(frameId, { packet: 1000 + frameId }))).toBeUndefined();
        const seen = new Map<number, number>();
        for (const frameId of acks) {
          const nth = (seen.get(frameId) ?? 0) + 1;
          seen.set(frameId, nth);
          const link = linker.link(acknowledge(frameId, { time: 5n }));
          if (!sent.includes(frameId)) expect(link).toBeUndefined();
          else {
            const to = { packet: 1000 + frameId, name: "RDPGFX_END_FRAME_PDU" };
            expect(link).toEqual({ relation: "answers", kind: "frame", to, delay: 5n, nth });
          }
        }
      }),
    );
  });

  test("frames of surface commands are acknowledged on another channel, by the number of their end", () => {
    const linker = new Linker();
    const marker = (frameAction: number, frameId: number) => ({
      command: { type: "frameMarker" as const, frameAction, frameId },
    });
    const surfaceCommands = [marker(1, 4), marker(0, 5), marker(1, 5), marker(0, 6)];
    linker.link(messageOf(SurfaceCommands, { surfaceCommands }, "s2c", { path: "fastpath-out/update", packet: 3 }));
    const acknowledged = (frameId: number) =>
      linker.link(
        messageOf(
          SurfaceFrameAcknowledge,
          {
            frameId,
            shareId: 0,
            streamId: 1,
            pduSource: 0,
            uncompressedLength: 0,
            compressedType: 0,
            compressedLength: 0,
          },
          "c2s",
          { path: "mcs/io" },
        ),
      );
    expect(acknowledged(6)).toBeUndefined();
    expect(acknowledged(5)).toMatchObject({ kind: "surface frame", to: { packet: 3 } });
  });

  test("a number that comes again means the latest frame", () => {
    const linker = new Linker();
    linker.link(endFrame(7, { packet: 1 }));
    linker.link(acknowledge(7));
    linker.link(endFrame(7, { packet: 9 }));
    expect(linker.link(acknowledge(7))).toMatchObject({ to: { packet: 9 }, nth: 1 });
  });

  test("a sound block is confirmed when it came and when it was played", () => {
    const linker = new Linker();
    const wave = { wTimeStamp: 0, wFormatNo: 0, cBlockNo: 255, dwAudioTimeStamp: 0, data: empty };
    const confirm = { wTimeStamp: 0, cConfirmedBlockNo: 255 };
    linker.link(messageOf(Wave2, wave, "s2c", { time: 10n }));
    const delays = [15n, 30n].map((time) => linker.link(messageOf(WaveConfirm, confirm, "c2s", { time })));
    expect(delays.map((link) => [link?.delay, link?.nth])).toEqual([
      [5n, 1],
      [20n, 2],
    ]);
  });

  test("of what is never acknowledged, the oldest is forgotten", () => {
    const linker = new Linker();
    for (let frameId = 0; frameId < 5000; frameId++) linker.link(endFrame(frameId));
    expect(linker.link(acknowledge(4999))).toBeDefined();
    expect(linker.link(acknowledge(5000 - 1024))).toBeDefined();
    expect(linker.link(acknowledge(5000 - 1025))).toBeUndefined();
  });
});

describe("questions", () => {
  test("are answered in their order, each once, those of the two sides apart", () => {
    const side = fc.constantFrom<Direction>("c2s", "s2c");
    const step = fc.record({ asks: fc.boolean(), direction: side });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const linker = new Linker();
        const open = { c2s: [] as number[], s2c: [] as number[] };
        for (const [packet, { asks, direction }] of steps.entries()) {
          if (asks) {
            open[direction].push(packet);
            expect(linker.link(dataRequest(direction, { packet }))).toBeUndefined();
          } else {
            const asked = open[direction === "c2s" ? "s2c" : "c2s"].shift();
            const link = linker.link(dataResponse(direction, { packet }));
            expect(link?.to.packet).toBe(asked);
          }
        }
      }),
    );
  });

  test("with numbers are answered by number", () => {
    const linker = new Linker();
    for (const streamId of [1, 2]) {
      const request = { lindex: 0, dwFlags: 2, nPositionLow: 0, nPositionHigh: 0, cbRequested: 1 };
      linker.link(
        messageOf(FileContentsRequest, { msgFlags: 0, streamId, ...request, clipDataId: undefined }, "c2s", {
          packet: streamId,
        }),
      );
    }
    const answer = (streamId: number) =>
      linker.link(messageOf(FileContentsResponse, { msgFlags: 1, streamId, requestedFileContentsData: empty }, "s2c"));
    expect(answer(2)?.to.packet).toBe(2);
    expect(answer(2)).toBeUndefined();
    expect(answer(1)?.to.packet).toBe(1);
  });

  test("that nobody answered by the time bytes are missing are forgotten; frames are not", () => {
    const linker = new Linker();
    linker.link(dataRequest("c2s"));
    linker.link(endFrame(1));
    linker.lost(0);
    expect(linker.link(dataResponse("s2c"))).toBeUndefined();
    expect(linker.link(acknowledge(1))).toBeDefined();
  });

  test("of one connection or channel are not answered on another", () => {
    const linker = new Linker();
    linker.link(endFrame(1, { path: "mcs/drdynvc/egfx" }));
    expect(linker.link(acknowledge(1, { connection: 1, path: "mcs/drdynvc/egfx" }))).toBeUndefined();
    expect(linker.link(acknowledge(1, { path: "mcs/other" }))).toBeUndefined();
    expect(linker.link(acknowledge(1, { path: "mcs/drdynvc/egfx" }))).toBeDefined();
  });

  test("of the connection unused for longest are forgotten when there are too many", () => {
    const linker = new Linker();
    for (let connection = 0; connection < 257; connection++) {
      linker.link(endFrame(1, { connection }));
      // Connection 0 stays in use.
      linker.link(endFrame(2, { connection: 0 }));
    }
    expect(linker.link(acknowledge(1, { connection: 0 }))).toBeDefined();
    expect(linker.link(acknowledge(1, { connection: 1 }))).toBeUndefined();
    expect(linker.link(acknowledge(1, { connection: 256 }))).toBeDefined();
  });
});

describe("who asks", () => {
  test("the server greets first, with either handshake", () => {
    for (const first of [
      messageOf(Handshake, { buildNumber: 1 }, "s2c"),
      messageOf(HandshakeEx, { buildNumber: 1, railHandshakeFlags: 0 }, "s2c"),
    ]) {
      const linker = new Linker();
      expect(linker.link(messageOf(Handshake, { buildNumber: 2 }, "c2s"))).toBeUndefined();
      linker.link(first);
      expect(linker.link(messageOf(Handshake, { buildNumber: 2 }, "c2s"))?.to.name).toBe(first.name);
    }
  });

  test("control that is granted was requested, not offered", () => {
    const linker = new Linker();
    const control = (action: number, direction: Direction) =>
      linker.link(
        messageOf(
          Control,
          {
            pduSource: 0,
            shareId: 0,
            streamId: 1,
            uncompressedLength: 0,
            compressedType: 0,
            compressedLength: 0,
            action,
            grantId: 0,
            controlId: 0,
          },
          direction,
        ),
      );
    expect(control(ControlAction.cooperate, "c2s")).toBeUndefined();
    expect(control(ControlAction.grantedControl, "s2c")).toBeUndefined();
    control(ControlAction.requestControl, "c2s");
    expect(control(ControlAction.cooperate, "s2c")).toBeUndefined();
    expect(control(ControlAction.grantedControl, "s2c")?.kind).toBe("control");
  });

  test("a start and its result have the same name, but for a NUL", () => {
    const linker = new Linker();
    const exec = (exeOrFile: string) => messageOf(Exec, { flags: 0, exeOrFile, workingDir: "", arguments: "" }, "c2s");
    const result = (exeOrFile: string) =>
      messageOf(ExecResult, { flags: 0, execResult: 0, rawResult: 0, exeOrFile }, "s2c");
    linker.link(exec("xterm"));
    expect(linker.link(result("xeyes"))).toBeUndefined();
    expect(linker.link(result("xterm\0"))?.kind).toBe("start");
  });
});

test("whatever comes, a link goes back to a message that was handed in", () => {
  const members = pairs.flatMap(({ first, second }) => [...first, ...second]).map(({ pdu }) => pdu);
  const step = fc.record({ member: fc.nat(members.length - 1), client: fc.boolean(), seed: fc.nat() });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
      const linker = new Linker();
      const names: string[] = [];
      for (const [packet, { member, client, seed }] of steps.entries()) {
        const pdu = members[member] as Pdu;
        let drawn = seed;
        // Small numbers, so that keys are the same now and then.
        const value = generate(pdu, { int: (low, high) => Math.min(low + (drawn++ % 3), high) });
        const link = linker.link(messageOf(pdu, value, client ? "c2s" : "s2c", { packet }));
        if (link !== undefined) expect(link.to.name).toBe(names[link.to.packet]);
        names.push(pdu.name);
      }
    }),
    { numRuns: 30 },
  );
});

describe("what is not looked at", () => {
  test("values of messages that are part of no pair, or could not be read", () => {
    const linker = new Linker();
    const never = (message: Message, over: Partial<Message>): Message =>
      Object.defineProperty({ ...message, ...over }, "value", {
        get: () => {
          throw new Error("decoded");
        },
      });
    const move = messageOf(WindowMove, { windowId: 1, left: 0, top: 0, right: 1, bottom: 1 }, "c2s");
    expect(linker.link(never(move, {}))).toBeUndefined();
    expect(linker.link(never(move, { pdu: undefined }))).toBeUndefined();
    expect(linker.link(never(endFrame(1), { trouble: "undecodable" }))).toBeUndefined();
  });
});

test("each kind is one pair, and no declaration is on one side twice", () => {
  expect(new Set(pairs.map(({ kind }) => kind)).size).toBe(pairs.length);
  for (const { first, second } of pairs) {
    expect(new Set(first.map(({ pdu }) => pdu)).size).toBe(first.length);
    expect(new Set(second.map(({ pdu }) => pdu)).size).toBe(second.length);
  }
});
