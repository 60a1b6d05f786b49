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

/** What `-Y` and `-e` ask for. */
export interface MessageFilter {
  /** Whether the contents of a message are what is asked for. */
  readonly test: (message: Message) => boolean;
  /** Whether it is asked for by name: then it is shown even if it carries others. */
  readonly names: (message: Message) => boolean;
  /** The time of the first packet; if it is never given, times count from the first message. */
  readonly begin: (time: bigint) => void;
}

/** What the options ask for. */
export interface Selection {
  readonly channels?: ReadonlySet<string> | undefined;
  readonly direction?: "c2s" | "s2c" | undefined;
  /** Messages of lower layers that carry others too. */
  readonly all?: boolean | undefined;
  readonly filter?: MessageFilter | undefined;
}

const none: ReadonlySet<string> = new Set();

/** The channels whose envelopes can be asked for, so that others need not be made; all if undefined. */
export const selectedEnvelopes = ({ channels, all, filter }: Selection): ReadonlySet<string> | undefined =>
  channels === undefined && all !== true && filter === undefined ? none : undefined;

/**
 * Whether a message is asked for. A channel is named as listed, or by its path. The filter comes
 * last: it may decode the message.
 */
export function isSelected(message: Message, { channels, direction, all, filter }: Selection): boolean {
  if (direction !== undefined && message.direction !== direction) return false;
  if (channels !== undefined) {
    if (!channels.has(channelOf(message)) && !channels.has(message.path)) return false;
  } else if (all !== true && message.envelope && filter?.names(message) !== true) return false;
  return filter === undefined || filter.test(message);
}
