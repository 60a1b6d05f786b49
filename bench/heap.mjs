// node --expose-gc --min-semi-space-size=128 --max-semi-space-size=128 bench/heap.mjs <workload>
// <contender>: bytes of heap that encoding a message into an arena allocates, as JSON.
//
// The young generation is as large as the flags say, so that nothing is collected while a million
// messages are encoded; then the heap's growth is all that was allocated. If the collector ran
// nevertheless, the result says so and does not count.
import { PerformanceObserver } from "node:perf_hooks";
import { setTimeout } from "node:timers/promises";
import { Arena } from "../packages/wire/dist/index.js";
import { contenders } from "./contenders/contender.mjs";
import { itemsOf } from "./passes.mjs";
import { workloads } from "./workloads.mjs";

const total = 1_000_000;

const [workloadName = "", contenderName = ""] = process.argv.slice(2);
const items = itemsOf(workloads[workloadName], await contenders[contenderName]());
const arena = new Arena(65_536);

/** @param {number} messages */
function encode(messages) {
  for (let i = 0; i < messages; i++) {
    const { codec, value } = items[i % items.length];
    if (arena.length > 32_768) arena.reset();
    codec.encode?.(value, arena);
  }
}

let collections = 0;
new PerformanceObserver((list) => (collections += list.getEntries().length)).observe({ entryTypes: ["gc"] });

encode(200_000);
globalThis.gc?.();
await setTimeout(50);
collections = 0;
const before = process.memoryUsage().heapUsed;
encode(total);
const after = process.memoryUsage().heapUsed;
await setTimeout(50);
process.stdout.write(`${JSON.stringify({ bytes: (after - before) / total, collections })}\n`);
