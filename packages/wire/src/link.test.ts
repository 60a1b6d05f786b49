import { runInThisContext } from "node:vm";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { choices } from "../../../test/laws.js";
import { samples } from "../testing/samples.js";
import { emitPdu } from "./emit.js";
import { useEval } from "./eval.js";
import {
  Arena,
  generate,
  i16,
  literal,
  mutate,
  pdu,
  sourceOf,
  u16,
  u32,
  useEngine,
  type Emitted,
  type Pdu,
} from "./index.js";
import { InterpretedWriter } from "./interpreter/interpret-write.js";
import { Reading } from "./interpreter/reading.js";
import { Pdu as PduClass } from "./pdu.js";

/** What a build writes into a module. */
const emittedOf = (of: Pdu): Emitted => runInThisContext(`(rt) => {${emitPdu(of)}}`) as Emitted;
/** The same declaration again, not linked yet. */
const fresh = (of: Pdu): Pdu => new PduClass(of.name, of.spec, of.node, { sentBy: of.sentBy });
const declare = (): Pdu => pdu("MOVE", "[TEST] 1", { kind: literal(u16, 8), id: u32, left: i16 });
const bytes = Uint8Array.of(8, 0, 1, 2, 3, 4, 0xfe, 0xff);
const value = { id: 0x0403_0201, left: -2, trailing: undefined };

let reads: { mock: { calls: unknown[] } };
let writes: { mock: { calls: unknown[] } };

beforeEach(() => {
  reads = vi.spyOn(Reading.prototype, "message");
  writes = vi.spyOn(InterpretedWriter.prototype, "message");
});
afterEach(() => {
  vi.restoreAllMocks();
  useEval();
});

function useAll(of: Pdu): void {
  expect(of.decode(bytes)).toStrictEqual(value);
  expect(of.read(sourceOf(bytes), 0, bytes.length)).toStrictEqual(value);
  expect(of.encode(value)).toEqual(bytes);
  expect(of.size(value)).toBe(bytes.length);
  const arena = new Arena();
  expect(of.encodeInto(value, arena)).toBe(bytes.length);
  expect(of.segments(value, arena)).toEqual([bytes]);
  expect(arena.written()).toEqual(Uint8Array.from([...bytes, ...bytes]));
}

const interpreted = (): readonly [number, number] => [reads.mock.calls.length, writes.mock.calls.length];

describe("a PDU runs", () => {
  test("interpreted where there is no engine", () => {
    useEngine(undefined);
    useAll(declare());
    // encode and segments ask for the size first.
    expect(interpreted()).toEqual([2, 6]);
  });

  test("interpreted where the engine declines", () => {
    const asked: unknown[] = [];
    useEngine((of) => void asked.push(of));
    const of = declare();
    useAll(of);
    expect(asked.length === 1 && asked[0] === of).toBe(true);
    expect(interpreted()).toEqual([2, 6]);
  });

  test("compiled after useEval, and the interpreter is never asked", () => {
    useAll(declare());
    expect(interpreted()).toEqual([0, 0]);
  });

  test("by the code it was given, whatever the engine", () => {
    const engine = vi.fn(() => undefined);
    useEngine(engine);
    const of = declare();
    const emitted = vi.fn(emittedOf(of));
    of.use(emitted);
    expect(emitted).not.toHaveBeenCalled();
    useAll(of);
    expect(emitted).toHaveBeenCalledTimes(1);
    expect(engine).not.toHaveBeenCalled();
    expect(interpreted()).toEqual([0, 0]);
    expect(of.view().wrap(sourceOf(bytes), 0, bytes.length)).toMatchObject({ id: value.id });
  });

  test("by the code of its first use, also if the engine is changed later", () => {
    const of = declare();
    of.decode(bytes);
    useEngine(undefined);
    useAll(of);
    expect(interpreted()).toEqual([0, 0]);
  });

  test("and links only when it is used", () => {
    const engine = vi.fn(() => undefined);
    useEngine(engine);
    const of = declare();
    of.inspect(bytes);
    of.toJson(value);
    expect(of.delimited).toBe(true);
    expect(engine).not.toHaveBeenCalled();
  });

  test("the hot methods are functions of this PDU alone once it is linked", () => {
    const [one, other] = [declare(), declare()];
    expect(one.read).toBe(other.read);
    useAll(one);
    useAll(other);
    expect(one.read).not.toBe(other.read);
    expect(one.encodeInto).not.toBe(other.encodeInto);
    expect(one.read(sourceOf(bytes), 0, bytes.length)).toStrictEqual(value);
  });
});

describe("the same values and errors from all three", () => {
  const outcome = (work: () => unknown): unknown => {
    try {
      return work();
    } catch (error) {
      return (error as Error).message;
    }
  };

  test.each(samples.map((of) => [of.name, of as unknown as Pdu] as const))("%s", (_name, of) => {
    useEngine(undefined);
    const slow = fresh(of);
    outcome(() => slow.decode(new Uint8Array(0)));
    const built = fresh(of);
    built.use(emittedOf(built));
    useEval();
    const compiled = fresh(of);
    fc.assert(
      fc.property(fc.gen(), (draw) => {
        const choice = choices(draw);
        const good = generate(of, choice);
        const input = mutate(of, of.encode(good), choice);
        const bad = {
          ...(good as object),
          [of.node.fields[choice.int(0, of.node.fields.length - 1)]?.[0] ?? ""]: undefined,
        };
        for (const other of [built, compiled]) {
          expect(outcome(() => other.decode(input))).toStrictEqual(outcome(() => slow.decode(input)));
          expect(outcome(() => other.encode(bad))).toStrictEqual(outcome(() => slow.encode(bad)));
          expect(other.size(good)).toBe(slow.size(good));
        }
      }),
      { numRuns: 100 },
    );
  });
});
