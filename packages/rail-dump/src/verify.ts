import type { TlsProblem } from "@railvail/capture";
import type { Direction, Message, Trouble } from "@railvail/dissect";
import { EncodeError, leaves, tilingFault } from "@railvail/wire";
import type { DeviationRule, FieldSpan } from "@railvail/wire";
import { channelOf } from "./channels.js";
import type { ReadRecord } from "./connection-reading.js";
import { isExplained } from "./explained.js";

/** Something that is not as it should be, at a place in the capture. */
export interface Finding {
  readonly kind: Trouble | "tls" | "not-tiled" | "unexplained-difference" | "not-encodable";
  readonly packet: number;
  readonly connection: number;
  readonly direction: Direction;
  readonly channel: string;
  readonly name: string;
  /** Bytes of the message. */
  readonly length: number;
  readonly detail: string;
}

export interface Tally {
  messages: number;
  bytes: number;
}

/** What a verification found. */
export interface Verification {
  /** Messages, envelopes among them, whose declaration read them; and their bytes. */
  readonly decoded: Tally;
  /** Those that the encoder gave back byte for byte. */
  readonly exact: Tally;
  /** Those that differ, by a deviation that says why. */
  readonly explained: Tally;
  /** Bytes of the streams: of TLS what was decrypted, and the records that were not. */
  readonly streamBytes: number;
  /** Bytes of the streams that no record of the lowest layer has. */
  readonly unseenBytes: number;
  /** Bytes of TLS records that could not be decrypted, between others that could. */
  readonly sealedBytes: number;
  /** Bytes that belong to no message that could be read. */
  readonly unaccountedBytes: number;
  readonly troubles: ReadonlyMap<Trouble, Tally>;
  readonly deviations: ReadonlyMap<DeviationRule, number>;
  readonly gaps: Tally;
  /** The first of each kind of finding; `findingCounts` has how many there were. */
  readonly findings: readonly Finding[];
  readonly findingCounts: ReadonlyMap<Finding["kind"], number>;
}

/** Findings of a kind that are kept. */
const findingLimit = 100;

/** Paths of the lowest layer: their messages cover the streams, each byte once. */
const lowest: ReadonlySet<string> = new Set(["credssp", "tpkt", "x224", "fastpath", "stream", "tls"]);
/** Where packets of the lowest layer stand if they are encrypted. */
const fastPaths: ReadonlySet<string> = new Set(["fastpath-in", "fastpath-out"]);

/**
 * Checks records as they come: each message must decode, its fields must cover its bytes exactly
 * once, and it must encode to the same bytes or have a deviation that explains the difference.
 */
export class Verifier {
  private readonly decoded: Tally = { messages: 0, bytes: 0 };
  private readonly exact: Tally = { messages: 0, bytes: 0 };
  private readonly explained: Tally = { messages: 0, bytes: 0 };
  private readonly gaps: Tally = { messages: 0, bytes: 0 };
  private readonly troubles = new Map<Trouble, Tally>();
  private readonly deviations = new Map<DeviationRule, number>();
  private readonly findings: Finding[] = [];
  private readonly findingCounts = new Map<Finding["kind"], number>();
  private streamBytes = 0;
  private sealedBytes = 0;
  private lowestBytes = 0;
  private troubledBytes = 0;
  private faultyBytes = 0;

  /** Bytes of a stream were handed to the dissector. */
  stream(length: number): void {
    this.streamBytes += length;
  }

  /** Something of TLS could not be decrypted, and why. */
  sealed(connection: number, { direction, issue, message, packet }: TlsProblem): void {
    const length = issue.kind === "undecrypted" ? issue.bytes : 0;
    const place = { packet, connection, direction, channel: "tls", name: issue.kind };
    this.keep({ kind: "tls", ...place, length, detail: message });
  }

  record(record: ReadRecord): void {
    if (record.type === "gap") {
      if (record.reason === "sealed") this.sealedBytes += record.length;
      else add(this.gaps, record.length);
      return;
    }
    const length = record.end - record.offset;
    const { trouble } = record;
    if (lowest.has(record.path) || (trouble === "encrypted" && fastPaths.has(record.path))) {
      this.lowestBytes += length;
    }
    if (trouble !== undefined) {
      this.troubledBytes += length;
      add(entry(this.troubles, trouble), length);
      return this.find(record, trouble, record.detail ?? "");
    }
    if (record.pdu === undefined) return;
    add(this.decoded, length);
    if (!this.message(record)) this.faultyBytes += length;
  }

  /** What was found so far. */
  result(): Verification {
    // Streams can hold more than was given out only if the dissector lost bytes.
    const unseenBytes = Math.max(this.streamBytes - this.lowestBytes, 0);
    const { decoded, exact, explained, sealedBytes, troubles, deviations, gaps } = this;
    const streamBytes = this.streamBytes + sealedBytes;
    const { findings, findingCounts } = this;
    const unreadBytes = this.troubledBytes + this.faultyBytes + unseenBytes + sealedBytes;
    const unaccountedBytes = Math.min(unreadBytes, streamBytes);
    return {
      decoded,
      exact,
      explained,
      streamBytes,
      unseenBytes,
      sealedBytes,
      unaccountedBytes,
      troubles,
      deviations,
      gaps,
      findings,
      findingCounts,
    };
  }

  /** Whether the bytes of a decoded message are all accounted for. */
  private message(message: Message): boolean {
    const { pdu, source, offset, end } = message;
    const inspection = message.inspect();
    if (pdu === undefined || inspection === undefined) return false;
    for (const { rule } of inspection.deviations) {
      this.deviations.set(rule, (this.deviations.get(rule) ?? 0) + 1);
    }
    const length = end - offset;
    const fault = tilingFault(inspection.fields, length);
    if (fault !== -1) this.find(message, "not-tiled", `no field, or more than one, has byte ${fault}`);
    const bytes = source.bytes.subarray(offset, end);
    let again: Uint8Array;
    try {
      again = pdu.encode(message.value);
    } catch (error) {
      if (!(error instanceof EncodeError)) throw error;
      this.find(message, "not-encodable", error.message);
      return fault === -1;
    }
    if (Buffer.compare(bytes, again) === 0) add(this.exact, length);
    else if (isExplained(inspection, bytes, again)) add(this.explained, length);
    else this.find(message, "unexplained-difference", difference(inspection.fields, bytes, again));
    return fault === -1;
  }

  private find(message: Message, kind: Finding["kind"], detail: string): void {
    const { packet, connection, direction, name } = message;
    const length = message.end - message.offset;
    const channel = channelOf(message);
    this.keep({ kind, packet, connection, direction, channel, name, length, detail });
  }

  private keep(finding: Finding): void {
    const count = (this.findingCounts.get(finding.kind) ?? 0) + 1;
    this.findingCounts.set(finding.kind, count);
    if (count <= findingLimit) this.findings.push(finding);
  }
}

/** Where two encodings part. */
function difference(fields: readonly FieldSpan[], bytes: Uint8Array, again: Uint8Array): string {
  let at = 0;
  while (at < bytes.length && at < again.length && bytes[at] === again[at]) at++;
  const lengths = bytes.length === again.length ? "" : ` (${bytes.length} bytes became ${again.length})`;
  for (const { name, offset, length } of leaves(fields)) {
    if (at >= offset && at < offset + length) return `at byte ${at}, field ${name}${lengths}`;
  }
  return `at byte ${at}${lengths}`;
}

function add(tally: Tally, bytes: number): void {
  tally.messages++;
  tally.bytes += bytes;
}

function entry(map: Map<Trouble, Tally>, key: Trouble): Tally {
  let tally = map.get(key);
  if (tally === undefined) map.set(key, (tally = { messages: 0, bytes: 0 }));
  return tally;
}

/** Whether nothing is left unexplained. Bytes that the capture does not have are no finding. */
export const isClean = ({ findingCounts, unaccountedBytes }: Verification): boolean =>
  findingCounts.size === 0 && unaccountedBytes === 0;
