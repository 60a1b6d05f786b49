import { hex } from "@railvail/wire";

export type Side = "client" | "server";

/** Some bytes that one side sends: a message of a channel, a frame of a stream, or what a decoder is given. */
export interface Packet {
  readonly from: Side;
  /** The channel, by its name in {@link channels}; or `stream`; or the name of what decodes the bytes. */
  readonly channel: string;
  readonly bytes: Uint8Array;
}

/** The channel of packets that are frames of the connection's byte stream. */
export const streamChannel = "stream";

/** What a target is given: packets in their order. */
export type FuzzInput = readonly Packet[];

/** One packet as text: `client rail 08000c00`. */
export const packetText = ({ from, channel, bytes }: Packet): string => `${from} ${channel} ${hex(bytes)}`;

/** Bytes from an even number of hexadecimal digits. Throws `SyntaxError`. */
export function bytesOfHex(digits: string): Uint8Array {
  if (digits.length % 2 !== 0 || /[^0-9a-f]/i.test(digits)) {
    throw new SyntaxError("hexadecimal bytes have two digits each, and nothing else");
  }
  return Uint8Array.from({ length: digits.length / 2 }, (_, at) =>
    Number.parseInt(digits.slice(at * 2, at * 2 + 2), 16),
  );
}

/** All bytes of all packets. */
export const inputSize = (input: FuzzInput): number => input.reduce((sum, { bytes }) => sum + bytes.length, 0);
