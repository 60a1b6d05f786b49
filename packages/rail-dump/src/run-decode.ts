import type { Message } from "@railvail/dissect";
import { quoteJson, sourceOf, type Inspection } from "@railvail/wire";
import type { DeclaredMessage } from "./dictionary/catalogue.js";
import { messageNamed } from "./dictionary/message-names.js";
import type { ExitCode } from "./exit-code.js";
import { writeHexDump } from "./hex-dump.js";
import { parseHex } from "./hex-input.js";
import type { Job } from "./job.js";
import { operandText } from "./operand-text.js";
import { writeTree } from "./tree.js";

/** `rail-dump decode`: what the bytes of one message are, which are given in hex. */
export async function runDecode(job: Job): Promise<ExitCode> {
  const { args, printer, palette } = job;
  const declared = messageNamed(args.pdu ?? "");
  const bytes = parseHex(await operandText(job));
  const inspection = declared.pdu.inspect(bytes);
  const { error } = inspection;
  if (args.json) {
    if (error === undefined) printer.line(declared.pdu.toJson(inspection.value));
    else job.complaint(error.message);
  } else if (args.format === "ndjson") {
    printer.line(decodedJson(declared, bytes, inspection, args.tree || error !== undefined));
  } else {
    const message = messageOf(declared, bytes, inspection);
    printer.line(palette.name(declared.pdu.name));
    if (args.tree || !args.hex) writeTree(printer, palette, message, inspection);
    if (args.hex) writeHexDump(printer, palette, message, inspection);
    if (error !== undefined) job.complaint(error.message);
  }
  return error === undefined ? 0 : 1;
}

/** One line of JSON, as a listing has it, without what bytes alone do not tell. */
function decodedJson(
  { package: home, exported, pdu }: DeclaredMessage,
  bytes: Uint8Array,
  { value }: Inspection<unknown>,
  fields: boolean,
): string {
  const start = `{"type":"message","package":"${home}","export":"${exported}","name":${quoteJson(pdu.name)}`;
  const contents = fields ? pdu.inspectJson(sourceOf(bytes), 0, bytes.length) : `"value":${pdu.toJson(value)}`;
  return `${start},"spec":"${pdu.spec}","length":${bytes.length},${contents}}`;
}

/** The bytes as a message that was on no connection. */
function messageOf(
  { package: home, exported, pdu }: DeclaredMessage,
  bytes: Uint8Array,
  inspection: Inspection<unknown>,
): Message {
  return {
    type: "message",
    connection: 0,
    direction: pdu.sentBy === "server" ? "s2c" : "c2s",
    time: 0n,
    packet: 0,
    path: `${home}/${exported}`,
    channel: home,
    name: pdu.name,
    pdu,
    source: sourceOf(bytes),
    offset: 0,
    end: bytes.length,
    envelope: false,
    trouble: inspection.error === undefined ? undefined : "undecodable",
    detail: inspection.error?.message,
    value: inspection.value,
    inspect: () => inspection,
  };
}
