import { hex } from "@railvail/wire";
import { bytesOfHex, type FuzzInput, type Packet } from "../packet.js";
import type { Finding } from "./fuzz.js";

/** An input that once broke something, as it is kept in a file. */
export interface Regression {
  readonly name: string;
  readonly target: string;
  /** How it was found. */
  readonly origin: string;
  /** What it once broke. */
  readonly broke: string;
  readonly input: FuzzInput;
}

/** The JSON of a regression file: a line for each packet. */
export function regressionText({ name, target, origin, broke, input }: Regression): string {
  const packets = input.map(({ from, channel, bytes }) => ({ from, channel, hex: hex(bytes) }));
  return `${JSON.stringify({ name, target, origin, broke, packets }, undefined, 2)}\n`;
}

/** What was found, to be kept. The name is that of its file. */
export const regressionOf = ({ target, failure, smallest, seed }: Finding, name: string): Regression => ({
  name,
  target,
  origin: seed === undefined ? "the corpus" : `rail-fuzz --target ${target} --seed ${seed} --runs 1`,
  broke: failure.message,
  input: smallest,
});

/** Reads the text of a regression file. Throws `SyntaxError`. */
export function readRegression(json: string): Regression {
  const value = JSON.parse(json) as { readonly [key: string]: unknown };
  const text = (key: string): string => {
    const found = value[key];
    if (typeof found !== "string") throw new SyntaxError(`a regression has a text "${key}"`);
    return found;
  };
  const about = { name: text("name"), target: text("target"), origin: text("origin"), broke: text("broke") };
  const { packets } = value;
  if (!Array.isArray(packets)) throw new SyntaxError('a regression has a list "packets"');
  return { ...about, input: packets.map(packetOf) };
}

function packetOf(value: unknown): Packet {
  const { from, channel, hex: digits } = value as { readonly [key: string]: unknown };
  if ((from !== "client" && from !== "server") || typeof channel !== "string" || typeof digits !== "string") {
    throw new SyntaxError('a packet has "from", "channel" and "hex"');
  }
  return { from, channel, bytes: bytesOfHex(digits) };
}
