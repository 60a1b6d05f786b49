import type { Direction, Message } from "@railvail/dissect";
import { countedBytes, shortName } from "./aliases.js";
import { channelOf, isPadding, isPart } from "./channels.js";

/** How many messages there were, and how many bytes they had. */
export interface MessageCount {
  count: number;
  bytes: number;
}

/** By channel, direction and short name. */
export type Counts = Map<string, Map<Direction, Map<string, MessageCount>>>;

/** Envelopes that are counted because they are messages of their channel. */
export const countedEnvelopes: ReadonlySet<string> = new Set(["drdynvc", "fastpath-out"]);

/**
 * Whether statistics have a message by default: none of lower layers, except fragments of dynamic
 * channels and fast-path updates, whose bodies are not counted again.
 */
export const isCounted = (message: Message): boolean =>
  message.envelope ? countedEnvelopes.has(channelOf(message)) : !isPart(message) || isPadding(message);

/** What was counted last, for the padding that comes right after it. */
const latest = new WeakMap<Counts, MessageCount>();

/** Counts a message. Messages are given in the order in which the dissector gives them. */
export function addMessage(counts: Counts, message: Message): void {
  const before = latest.get(counts);
  const bytes = countedBytes(message);
  if (before !== undefined && isPadding(message)) {
    before.bytes += bytes;
    return;
  }
  const channel = entry(counts, channelOf(message), () => new Map<Direction, never>());
  const direction = entry(channel, message.direction, () => new Map<string, never>());
  const count = entry(direction, shortName(message), () => ({ count: 0, bytes: 0 }));
  count.count++;
  count.bytes += bytes;
  latest.set(counts, count);
}

function entry<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  let value = map.get(key);
  if (value === undefined) map.set(key, (value = make()));
  return value;
}

const byName = <V>([a]: readonly [string, V], [b]: readonly [string, V]): number => (a < b ? -1 : Number(a > b));

/** One row for each kind of message, sorted by name. */
export function* countRows(
  counts: Counts,
): Generator<readonly [channel: string, direction: Direction, name: string, count: MessageCount]> {
  for (const [channel, directions] of [...counts].toSorted(byName)) {
    for (const [direction, names] of [...directions].toSorted(byName)) {
      for (const [name, count] of [...names].toSorted(byName)) {
        yield [channel, direction, name, count];
      }
    }
  }
}

/** `{ counts: { channel: { direction: { name: { count, bytes } } } } }`, sorted by name; `more` goes beside `counts`. */
export function countsJson(counts: Counts, more: object = {}): string {
  const plain = sortedObject(counts, (directions) =>
    sortedObject(directions, (names) => sortedObject(names, (count) => count)),
  );
  return JSON.stringify({ counts: plain, ...more }, null, 1);
}

const sortedObject = <V>(map: ReadonlyMap<string, V>, plain: (value: V) => object): object =>
  Object.fromEntries([...map].toSorted(byName).map(([key, value]) => [key, plain(value)]));
