import type { Choice } from "@railvail/wire";
import { pick } from "../choice.js";
import { holds, neverThrows } from "../oracles/broken-law.js";
import { firstDifference } from "../oracles/same-value.js";
import type { Target } from "./target.js";

/** A reader of bytes that is no declaration: a format, a compression, pixels. */
export interface Decoder {
  /** Bytes that it can read. */
  sample(choice: Choice): Uint8Array;
  /** Reads them; gives the bytes that it made of them, where there is a measure. */
  read(bytes: Uint8Array): number | void;
  /** Errors that say that the bytes cannot be read; none unless said. */
  isRefusal?(error: unknown): boolean;
  /** The most bytes that are made of some input, beside 4096 for each byte of it: 1 MiB unless said. */
  readonly most?: number;
}

const usualMost = 2 ** 20;
const mostPerByte = 4096;

/**
 * Readers under what holds for all of them: only refusals are thrown, the input is not changed, and what is made is
 * in proportion to it. A packet's channel is the name of its reader.
 */
export function decoderTarget(name: string, about: string, decoders: Readonly<Record<string, Decoder>>): Target {
  const names = Object.keys(decoders);
  return {
    name,
    about,
    single: true,
    make(choice) {
      const channel = pick(choice, names) ?? "";
      return [{ from: "client", channel, bytes: decoders[channel]?.sample(choice) ?? new Uint8Array(0) }];
    },
    check(input) {
      for (const { channel, bytes } of input) {
        const decoder = decoders[channel];
        if (decoder !== undefined) decoderLaws(channel, decoder, bytes);
      }
    },
    pduOf: () => undefined,
  };
}

function decoderLaws(name: string, decoder: Decoder, bytes: Uint8Array): void {
  const given = bytes.slice();
  const made = neverThrows(name, () => decoder.read(given), decoder.isRefusal?.bind(decoder)) ?? 0;
  holds(firstDifference(given, bytes) < 0, "reads-only", () => `${name} changed its input`);
  const most = (decoder.most ?? usualMost) + bytes.length * mostPerByte;
  holds(made <= most, "output-bound", () => `${name} made ${made} bytes of ${bytes.length}`);
}
