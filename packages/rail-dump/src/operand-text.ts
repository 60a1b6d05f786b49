import { CaptureOpenError } from "@railvail/capture";
import type { Job } from "./job.js";
import { systemReason } from "./system-reason.js";
import { InputError } from "./terminal.js";

/**
 * What a command works on: its operands, or standard input if there are none or only `-`.
 *
 * @throws InputError if standard input cannot be read
 */
export async function operandText({ args, open }: Pick<Job, "args" | "open">): Promise<string> {
  const { operands } = args;
  if (operands.length > 0 && (operands.length > 1 || operands[0] !== "-")) return operands.join(" ");
  const chunks: Uint8Array[] = [];
  try {
    for await (const chunk of open("-")) chunks.push(chunk);
  } catch (error) {
    if (error instanceof CaptureOpenError) throw new InputError(`standard input: ${systemReason(error)}`);
    throw error;
  }
  return Buffer.concat(chunks).toString("utf8");
}
