import { createContext, runInContext } from "node:vm";
import { afterEach, describe, expect, test, vi } from "vitest";
import { samples } from "../testing/samples.js";
import { emitPdu } from "./emit.js";
import { DecodeError, EncodeError, generate, sourceOf, Arena, type Choice, type Compiled, type Pdu } from "./index.js";
import { InterpretedWriter } from "./interpreter/interpret-write.js";
import { Reading } from "./interpreter/reading.js";
import { runtimeFor } from "./runtime.js";

const all = samples.map((of) => [of.name, of as unknown as Pdu] as const);

/** All that emitted code may name without declaring it. */
const builtIns = new Set(["Array", "BigInt", "Math", "Number", "Uint8Array", "undefined", "rt"]);
const keywords = new Set(
  "const let var function return if else for while do switch case default break continue try catch finally throw new class constructor get this typeof instanceof in of true false null static extends super void delete".split(
    " ",
  ),
);

/** Names that the text uses and declares nowhere: properties, keys, strings and keywords left out. */
function freeNames(text: string): Set<string> {
  const bare = text.replaceAll(/"(?:[^"\\]|\\.)*"/g, '""');
  const declared = new Set<string>();
  for (const [, name] of bare.matchAll(/\b(?:const|let|class|function)\s+([A-Za-z_$][\w$]*)/g))
    declared.add(name ?? "");
  for (const [, names] of bare.matchAll(/\b(?:const|let)\s+([^=;]*)/g))
    for (const name of names?.match(/[A-Za-z_$][\w$]*/g) ?? []) declared.add(name);
  for (const [, names] of bare.matchAll(/,\s*([A-Za-z_$][\w$]*)\s*=/g)) declared.add(names ?? "");
  for (const [, names] of bare.matchAll(/(?:\bcatch\s*|[\w$]+)\(([^()]*)\)\s*\{/g))
    for (const name of names?.match(/[A-Za-z_$][\w$]*/g) ?? []) declared.add(name);
  const used = new Set<string>();
  for (const match of bare.matchAll(/[A-Za-z_$][\w$]*/g)) {
    const before = bare.slice(0, match.index).trimEnd().at(-1);
    const after = bare.slice(match.index + match[0].length).trimStart();
    const isKey = after.startsWith(":") && (before === "{" || before === ",");
    const isMethod = /^\([^()]*\)\s*\{/.test(after);
    if (before !== "." && !isKey && !isMethod && !/\d$/.test(before ?? "")) used.add(match[0]);
  }
  return new Set([...used].filter((name) => !declared.has(name) && !keywords.has(name)));
}

function choice(seed: number): Choice {
  let state = seed;
  return { int: (low, high) => low + ((state = (Math.imul(state, 48_271) >>> 0) % 2_147_483_647) % (high - low + 1)) };
}

describe("emitted text", () => {
  test("is looked at by a scan that finds names", () => {
    expect(
      [
        ...freeNames('"use strict"; const { a } = rt; function f(x) { return { key: Buffer.from(x), b: process } }'),
      ].toSorted(),
    ).toEqual(["Buffer", "process", "rt"]);
  });

  test.each(all)("%s names nothing of a host", (_name, of) => {
    for (const name of freeNames(emitPdu(of))) expect(builtIns).toContain(name);
  });

  test.each(all)("%s takes from the runtime what is there", (_name, of) => {
    const [, taken = ""] = /^const \{ (.*) \} = rt;$/m.exec(emitPdu(of)) ?? [];
    const runtime = runtimeFor(of) as unknown as Record<string, unknown>;
    const names = taken.split(", ");
    expect(names).toContain("fail");
    for (const name of names) expect([name, runtime[name]]).not.toEqual([name, undefined]);
  });

  test.each(all)("%s is strict code that depends on the declaration alone", (_name, of) => {
    const text = emitPdu(of);
    expect(text.startsWith('"use strict";\n')).toBe(true);
    expect(emitPdu(of)).toBe(text);
    expect(text).not.toMatch(/\beval\b|\bFunction\b|\bimport\b|\brequire\b|NaN|\[object/);
  });

  test.each(all)("%s runs where there is nothing but the language", (_name, of) => {
    const context = createContext({ Uint8Array }, { codeGeneration: { strings: false, wasm: false } });
    const make = runInContext(`(rt) => {${emitPdu(of)}}`, context) as (rt: unknown) => Compiled;
    const code = make(runtimeFor(of));
    for (let seed = 1; seed < 60; seed++) {
      const value = generate(of, choice(seed));
      const bytes = new Uint8Array(code.size(value));
      expect(code.write(value, sourceOf(bytes), 0, false)).toBe(bytes.length);
      expect(bytes).toEqual(of.encode(value));
      // The objects are of the other realm, and so only alike.
      expect(of.toJson(code.read(sourceOf(bytes), 0, bytes.length))).toBe(of.toJson(of.decode(bytes)));
    }
  });
});

describe("useEval", () => {
  afterEach(() => void vi.restoreAllMocks());

  test.each(all)("%s is decoded and encoded without the interpreter", (_name, of) => {
    const reads = vi.spyOn(Reading.prototype, "message");
    const writes = vi.spyOn(InterpretedWriter.prototype, "message");
    const arena = new Arena();
    for (let seed = 1; seed < 60; seed++) {
      const value = generate(of, choice(seed));
      const bytes = of.encode(value);
      expect(of.encode(of.decode(bytes))).toEqual(bytes);
      of.encodeInto(value, arena);
      of.segments(value, arena);
    }
    expect(reads).not.toHaveBeenCalled();
    expect(writes).not.toHaveBeenCalled();
  });

  test.each(all)("%s is refused by the interpreter, which says why", (_name, of) => {
    const reads = vi.spyOn(Reading.prototype, "message");
    const writes = vi.spyOn(InterpretedWriter.prototype, "message");
    expect(() => of.decode(new Uint8Array(0))).toThrow(DecodeError);
    expect(() => of.encode({})).toThrow(EncodeError);
    expect(reads).toHaveBeenCalledTimes(1);
    expect(writes).toHaveBeenCalled();
  });
});
