import { generate, type Pdu } from "@railvail/wire";
import { pick } from "../choice.js";
import { declarations } from "../generators/declarations.js";
import { codecLaws } from "../oracles/codec-laws.js";
import type { Target } from "./target.js";

/** Codecs under the laws; a packet's channel is the name of its declaration, such as `rail/WindowMove`. */
export function codecTarget(
  name = "codecs",
  pdus: ReadonlyMap<string, Pdu> = declarations,
  about = "each declaration: decoding, encoding, inspecting",
): Target {
  const names = [...pdus.keys()];
  return {
    name,
    about,
    single: true,
    make(choice) {
      const channel = pick(choice, names) ?? "";
      const pdu = pdus.get(channel);
      const bytes = pdu === undefined ? new Uint8Array(0) : pdu.encode(generate(pdu, choice));
      return [{ from: "client", channel, bytes }];
    },
    check(input) {
      for (const { channel, bytes } of input) {
        const pdu = pdus.get(channel);
        if (pdu !== undefined) codecLaws(pdu, bytes);
      }
    },
    pduOf: ({ channel }) => pdus.get(channel),
  };
}
