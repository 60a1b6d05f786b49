import type { Trouble } from "@railvail/dissect";

/** What values of a name that no declaration has are. */
export interface MetaName {
  readonly kind: "text" | "number" | "time";
  /** The words that a text can be, if only these are possible. */
  readonly words?: readonly string[];
  readonly means: string;
}

/** In the order of the type, which is closed. */
const troubles: Readonly<Record<Trouble, true>> = {
  undecodable: true,
  unknown: true,
  incomplete: true,
  skipped: true,
  compressed: true,
  encrypted: true,
  limit: true,
};
export const troubleWords: readonly string[] = Object.keys(troubles);

/** What can be asked of any message, without a look at its bytes unless `trouble` is asked for. */
export const metaNames = {
  channel: { kind: "text", means: "the channel, as listed" },
  direction: { kind: "text", words: ["c2s", "s2c"], means: "c2s or s2c" },
  conn: { kind: "number", means: "the connection, from 0, counted over all files" },
  packet: { kind: "number", means: "the packet that completed it, from 1" },
  time: { kind: "time", means: "seconds since the first packet" },
  length: { kind: "number", means: "bytes" },
  name: { kind: "text", means: "the specification's name, as listed" },
  path: { kind: "text", means: "the layers, outermost first: mcs/drdynvc/egfx" },
  trouble: { kind: "text", words: troubleWords, means: "why it could not be read; absent if it could" },
} as const satisfies Readonly<Record<string, MetaName>>;
export type Meta = keyof typeof metaNames;

export const isMeta = (name: string): name is Meta => Object.hasOwn(metaNames, name);
