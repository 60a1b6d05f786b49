import {
  ownExtent,
  preferredSelector,
  readSelected,
  selectedSizes,
  variableInts,
  writeSelected,
} from "./declaration/ints.js";
import { EncodeError } from "./errors.js";
import type { Described } from "./interpreter/described.js";
import { interpretRead } from "./interpreter/interpret-read.js";
import { InterpretedWriter } from "./interpreter/interpret-write.js";
import type { Source } from "./source.js";
import { findLineEnd, findNul, readText, textFits, writeText } from "./text.js";
import { writeU64 } from "./words.js";

const shared = {
  ...variableInts,
  findLineEnd,
  findNul,
  ownExtent,
  preferredSelector,
  readSelected,
  readText,
  selectedSizes,
  textFits,
  writeSelected,
  writeText,
  writeU64,
};

/** What emitted code calls. */
export type Runtime = typeof shared & {
  /** Finds out why bytes were refused: throws the `DecodeError`. */
  fail(source: Source, offset: number, end: number): unknown;
  /** Finds out why a value was refused: throws the `EncodeError`. */
  bad(value: unknown, error?: unknown): never;
};

/**
 * The emitted code stops at whatever does not fit, without saying what it was; the interpreter
 * then walks the same bytes or value and throws the exact error.
 */
export function runtimeFor(pdu: Described): Runtime {
  return {
    ...shared,
    fail: (source, offset, end) => interpretRead(pdu, source, offset, end),
    bad(value, error) {
      if (error instanceof EncodeError) throw error;
      new InterpretedWriter(pdu).message(value);
      throw new EncodeError(pdu.name, "", { code: "conflict", reason: "the value changed while it was encoded" });
    },
  };
}
