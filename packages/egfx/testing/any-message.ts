import { generate } from "@railvail/wire";
import fc from "fast-check";
import { choices } from "../../../test/laws.js";
import { egfxVocabulary, type EgfxMessage } from "../src/index.js";
import { rect } from "./egfx-pair.js";

/** Any message; ids and sizes are often such that they hit what is there. */
export const anyMessage = fc.gen().map((draws): EgfxMessage => {
  const choice = choices(draws);
  const names = Object.keys(egfxVocabulary.pdus) as (keyof typeof egfxVocabulary.pdus)[];
  const name = names[choice.int(0, names.length - 1)] as keyof typeof egfxVocabulary.pdus;
  const value: Record<string, unknown> = { ...generate(egfxVocabulary.pdus[name] as never, choice) };
  for (const [field, given] of Object.entries(value)) {
    if (typeof given === "bigint" && choice.int(0, 9) > 0) value[field] = BigInt(choice.int(0, 3));
    if (typeof given === "number" && choice.int(0, 9) > 0) value[field] = choice.int(1, 3);
    if (field === "destPts" && choice.int(0, 3) > 0) value[field] = [{ x: choice.int(0, 2), y: 0 }];
    if ((field === "rectSrc" || field === "destRect") && choice.int(0, 3) > 0) value[field] = rect(0, 0, 2, 2);
  }
  return { message: name, value } as unknown as EgfxMessage;
});
