import { DecodeError, generate, sourceOf } from "@railvail/wire";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { choices } from "../../../test/laws.js";
import { bytesOf, joined } from "../testing/egfx-pair.js";
import { egfxVocabulary, readCommands, type EgfxMessage, type UnknownEgfxCommand } from "./index.js";

const names = Object.keys(egfxVocabulary.pdus) as (keyof typeof egfxVocabulary.pdus)[];
const anyMessage = fc.gen().map((draws): EgfxMessage => {
  const choice = choices(draws);
  const name = names[choice.int(0, names.length - 1)] as keyof typeof egfxVocabulary.pdus;
  return { message: name, value: generate(egfxVocabulary.pdus[name] as never, choice) } as unknown as EgfxMessage;
});

/** What is read, and the errors on the way. */
function all(bytes: Uint8Array): { read: (EgfxMessage | UnknownEgfxCommand)[]; errors: DecodeError[] } {
  const commands = readCommands(sourceOf(bytes), 0, bytes.length, "server");
  const read: (EgfxMessage | UnknownEgfxCommand)[] = [];
  const errors: DecodeError[] = [];
  for (;;) {
    try {
      for (const command of commands) read.push(command);
      return { read, errors };
    } catch (error) {
      if (!(error instanceof DecodeError)) throw error;
      errors.push(error);
    }
  }
}

const endFrame = (frameId: number): Uint8Array => bytesOf({ message: { message: "endFrame", value: { frameId } } });
const changed = (bytes: Uint8Array, offset: number, value: number): Uint8Array => {
  const copy = bytes.slice();
  new DataView(copy.buffer).setUint32(offset, value, true);
  return copy;
};

describe("readCommands", () => {
  test("gives the commands of a message as they were sent, one after the other", () => {
    fc.assert(
      fc.property(fc.array(anyMessage, { maxLength: 6 }), (messages) => {
        const parts = messages.map((message) => bytesOf({ message }));
        const { read, errors } = all(joined(parts));
        expect(errors).toEqual([]);
        expect(read.map((message) => bytesOf({ message: message as EgfxMessage }))).toEqual(parts);
      }),
      { numRuns: 60 },
    );
  });

  test("throws nothing but decode errors, whatever the bytes, and comes to an end", () => {
    const header = fc
      .tuple(fc.integer({ min: 0, max: 0x20 }), fc.integer({ min: 0, max: 40 }), fc.uint8Array({ maxLength: 40 }))
      .map(([cmdId, length, body]) => [cmdId, 0, 0, 0, length, 0, 0, 0, ...body]);
    fc.assert(
      fc.property(fc.array(fc.oneof(header, fc.array(fc.nat(255), { maxLength: 9 })), { maxLength: 4 }), (parts) => {
        const bytes = Uint8Array.from(parts.flat());
        const { read, errors } = all(bytes);
        expect((read.length + errors.length) * 8).toBeLessThanOrEqual(bytes.length + 8);
      }),
    );
  });

  test("decodes nothing before it is asked for", () => {
    const bytes = joined([endFrame(1), changed(endFrame(2), 4, 9999)]);
    const commands = readCommands(sourceOf(bytes), 0, bytes.length, "server");
    expect(commands.next().value).toEqual({ message: "endFrame", value: { frameId: 1 } });
    expect(() => commands.next()).toThrow("length mismatch: declared 9999, found 12");
    expect(commands.next().done).toBe(true);
  });

  test("a damaged command is an error, and the next one is read", () => {
    // Monitors that do not fit into a reset.
    const damaged = bytesOf({
      message: { message: "resetGraphics", value: { width: 1, height: 1, monitorDefArray: [] } },
    });
    const { read, errors } = all(joined([endFrame(1), changed(damaged, 16, 1000), endFrame(2)]));
    expect(errors.map(({ pdu }) => pdu)).toEqual(["RDPGFX_RESET_GRAPHICS_PDU"]);
    expect(read.map(({ value }) => value)).toEqual([{ frameId: 1 }, { frameId: 2 }]);
  });

  test("lengths that cannot be end the reading: shorter than a header, past the end, no whole header", () => {
    for (const bytes of [changed(endFrame(1), 4, 7), changed(endFrame(1), 4, 13), endFrame(1).subarray(0, 7)]) {
      const { read, errors } = all(joined([endFrame(5), bytes]));
      expect(read).toHaveLength(1);
      expect(errors.map(({ pdu, field, offset }) => [pdu, field, offset])).toEqual([["RDPGFX_HEADER", "pduLength", 4]]);
    }
  });

  test("a number that is not known is handed on with its bytes", () => {
    const bytes = changed(endFrame(1), 0, 0x0014);
    expect(all(bytes).read).toEqual([{ message: "unknown", value: { cmdId: 0x14, bytes } }]);
  });
});
