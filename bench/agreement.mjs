// node bench/agreement.mjs: whether all contenders do the same. What is fast and wrong is not
// measured: each contender's values and bytes are compared with those of the interpreted
// declarations before any time is taken.
import { deepStrictEqual, equal } from "node:assert/strict";
import { Arena } from "../packages/wire/dist/index.js";
import { contenders } from "./contenders/contender.mjs";
import { itemsOf } from "./passes.mjs";
import { workloads } from "./workloads.mjs";

/** Absent fields may be left out or be `undefined`. @param {unknown} value @returns {unknown} */
function present(value) {
  if (Array.isArray(value)) return value.map(present);
  if (typeof value !== "object" || value === null || value instanceof Uint8Array) return value;
  const entries = Object.entries(value).filter(([, field]) => field !== undefined);
  return Object.fromEntries(entries.map(([name, field]) => [name, present(field)]));
}

const reference = await contenders["hand-written"]();
let compared = 0;
for (const [name, load] of Object.entries(contenders)) {
  const contender = await load();
  for (const [title, workload] of Object.entries(workloads)) {
    const items = itemsOf(workload, contender);
    for (const [index, { codec, source, offset, end, bytes, value }] of items.entries()) {
      const decoded = codec.decode(source, offset, end, bytes);
      const values = codec.normalise === undefined ? decoded : codec.normalise(decoded);
      deepStrictEqual(present(values), present(workload.messages[index][1]), `${name} decodes ${title} wrongly`);
      compared++;
      if (codec.glance !== undefined) {
        const seen = codec.glance(source, offset, end);
        equal(
          seen,
          reference[workload.messages[index][0]].glance?.(source, offset, end),
          `${name} views ${title} wrongly`,
        );
        compared++;
      }
      if (codec.encode === undefined) continue;
      const arena = new Arena(64);
      const result = codec.encode(value, arena);
      const written = result instanceof Uint8Array ? result : arena.written();
      deepStrictEqual(Buffer.from(written), Buffer.from(bytes), `${name} encodes ${title} wrongly`);
      compared++;
    }
  }
}
process.stdout.write(`${JSON.stringify({ compared })}\n`);
