import { hex, leaves, type FieldSpan, type Pdu } from "@railvail/wire";
import { packetPdu } from "../generators/channels.js";
import { frameLayers } from "../generators/stream-layers.js";
import { streamChannel, type Packet } from "../packet.js";
import type { Target } from "../targets/target.js";
import type { Finding } from "./fuzz.js";

/** Bytes of a field that are shown. */
const shownBytes = 24;
/** Fields of a packet that are shown. */
const shownFields = 40;

const shortHex = (bytes: Uint8Array): string =>
  bytes.length > shownBytes ? `${hex(bytes.subarray(0, shownBytes))}… (${bytes.length} bytes)` : hex(bytes);

function fieldLine(bytes: Uint8Array, { name, offset, length, type, value }: FieldSpan): string {
  const shown = typeof value === "number" || typeof value === "bigint" ? ` = ${value}` : "";
  return `      ${String(offset).padStart(5)}  ${shortHex(bytes.subarray(offset, offset + length))}  ${name}: ${type}${shown}`;
}

function packetLines(packet: Packet, index: number, target: Target): string[] {
  const { from, channel, bytes } = packet;
  const layers = channel === streamChannel ? frameLayers(bytes, from) : layersOf(packet, target);
  const inner = layers.at(-1);
  const head = `  ${index}: ${from} ${channel} ${layers.map(({ pdu }) => pdu.name).join(" / ")}`.trimEnd();
  if (inner === undefined) return [head, `      ${hex(bytes)}`];
  const { fields, error } = inner.pdu.inspect(inner.bytes);
  const spans = [...leaves(fields)];
  const lines = spans.slice(0, shownFields).map((span) => fieldLine(inner.bytes, span));
  if (spans.length > shownFields) lines.push(`      and ${spans.length - shownFields} more fields`);
  if (error !== undefined) lines.push(`      ${error.message}`);
  return [head, `      ${hex(bytes)}`, ...lines];
}

function layersOf(packet: Packet, target: Target): { readonly pdu: Pdu; readonly bytes: Uint8Array }[] {
  const pdu = target.pduOf?.(packet) ?? packetPdu(packet);
  return pdu === undefined ? [] : [{ pdu, bytes: packet.bytes }];
}

/** What was found, for people: what does not hold, the smallest input field by field, and how to see it again. */
export function describeFinding(finding: Finding, target: Target): string {
  const { failure, smallest, input, seed } = finding;
  const lines = [`${finding.target}: ${failure.message}`];
  lines.push(`the smallest input has ${smallest.length} of ${input.length} packets:`);
  for (const [index, packet] of smallest.entries()) {
    lines.push(...packetLines(packet, index, target));
  }
  if (seed !== undefined) lines.push(`again: rail-fuzz --target ${finding.target} --seed ${seed} --runs 1`);
  const { error } = failure;
  const cause: unknown = error instanceof Error ? (error.cause ?? error) : undefined;
  if (cause instanceof Error && cause.stack !== undefined) lines.push(cause.stack);
  return lines.join("\n");
}
