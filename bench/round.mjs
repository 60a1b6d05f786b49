// node bench/round.mjs <workload> <contender>: one round of one contender, in this process and
// no other. Prints nanoseconds per message as JSON, or null if the contender cannot do it.
import Benchmark from "benchmark";
import { contenders } from "./contenders/contender.mjs";
import { passOf, takesPart } from "./passes.mjs";
import { workloads } from "./workloads.mjs";

/** Seconds that a round measures, after it has found out how often to repeat. */
const seconds = 0.5;
/** Seconds of one sample: short, so that some samples fall between what else the machine does. */
const cycle = 0.001;

const [workloadName = "", contenderName = ""] = process.argv.slice(2);
const workload = workloads[workloadName];
const contender = await contenders[contenderName]();

if (!takesPart(workload, contender)) process.stdout.write("null\n");
else {
  const run = new Benchmark(contenderName, passOf(workload, contender), {
    maxTime: seconds,
    minTime: cycle,
    minSamples: 5,
  });
  run.run();
  if (run.error !== undefined) throw run.error;
  const scale = 1e9 / workload.messages.length;
  const samples = run.stats.sample.map((each) => each * scale).toSorted((a, b) => a - b);
  const median = samples[samples.length >> 1];
  process.stdout.write(`${JSON.stringify({ best: samples[0], median, samples: samples.length })}\n`);
}
