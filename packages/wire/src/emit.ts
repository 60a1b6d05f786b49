import { Code } from "./emitter/code.js";
import { conditionNames, hasBitOfItsOwn } from "./emitter/conditions.js";
import { ReadEmitter } from "./emitter/emit-read.js";
import { emitView } from "./emitter/emit-view.js";
import { WriteEmitter } from "./emitter/emit-write.js";
import type { Described } from "./interpreter/described.js";
import { payloadField } from "./payload.js";

/**
 * The body of a function of one parameter, `rt` (see `runtime.ts`), that returns a `Compiled` codec for
 * the PDU. In tests and development it runs through `new Function`; when packages are built it
 * is written into plain modules.
 */
export function emitPdu(pdu: Described): string {
  const { node } = pdu;
  const read = new Code();
  const properties = new ReadEmitter(read, "return fail(s, b, z);").struct(node, undefined, "z");
  const referenced = conditionNames(node, hasBitOfItsOwn);
  const write = (dry: boolean): string[] => {
    const code = new Code();
    const emitter = new WriteEmitter(code, dry, "return bad(x);", referenced);
    emitter.struct(node, "x", undefined, dry ? undefined : payloadField(node));
    emitter.sync();
    return code.lines;
  };
  const view = emitView(node);
  const body = [
    "function read(s, o, z) {",
    "const b = o, e = z, v = s.view;",
    ...read.lines,
    `return { ${properties} };`,
    "}",
    "function size(x) {",
    "try {",
    "let o = 0;",
    ...write(true),
    "return o;",
    "} catch { return bad(x); }",
    "}",
    "function write(x, t, o, h) {",
    "const v = t.view;",
    "try {",
    ...write(false),
    "return o;",
    "} catch (error) { return bad(x, error); }",
    "}",
    "function encodeInto(x, a) {",
    "const n = size(x), o = a.reserve(n);",
    "write(x, a, o, false);",
    "a.length = o + n;",
    "return n;",
    "}",
    ...(view === undefined ? [] : [view]),
    `return { read, size, write, encodeInto, view: ${view === undefined ? "undefined" : "() => new View()"} };`,
  ].join("\n");
  return `"use strict";\nconst { ${used(body).join(", ")} } = rt;\n${body}`;
}

const runtimeNames = [
  "bad",
  "berInteger",
  "berLength",
  "fail",
  "findLineEnd",
  "findNul",
  "ownExtent",
  "perInteger",
  "perLength",
  "preferredSelector",
  "readSelected",
  "readText",
  "selectedSizes",
  "textFits",
  "writeSelected",
  "writeText",
  "writeU64",
];

const used = (body: string): string[] => runtimeNames.filter((name) => new RegExp(`\\b${name}\\b`).test(body));
