import { UsageError } from "@railvail/command-line";
import { EncodeError, hex } from "@railvail/wire";
import { valueFromJson } from "./dictionary/json-to-value.js";
import { JsonValueError } from "./dictionary/json-value-error.js";
import { messageNamed } from "./dictionary/message-names.js";
import type { ExitCode } from "./exit-code.js";
import type { Job } from "./job.js";
import { operandText } from "./operand-text.js";

/** `rail-dump encode`: the bytes of one message in hex, from the JSON of its value. */
export async function runEncode(job: Job): Promise<ExitCode> {
  const { exported, pdu } = messageNamed(job.args.pdu ?? "");
  const json = parsedJson(await operandText(job));
  try {
    job.printer.line(hex(pdu.encode(valueFromJson(pdu, json))));
    return 0;
  } catch (error) {
    if (error instanceof JsonValueError) job.complaint(`${exported}: ${error.message}`);
    else if (error instanceof EncodeError) job.complaint(error.message);
    else throw error;
    return 1;
  }
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new UsageError(`the value is not JSON: ${error.message.charAt(0).toLowerCase()}${error.message.slice(1)}`);
  }
}
