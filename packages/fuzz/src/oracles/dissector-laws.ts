import { Dissector, type Direction, type Message, type Record } from "@railvail/dissect";
import { inputSize, type FuzzInput } from "../packet.js";
import { holds, neverThrows } from "./broken-law.js";

/** Layers of which each byte of the connection is in exactly one record. */
const outermost: ReadonlySet<string> = new Set(["credssp", "tpkt", "x224", "fastpath", "stream", "tls"]);
const isOutermost = ({ path, trouble }: Message): boolean =>
  outermost.has(path) || (trouble === "encrypted" && path.startsWith("fastpath-"));

/** The most layers that a byte is in: TPKT, MCS, chunk, dynamic channel, segments, message. */
const layers = 7;
/** However little comes: what compressed bytes, or those that look so, may be opened to. */
const opened = 32 * 2 ** 20;

/** What takes both streams of a connection and gives records: `Dissector`, or something of that shape. */
export type DissectorMade = (sink: (record: Record) => void) => Pick<Dissector, "data" | "end">;

const usual: DissectorMade = (sink) => new Dissector({ connection: 0, sink });

/**
 * What holds for any two byte streams. Laws: `throws`; `covered` (each byte is in one record of the outermost layer);
 * `record` (a message has its bytes, and a value or a trouble); `memory` (what it holds is in proportion to what
 * came). Throws `BrokenLaw`.
 */
export function dissectorLaws(input: FuzzInput, make: DissectorMade = usual): void {
  const size = inputSize(input);
  const given = new Set<ArrayBufferLike>(input.map(({ bytes }) => bytes.buffer));
  const made = new Set<ArrayBufferLike>();
  const covered: { [of in Direction]: Uint8Array[] } = { c2s: [], s2c: [] };
  let records = 0;
  let sum = 0;
  const sink = (record: Record): void => {
    records++;
    if (record.type !== "message") return;
    const { source, offset, end, direction } = record;
    const bytes = source.bytes.subarray(offset, end);
    if (isOutermost(record)) covered[direction].push(bytes.slice());
    if (!given.has(bytes.buffer)) made.add(bytes.buffer);
    sum += bytes.length;
    recordLaws(record, bytes.length);
  };
  const dissector = make(sink);
  let packet = 0;
  neverThrows("the dissector", () => {
    for (const { from, bytes } of input) {
      dissector.data(from === "client" ? "c2s" : "s2c", bytes, { time: 0n, packet: ++packet });
    }
    dissector.end({ time: 0n, packet });
  });
  for (const direction of ["c2s", "s2c"] as const) coverLaw(input, direction, covered[direction]);
  const bound = size * layers * 2 + opened;
  const held = [...made].reduce((total, { byteLength }) => total + byteLength, 0);
  holds(held <= bound, "memory", () => `${held} bytes were held for ${size} bytes`);
  holds(sum <= bound, "memory", () => `records have ${sum} bytes together, of ${size}`);
  holds(records <= size + opened, "memory", () => `${records} records were made of ${size} bytes`);
}

function recordLaws(record: Message, length: number): void {
  const { name, end, offset, trouble, detail, value } = record;
  holds(length === end - offset, "record", () => `${name} has ${length} of its ${end - offset} bytes`);
  const error = neverThrows(`inspecting ${name}`, () => record.inspect()?.error);
  const isRight = trouble === undefined ? value !== undefined && error === undefined : (detail ?? "") !== "";
  holds(isRight, "record", () => `${name} has neither a value nor a trouble with a detail`);
}

function coverLaw(input: FuzzInput, direction: Direction, parts: readonly Uint8Array[]): void {
  const from = direction === "c2s" ? "client" : "server";
  let packet = 0;
  let at = 0;
  const ours = input.filter((each) => each.from === from).map(({ bytes }) => bytes);
  let total = 0;
  for (const part of parts) {
    for (const byte of part) {
      while (packet < ours.length && at === ours[packet]?.length) {
        packet++;
        at = 0;
      }
      holds(ours[packet]?.[at] === byte, "covered", () => `${direction}: byte ${total} is not where it was`);
      at++;
      total++;
    }
  }
  const size = ours.reduce((sum, { length }) => sum + length, 0);
  holds(total === size, "covered", () => `${direction}: ${total} of ${size} bytes are in records`);
}
