import { generate, pdu, u16, u8, count, counted, list, type Step } from "@railvail/wire";
import { describe, expect, test } from "vitest";
import {
  BrokenLaw,
  codecLaws,
  dissectorLaws,
  endpointLaws,
  machineLaws,
  prefixLaw,
  seeded,
  stateSize,
  type Codec,
  type Endpoint,
  type FuzzMachine,
} from "../index.js";
import { difference } from "./same-value.js";

const Numbers = pdu("NUMBERS", "[TEST] 1", { kind: u8, number: count(u8), numbers: list(u16, counted("number")) });
type Numbers = ReturnType<typeof Numbers.decode>;
const good = Numbers.encode(generate(Numbers, seeded(1)));
const sample = Uint8Array.of(9, 2, 1, 0, 2, 0);

/** The law that does not hold. */
function broken(act: () => void): string {
  try {
    act();
  } catch (error) {
    if (error instanceof BrokenLaw) return error.law;
    throw error;
  }
  return "none";
}

const like = (change: Partial<Codec<Numbers>>): Codec<Numbers> => ({
  name: "numbers",
  decode: (bytes) => Numbers.decode(bytes),
  encode: (value) => Numbers.encode(value),
  inspect: (bytes) => Numbers.inspect(bytes),
  ...change,
});

describe("codecs", () => {
  test("that keep the laws are not blamed", () => {
    for (const bytes of [good, sample, sample.subarray(0, 3), new Uint8Array(0)]) {
      expect(broken(() => codecLaws(Numbers, bytes))).toBe("none");
      expect(broken(() => codecLaws(like({}), bytes))).toBe("none");
    }
    expect(broken(() => prefixLaw(Numbers, sample))).toBe("none");
  });

  test.each<[string, Partial<Codec<Numbers>>]>([
    ["throws", { decode: () => new DataView(new ArrayBuffer(1)).getUint16(1) as never }],
    ["throws", { encode: () => (undefined as never as Uint8Array[])[0] as never }],
    ["round-trip", { encode: (value) => Numbers.encode({ ...value, numbers: value.numbers.toReversed() }) }],
    ["inspection", { inspect: () => Numbers.inspect(new Uint8Array(0)) }],
    ["tiling", { inspect: (bytes) => ({ ...Numbers.inspect(bytes), fields: [] }) }],
    ["reads-only", { decode: (bytes) => Numbers.decode(bytes.fill(0)) }],
  ])("are blamed for %s", (law, change) => {
    expect(broken(() => codecLaws(like(change), sample))).toBe(law);
  });

  test("are blamed for what is read of a prefix", () => {
    const lax = like({ decode: () => ({ kind: 0, numbers: [] }) });
    expect(broken(() => prefixLaw(lax, sample))).toBe("prefix");
  });
});

interface Counter {
  readonly heard: readonly number[];
}
type Output = { readonly type: "send" } | { readonly type: "violation"; readonly rule: string };
type CounterMachine = FuzzMachine<Counter, number, Output>;

const counter = (step: (state: Counter, input: number) => Step<Counter, Output>): CounterMachine => ({
  name: "counter",
  machine: {
    state: { heard: [] },
    step,
    opened: () => 0,
    received: ({ bytes }) => bytes,
    closed: () => 0,
    encode: () => [new Uint8Array(1)],
  },
  largest: 40,
  counting: new Set(["counts"]),
});
const hundred = [new Uint8Array(100)];
const violation = (rule: string): Output => ({ type: "violation", rule });

describe("machines", () => {
  test("that keep the laws are not blamed", () => {
    const last = counter((_, input) => ({ state: { heard: [input] }, outputs: [{ type: "send" }] }));
    expect(broken(() => machineLaws(last, hundred))).toBe("none");
    const counting = counter((_, input) => ({ state: { heard: [input] }, outputs: [violation("counts")] }));
    expect(broken(() => machineLaws(counting, hundred))).toBe("none");
    const refusing = counter((state) => ({ state, outputs: [violation("refused")] }));
    expect(broken(() => machineLaws(refusing, hundred))).toBe("none");
  });

  test("are blamed for a state that grows", () => {
    const all = counter(({ heard }, input) => ({ state: { heard: [...heard, input] }, outputs: [] }));
    expect(broken(() => machineLaws(all, hundred))).toBe("state-bound");
  });

  test("are blamed for a state that changes although the input is refused", () => {
    const refusing = counter((_, input) => ({ state: { heard: [input] }, outputs: [violation("refused")] }));
    expect(broken(() => machineLaws(refusing, hundred))).toBe("same-state");
  });

  test("are blamed for what they change in place, or do differently the second time", () => {
    const writing = counter((state, input) => {
      (state.heard as number[])[0] = input;
      return { state, outputs: [] };
    });
    expect(broken(() => machineLaws(writing, hundred))).toBe("throws");
    let steps = 0;
    expect(
      broken(() =>
        machineLaws(
          counter(() => ({ state: { heard: [++steps] }, outputs: [] })),
          hundred,
        ),
      ),
    ).toBe("pure");
  });

  test("are blamed for messages without end, and for what they throw", () => {
    const idle = counter((state) => ({ state, outputs: [] }));
    const endless: CounterMachine = {
      ...idle,
      machine: {
        ...idle.machine,
        *received() {
          for (;;) yield 0;
        },
      },
    };
    expect(broken(() => machineLaws(endless, hundred))).toBe("progress");
    const throwing = counter(() => (undefined as never as Step<Counter, Output>[])[0] as never);
    expect(broken(() => machineLaws(throwing, hundred))).toBe("throws");
  });
});

const quiet: Endpoint = { receive: () => [], tick: () => [], closed: () => [] };
const said = [{ from: "client", channel: "stream", bytes: new Uint8Array(3) }] as const;
const bytes = (size: number) => [{ type: "bytes", segments: [new Uint8Array(size)] }];

describe("ends of connections", () => {
  test("that keep the laws are not blamed", () => expect(broken(() => endpointLaws(quiet, said))).toBe("none"));

  test.each<[string, Partial<Endpoint>]>([
    [
      "throws",
      { receive: (given) => (given.subarray(0, -1).at(5)?.toFixed() as never) ?? (null as never as []).slice() },
    ],
    ["output-bound", { receive: () => bytes(2 ** 22) }],
    ["output-bound", { receive: () => Array.from({ length: 10_000 }, () => ({ type: "told" })) }],
    ["wake", { tick: () => [{ type: "wake", at: Number.NaN }] }],
    ["end", { closed: () => bytes(1) }],
    ["end", { receive: () => [{ type: "wake", at: 5 }], tick: (now) => [{ type: "wake", at: now + 1 }] }],
  ])("are blamed for %s", (law, change) => {
    expect(broken(() => endpointLaws({ ...quiet, ...change }, said))).toBe(law);
  });
});

describe("dissectors", () => {
  const input = [{ from: "client", channel: "stream", bytes: Uint8Array.of(3, 0, 0, 4, 1, 2) }] as const;

  test("that keep the laws are not blamed", () => expect(broken(() => dissectorLaws(input))).toBe("none"));

  test("are blamed for bytes that they lose, and for what they throw", () => {
    const losing = { data: () => undefined, end: () => undefined };
    expect(broken(() => dissectorLaws(input, () => losing))).toBe("covered");
    const throwing = { ...losing, end: () => (null as never as { x: number }).x as never };
    expect(broken(() => dissectorLaws(input, () => throwing))).toBe("throws");
  });
});

test("values are compared with bytes, maps and what is not there", () => {
  expect(difference({ a: [1, Uint8Array.of(1, 2)] }, { a: [1, Uint8Array.of(1, 3)] })).toBe("value.a.1[1]");
  expect(difference(new Map([[1, { b: 0 }]]), new Map([[1, { b: -0 }]]))).toBe("value.0.1.b");
  expect(difference({ a: Number.NaN, b: new Set([1]) }, { a: Number.NaN, b: new Set([1]) })).toBeUndefined();
  expect(difference({ a: 1 }, { a: 1, b: 2 })).toBe("value.b");
});

test("the size of a state counts all that it holds, and what it holds twice once", () => {
  const shared = { text: "x".repeat(80) };
  expect(stateSize([shared, shared])).toBeLessThan(stateSize([shared, { ...shared }]));
  expect(stateSize(new Map([[1, new Uint8Array(800)]]))).toBeGreaterThan(100);
});
