import type { Described } from "./interpreter/described.js";
import { interpretRead } from "./interpreter/interpret-read.js";
import { InterpretedWriter } from "./interpreter/interpret-write.js";
import { payloadOf } from "./payload.js";
import type { Runtime } from "./runtime.js";
import type { Arena, Source } from "./source.js";

/**
 * What is emitted for one PDU: functions that need no `this`. Values are checked by the
 * declaration, not by the compiler.
 */
export interface Compiled {
  readonly read: (source: Source, offset: number, end: number) => unknown;
  readonly size: (value: unknown) => number;
  /**
   * Writes the message and returns the offset after it. With `headOnly` the byte run that ends the
   * message is counted and not written.
   */
  readonly write: (value: unknown, target: Source, offset: number, headOnly: boolean) => number;
  /** Appends the message to the arena and returns its size. */
  readonly encodeInto: (value: unknown, arena: Arena) => number;
  /** A new reader over bytes; absent if the PDU has fields that cannot be viewed. */
  readonly view: (() => unknown) | undefined;
}

/** Code as it is written into built modules. */
export type Emitted = (rt: Runtime) => Compiled;

/** Makes code for a PDU; where there is none, or it declines, the interpreter is used. */
export type Engine = (pdu: Described) => Compiled | undefined;

let engine: Engine | undefined;

/** Chooses how PDUs that were not compiled when their package was built get their code. */
export function useEngine(chosen: Engine | undefined): void {
  engine = chosen;
}

export function link(pdu: Described): Compiled {
  return engine?.(pdu) ?? interpreted(pdu);
}

/** A codec without emitted code: the same results, slowly, and no views. */
function interpreted(pdu: Described): Compiled {
  const encode = (value: unknown): Uint8Array => new InterpretedWriter(pdu).message(value);
  return {
    read: (source, offset, end) => interpretRead(pdu, source, offset, end),
    size: (value) => encode(value).length,
    write: (value, target, offset, headOnly) => {
      const bytes = encode(value);
      const payload = headOnly ? payloadOf(pdu.node, value).length : 0;
      target.bytes.set(bytes.subarray(0, bytes.length - payload), offset);
      return offset + bytes.length;
    },
    encodeInto: (value, arena) => {
      const bytes = encode(value);
      const start = arena.reserve(bytes.length);
      arena.bytes.set(bytes, start);
      arena.length = start + bytes.length;
      return bytes.length;
    },
    view: undefined,
  };
}
