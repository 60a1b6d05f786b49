import { Arena } from "@railvail/wire";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ChannelPdu } from "./pdu/channel-pdu.js";
import { chunkStaticMessage, StaticChannelAssembler, type StaticChannelResult } from "./static-channel.js";

const first = 1;
const last = 2;
const data = (size: number, from = 0): Uint8Array => Uint8Array.from({ length: size }, (_, at) => (at + from) & 0xff);
const join = (parts: readonly Uint8Array[]): Uint8Array => Uint8Array.from(parts.flatMap((part) => [...part]));
const rules = ({ problems }: StaticChannelResult): string[] => problems.map(({ rule }) => rule);

describe("static channels", () => {
  test("what is cut comes together again, whatever the parts and the chunk size", () => {
    fc.assert(
      fc.property(
        fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 5 }),
        fc.integer({ min: 1, max: 400 }),
        (parts, chunkSize) => {
          const assembler = new StaticChannelAssembler();
          const chunks = chunkStaticMessage(parts, new Arena(64), { chunkSize, flags: 0x10 }).map((chunk) =>
            ChannelPdu.decode(join(chunk)),
          );
          const whole = join(parts);
          const messages = chunks.map((chunk, index) => {
            expect(chunk.length).toBe(whole.length);
            expect(chunk.data.length).toBeLessThanOrEqual(chunkSize);
            const result = assembler.accept(chunk);
            expect(result.problems).toEqual([]);
            expect(result.message === undefined).toBe(index < chunks.length - 1);
            return result.message;
          });
          expect(messages.at(-1)).toEqual({ data: whole, flags: 0x13 });
        },
      ),
    );
  });

  test("anything may come: nothing is thrown, and the next whole message is complete", () => {
    const chunk = fc.record({
      length: fc.nat(200),
      flags: fc.constantFrom(0, 1, 2, 3, 0x10, 0x20, 0x0020_0001),
      data: fc.uint8Array({ maxLength: 80 }),
    });
    fc.assert(
      fc.property(fc.array(chunk, { maxLength: 20 }), (chunks) => {
        const assembler = new StaticChannelAssembler(100);
        for (const each of chunks) {
          const { message } = assembler.accept(each);
          expect(message?.data.length ?? 0).toBeLessThanOrEqual(100);
        }
        assembler.accept({ length: 4, flags: first, data: data(2) });
        expect(assembler.accept({ length: 4, flags: last, data: data(2, 2) })).toEqual({
          message: { data: data(4), flags: 3 },
          problems: [],
        });
      }),
    );
  });

  test("one chunk is not copied, several survive the chunks they came in", () => {
    const assembler = new StaticChannelAssembler();
    const only = data(10);
    expect(assembler.accept({ length: 10, flags: 3, data: only }).message?.data).toBe(only);
    const reused = data(4);
    assembler.accept({ length: 8, flags: first, data: reused });
    reused.fill(0xee);
    expect(assembler.accept({ length: 8, flags: last, data: data(4, 4) }).message?.data).toEqual(data(8));
  });

  test("chunks that do not fit are named", () => {
    const assembler = new StaticChannelAssembler(100);
    expect(rules(assembler.accept({ length: 5, flags: 0, data: data(5) }))).toEqual(["not-first"]);
    expect(rules(assembler.accept({ length: 5, flags: last, data: data(5) }))).toEqual(["not-first"]);
    assembler.accept({ length: 50, flags: first, data: data(5) });
    expect(assembler.accept({ length: 3, flags: 3, data: data(3) })).toEqual({
      message: { data: data(3), flags: 3 },
      problems: [{ rule: "unfinished", declared: 50, received: 5 }],
    });
    assembler.accept({ length: 6, flags: first, data: data(3) });
    expect(assembler.accept({ length: 7, flags: last, data: data(3, 3) })).toEqual({
      message: { data: data(6), flags: 3 },
      problems: [{ rule: "total-changed", declared: 6, stated: 7 }],
    });
    expect(assembler.accept({ length: 9, flags: 3, data: data(3) })).toEqual({
      message: { data: data(3), flags: 3 },
      problems: [{ rule: "length-differs", declared: 9, received: 3 }],
    });
  });

  test("a message above the limit is dropped whole, a compressed one too", () => {
    const assembler = new StaticChannelAssembler(100);
    expect(rules(assembler.accept({ length: 0xffff_ffff, flags: first, data: data(5) }))).toEqual(["limit-exceeded"]);
    expect(assembler.accept({ length: 0xffff_ffff, flags: 0, data: data(5) })).toEqual({
      message: undefined,
      problems: [],
    });
    expect(assembler.accept({ length: 0xffff_ffff, flags: last, data: data(5) })).toEqual({
      message: undefined,
      problems: [],
    });
    assembler.accept({ length: 20, flags: first, data: data(60) });
    expect(rules(assembler.accept({ length: 20, flags: 0, data: data(60) }))).toEqual(["limit-exceeded"]);
    expect(rules(assembler.accept({ length: 20, flags: 0x0020_0003, data: data(6) }))).toEqual(["compressed"]);
  });

  test("a message for which there is no memory is dropped whole, and one that is given up", () => {
    let held = 0;
    const memory = {
      take: (size: number): boolean => {
        if (held + size > 100) return false;
        held += size;
        return true;
      },
      give: (size: number): void => {
        held -= size;
      },
    };
    const assembler = new StaticChannelAssembler(1000, memory);
    assembler.accept({ length: 200, flags: first, data: data(40) });
    expect(held).toBe(80);
    expect(rules(assembler.accept({ length: 200, flags: 0, data: data(50) }))).toEqual(["memory-exceeded"]);
    expect(held).toBe(0);
    expect(assembler.accept({ length: 200, flags: last, data: data(5) })).toEqual({ message: undefined, problems: [] });
    assembler.accept({ length: 60, flags: first, data: data(20) });
    assembler.drop();
    expect(held).toBe(0);
    expect(rules(assembler.accept({ length: 60, flags: last, data: data(40) }))).toEqual([]);
    assembler.drop();
    assembler.accept({ length: 60, flags: first, data: data(20) });
    expect(assembler.accept({ length: 60, flags: last, data: data(40, 20) }).message?.data).toEqual(data(60));
    expect(held).toBe(0);
    expect(rules(assembler.accept({ length: 300, flags: 3, data: data(300) }))).toEqual([]);
  });

  test("suspending and resuming do not disturb an open message", () => {
    const assembler = new StaticChannelAssembler();
    assembler.accept({ length: 4, flags: first, data: data(2) });
    expect(assembler.accept({ length: 0, flags: 0x20, data: data(0) }).message?.flags).toBe(0x20);
    expect(assembler.accept({ length: 4, flags: last, data: data(2, 2) }).message?.data).toEqual(data(4));
  });
});
