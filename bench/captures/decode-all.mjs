// node bench/captures/decode-all.mjs <file>: decodes every message of a capture and prints, as JSON, how many
// there were of each kind. `--split` decodes no more than splitting the streams into messages needs, and makes
// no records of the headers around them.
import { openCapture, readCapture } from "../../packages/capture/dist/index.js";
import { Dissector } from "../../packages/dissect/dist/index.js";

/** @typedef {{ seconds: number, records: number, counts: Record<string, number>, envelopes: number, troubles: number, gaps: number }} Decoded */

const split = process.argv.includes("--split");
const path = process.argv.at(-1) ?? "";

/** @type {Map<import("../../packages/wire/dist/index.js").Pdu | undefined, { c2s: number, s2c: number }>} */
const counts = new Map();
let records = 0;
let envelopes = 0;
let troubles = 0;
let gaps = 0;

/** @type {import("../../packages/dissect/dist/index.js").Sink} */
const decoding = (record) => {
  if (record.type === "gap") {
    gaps++;
    return;
  }
  // What carries others was looked at when they were cut out of it.
  if (record.envelope) {
    envelopes++;
    return;
  }
  const { pdu, direction } = record;
  // What the declaration refuses is trouble; a value that nobody reads would not be decoded.
  if (record.trouble !== undefined || record.value === undefined) troubles++;
  let count = counts.get(pdu);
  if (count === undefined) counts.set(pdu, (count = { c2s: 0, s2c: 0 }));
  count[direction]++;
};
/** @type {import("../../packages/dissect/dist/index.js").Sink} */
const splitting = () => {
  records++;
};
const sink = split ? splitting : decoding;
/** @type {ReadonlySet<string> | undefined} */
const wanted = split ? new Set() : undefined;

const began = performance.now();
/** @type {Map<number, Dissector>} */
const dissectors = new Map();
for await (const events of readCapture(openCapture(path, { reuseMemory: true }))) {
  for (const event of events) {
    if (!("connection" in event)) continue;
    const { id, startMissing } = event.connection;
    let dissector = dissectors.get(id);
    if (dissector === undefined)
      dissectors.set(id, (dissector = new Dissector({ connection: id, startMissing, sink, envelopes: wanted })));
    if (event.type === "data") dissector.data(event.direction, event.bytes, event);
    else if (event.type === "gap") dissector.gap(event.direction, event.length, event.reason, event);
    else if (event.type === "close") dissector.end(event);
  }
}
const seconds = (performance.now() - began) / 1000;

/** @type {Record<string, number>} */
const byName = {};
for (const [pdu, count] of counts) {
  for (const direction of /** @type {const} */ (["c2s", "s2c"])) {
    const key = `${direction} ${pdu?.name ?? "unknown"}`;
    if (count[direction] > 0) byName[key] = (byName[key] ?? 0) + count[direction];
  }
}
/** @type {Decoded} */
const decoded = { seconds, records, counts: byName, envelopes, troubles, gaps };
process.stdout.write(`${JSON.stringify(decoded)}\n`);
