import { emitPdu } from "./emit.js";
import { useEngine, type Emitted } from "./link.js";
import { runtimeFor } from "./runtime.js";

/**
 * Compiles PDUs at their first use with `new Function`: for tests, for development, and for
 * declarations of one's own where that is allowed. Published packages need it not: their code
 * was emitted when they were built.
 */
export function useEval(): void {
  useEngine((pdu) => (new Function("rt", emitPdu(pdu)) as Emitted)(runtimeFor(pdu)));
}
