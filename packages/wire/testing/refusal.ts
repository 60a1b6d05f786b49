import { expect } from "vitest";
import { Arena, EncodeError, interpretEncode, type Pdu } from "../src/index.js";

/** The message of the refusal, which the interpreter and every way to encode agree on. */
export function refusal(of: Pdu, value: unknown): string {
  let message = "";
  try {
    interpretEncode(of, value);
  } catch (error) {
    expect(error).toBeInstanceOf(EncodeError);
    ({ message } = error as EncodeError);
  }
  for (const encode of [
    () => of.encode(value),
    () => of.encodeInto(value, new Arena(4)),
    () => of.segments(value, new Arena(4)),
  ]) {
    if (message !== "") expect(encode).toThrow(expect.objectContaining({ name: "EncodeError", message }));
    else expect(encode).not.toThrow();
  }
  return message;
}
