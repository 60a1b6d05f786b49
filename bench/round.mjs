// node bench/round.mjs <workload> <contender>: one round of one contender, in this process and
// no other. Prints nanoseconds per message as JSON, or null if the contender cannot do it.
import Benchmark from "benchmark";
import { contenders } from "./contenders/contender.mjs";
import { passOf, takesPart } from "./passes.mjs";
import { workloads } from "./workloads.mjs";

/** Seconds before a round in which the compiler can finish. */
const warmUp = 0.1;
/** Seconds that a round measures. */
const seconds = 0.4;
/**
 * Seconds of one sample: much longer than what the library does between two of them, yet short
 * enough to fall between what else the machine does.
 */
const cycle = 0.004;

const [workloadName = "", contenderName = ""] = process.argv.slice(2);
const workload = workloads[workloadName];
const contender = await contenders[contenderName]();

if (!takesPart(workload, contender)) process.stdout.write("null\n");
else {
  const pass = passOf(workload, contender);
  for (const end = performance.now() + warmUp * 1000; performance.now() < end;) pass();
  const run = new Benchmark(contenderName, pass, { maxTime: seconds, minTime: cycle, minSamples: 5 });
  run.run();
  if (run.error !== undefined) throw run.error;
  const scale = 1e9 / workload.messages.length;
  const samples = run.stats.sample.map((each) => each * scale).toSorted((a, b) => a - b);
  const median = samples[samples.length >> 1];
  process.stdout.write(`${JSON.stringify({ best: samples[0], median, samples: samples.length })}\n`);
}
