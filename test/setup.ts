// Tests run the emitted code; `new Function` is allowed here and nowhere in what is published.
import { useEval } from "@railvail/wire/eval";

useEval();
