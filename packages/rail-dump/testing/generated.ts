import { generate, type Choice, type Pdu } from "@railvail/wire";
import fc from "fast-check";

/** fast-check's values as choices, so that a failure shrinks. */
const choices = (draw: fc.GeneratorValue): Choice => ({
  int: (low, high) => draw(fc.integer, { min: low, max: high }),
});

/** Checks something of the bytes of random messages of a declaration. */
export function forMessages(pdu: Pdu, runs: number, check: (bytes: Uint8Array) => void): void {
  fc.assert(
    fc.property(fc.gen(), (draw) => {
      check(pdu.encode(generate(pdu, choices(draw))));
    }),
    { numRuns: runs },
  );
}
