import { Arena, sourceOf } from "@railvail/wire";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DynamicChannelAssembler, fragmentDynamicMessage } from "./dynamic-channel.js";
import { CapabilitiesRequest, CapabilitiesResponse } from "./pdu/drdynvc-capabilities.js";
import { CreateRequest, CreateResponse } from "./pdu/drdynvc-create.js";
import { Data, DataFirst } from "./pdu/drdynvc-data.js";
import { dynamicChannelPdus } from "./pdu/drdynvc-family.js";

const data = (size: number, from = 0): Uint8Array => Uint8Array.from({ length: size }, (_, at) => (at + from) & 0xff);
const join = (parts: readonly Uint8Array[]): Uint8Array => Uint8Array.from(parts.flatMap((part) => [...part]));
const match = (bytes: Uint8Array, sender: "client" | "server"): unknown =>
  dynamicChannelPdus.match(sourceOf(bytes), 0, bytes.length, sender);

describe("dynamic channels", () => {
  test("what is cut comes together again, for every width of id and length", () => {
    fc.assert(
      fc.property(
        fc.array(fc.uint8Array({ maxLength: 400 }), { maxLength: 4 }),
        fc.constantFrom(3, 0x303, 0x30303),
        fc.integer({ min: 12, max: 700 }),
        (parts, channelId, maximumSize) => {
          const assembler = new DynamicChannelAssembler();
          const whole = join(parts);
          const pdus = fragmentDynamicMessage(channelId, parts, new Arena(16), maximumSize).map(join);
          const results = pdus.map((bytes) => {
            expect(bytes.length).toBeLessThanOrEqual(maximumSize);
            if (match(bytes, "server") === Data) {
              const value = Data.decode(bytes);
              expect(value.channelId).toBe(channelId);
              return assembler.data(value.data);
            }
            const value = DataFirst.decode(bytes);
            expect(value).toMatchObject({ channelId, length: whole.length });
            return assembler.first(value.length, value.data);
          });
          expect(results.flatMap(({ problems }) => problems)).toEqual([]);
          expect(results.slice(0, -1).every(({ message }) => message === undefined)).toBe(true);
          expect(results.at(-1)?.message).toEqual(whole);
        },
      ),
    );
  });

  test("a message that just fits is one PDU", () => {
    expect(fragmentDynamicMessage(3, [data(1598)], new Arena())).toHaveLength(1);
    expect(
      fragmentDynamicMessage(3, [data(1599)], new Arena())
        .map(join)
        .map(({ length }) => length),
    ).toEqual([1600, 5]);
  });

  test("a first part that holds the whole message is delivered, without copying", () => {
    const whole = data(5);
    expect(new DynamicChannelAssembler().first(5, whole)).toEqual({ message: whole, problems: [] });
    expect(new DynamicChannelAssembler().first(5, whole).message).toBe(whole);
    expect(new DynamicChannelAssembler().data(whole).message).toBe(whole);
  });

  test("wrong totals are named, and the next message is complete", () => {
    const assembler = new DynamicChannelAssembler(1000);
    expect(assembler.first(3, data(5)).problems).toEqual([{ rule: "too-much-data", declared: 3, received: 5 }]);
    assembler.first(6, data(4));
    expect(assembler.data(data(4)).problems).toEqual([{ rule: "too-much-data", declared: 6, received: 8 }]);
    assembler.first(6, data(4));
    expect(assembler.first(6, data(4)).problems).toEqual([{ rule: "unfinished", declared: 6, received: 4 }]);
    expect(assembler.data(data(2, 4))).toEqual({ message: data(6), problems: [] });
  });

  test("a message above the limit is dropped with all its parts", () => {
    const assembler = new DynamicChannelAssembler(10);
    expect(assembler.first(30, data(10)).problems).toEqual([{ rule: "limit-exceeded", size: 30, limit: 10 }]);
    expect(assembler.data(data(10))).toEqual({ message: undefined, problems: [] });
    expect(assembler.data(data(10))).toEqual({ message: undefined, problems: [] });
    expect(assembler.data(data(10)).message).toEqual(data(10));
    expect(assembler.data(data(11)).problems).toEqual([{ rule: "limit-exceeded", size: 11, limit: 10 }]);
  });

  test("a message for which there is no memory is dropped with all its parts, and one that is given up", () => {
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
    const assembler = new DynamicChannelAssembler(1000, memory);
    expect(assembler.first(200, data(150)).problems).toEqual([{ rule: "memory-exceeded", size: 150 }]);
    expect([assembler.dropped, held]).toEqual([50, 0]);
    expect(assembler.data(data(50))).toEqual({ message: undefined, problems: [] });
    assembler.first(200, data(40));
    expect(assembler.data(data(50)).problems).toEqual([{ rule: "memory-exceeded", size: 90 }]);
    expect([assembler.dropped, held]).toEqual([110, 0]);
    expect(assembler.data(data(110))).toEqual({ message: undefined, problems: [] });
    assembler.first(50, data(20));
    assembler.drop();
    expect([assembler.dropped, held]).toEqual([30, 0]);
    expect(assembler.data(data(30))).toEqual({ message: undefined, problems: [] });
    assembler.drop();
    assembler.first(50, data(20));
    expect(assembler.data(data(30, 20)).message).toEqual(data(50));
    expect(held).toBe(0);
  });

  test("a huge announced length takes no memory", () => {
    const assembler = new DynamicChannelAssembler(0xffff_ffff);
    expect(assembler.first(0xffff_ffff, data(10))).toEqual({ message: undefined, problems: [] });
    expect(assembler.data(data(10))).toEqual({ message: undefined, problems: [] });
  });

  test("the sender decides what a shared command is", () => {
    const caps = Uint8Array.from([0x50, 0, 1, 0]);
    expect(match(caps, "server")).toBe(CapabilitiesRequest);
    expect(match(caps, "client")).toBe(CapabilitiesResponse);
    expect(match(Uint8Array.from([0x10, 3, 0]), "server")).toBe(CreateRequest);
    expect(match(Uint8Array.from([0x10, 3, 0, 0, 0, 0]), "client")).toBe(CreateResponse);
    expect(CapabilitiesRequest.encode({ cbId: 0, sp: 0, version: 1 })).toEqual(caps);
  });

  test("an id written wider than needed stays so", () => {
    const bytes = Uint8Array.from([0x32, 3, 0, 0, 0, 0xaa]);
    expect(Data.decode(bytes)).toMatchObject({ channelId: 3, channelIdWidth: 4 });
    expect(Data.encode(Data.decode(bytes))).toEqual(bytes);
  });
});
