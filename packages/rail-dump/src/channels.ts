import type { Message } from "@railvail/dissect";

const padding = "mcs/cliprdr/padding";

/** Channels whose messages belong to the one above them, as far as people are concerned. */
const folded: ReadonlyMap<string, string> = new Map([
  ["fastpath-out/update", "fastpath-out"],
  [padding, "cliprdr"],
]);

const cache = new Map<string, string>();

/** Paths that are remembered; the names of channels come from the wire. */
const cacheLimit = 1000;

/** The channel that a message is listed under. */
export function channelOf({ path }: Message): string {
  const known = cache.get(path);
  if (known !== undefined) return known;
  const channel = folded.get(path) ?? path.slice(path.lastIndexOf("/") + 1);
  if (cache.size < cacheLimit) cache.set(path, channel);
  return channel;
}

/** A message that is no more than a part of one on the same channel, which has been counted. */
export const isPart = ({ path }: Message): boolean => folded.has(path);

/** Bytes that a sender left after a message. */
export const isPadding = ({ path }: Message): boolean => path === padding;

/** What the options ask for. */
export interface Selection {
  readonly channels?: ReadonlySet<string> | undefined;
  readonly direction?: "c2s" | "s2c" | undefined;
  /** Messages of lower layers that carry others too. */
  readonly all?: boolean | undefined;
}

/** Whether a message is asked for. A channel is named as listed, or by its path. */
export function isSelected(message: Message, { channels, direction, all }: Selection): boolean {
  if (direction !== undefined && message.direction !== direction) return false;
  if (channels !== undefined) return channels.has(channelOf(message)) || channels.has(message.path);
  return all === true || !message.envelope;
}
