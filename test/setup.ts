// Tests run the emitted code; `new Function` is allowed here and nowhere in what is published.
import { useEval } from "@railvail/wire/eval";

useEval();

// Properties look at other cases each time, unless a seed says which.
const { RAILVAIL_SEED: seed } = process.env;
if (seed !== undefined) {
  const { configureGlobal } = await import("fast-check");
  configureGlobal({ seed: Number(seed) });
}
