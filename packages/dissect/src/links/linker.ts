import type { Pdu } from "@railvail/wire";
import type { Direction, Message } from "../record.js";
import type { Link } from "./link.js";
import { pairs } from "./pair-table.js";
import type { Key, Pair, PairMessage } from "./pair.js";
import { Pending } from "./pending.js";

/** Connections that are remembered; one more makes the one unused for longest be forgotten. */
const connectionLimit = 256;
/** First messages that are remembered of each pair, connection and channel. */
const waitingLimit = 1024;

/** Where a declaration stands in a pair. */
interface Place {
  readonly pair: Pair;
  readonly side: "first" | "second";
  readonly message: PairMessage;
}

/** The pairs that each declaration is part of. It answers before it is itself answered. */
function placesByPdu(): ReadonlyMap<Pdu, readonly Place[]> {
  const places = new Map<Pdu, Place[]>();
  for (const side of ["second", "first"] as const) {
    for (const pair of pairs) {
      for (const message of pair[side]) {
        const of = places.get(message.pdu);
        if (of === undefined) places.set(message.pdu, [{ pair, side, message }]);
        else of.push({ pair, side, message });
      }
    }
  }
  return places;
}

const other: Readonly<Record<Direction, Direction>> = { c2s: "s2c", s2c: "c2s" };

/** What waits in one connection: by pair, sender of the first message, and path. */
type Waits = Map<Pair, Readonly<Record<Direction, Map<string, Pending>>>>;

/**
 * Finds for each message the earlier one that it answers or refers to. Messages are handed in in
 * the order in which the dissector gives them, those of several connections mixed as they come.
 * Messages that are part of no pair are not decoded. Memory is bounded, whatever the peers leave
 * unanswered.
 */
export class Linker {
  private readonly places = placesByPdu();
  private readonly connections = new Map<number, Waits>();
  private latest: { readonly connection: number; readonly waits: Waits } | undefined;

  /** The link of the message to an earlier one, if there is one. */
  link(message: Message): Link | undefined {
    const { pdu } = message;
    if (pdu === undefined) return undefined;
    const places = this.places.get(pdu);
    if (places === undefined || message.trouble !== undefined) return undefined;
    let link: Link | undefined;
    for (const place of places) {
      const key = place.message.key(message.value);
      if (key === undefined) continue;
      if (place.side === "first") this.first(message, place.pair, key);
      else link ??= this.second(message, place, key);
    }
    return link;
  }

  /**
   * Bytes of a connection are missing: what was to be answered in order, once, may have been. What
   * keys tell apart for certain is kept.
   */
  lost(connection: number): void {
    const waits = this.connections.get(connection);
    for (const pair of waits?.keys() ?? []) if (pair.seconds !== "many") waits?.delete(pair);
  }

  private first(message: Message, pair: Pair, key: Key): void {
    const { direction, packet, name, time } = message;
    if (pair.from !== undefined && pair.from !== direction) return;
    this.pendingOf(message, pair, direction).add(key, packet, name, time, pair.seconds === "many");
  }

  private second(message: Message, { pair, message: { last } }: Place, key: Key): Link | undefined {
    const { relation = "answers", kind, from, seconds } = pair;
    const { direction } = message;
    const sender = relation === "answers" ? other[direction] : direction;
    if (from !== undefined && from !== sender) return undefined;
    const waiting = this.pendingOf(message, pair, sender).take(key, seconds === "many" && !last);
    if (waiting === undefined) return undefined;
    const { packet, name, time } = waiting;
    return { relation, kind, to: { packet, name }, delay: message.time - time, nth: waiting.seconds };
  }

  /** What waits of a pair on the channel of the message. */
  private pendingOf({ connection, path }: Message, pair: Pair, sender: Direction): Pending {
    const waits = this.waitsOf(connection);
    let bySender = waits.get(pair);
    if (bySender === undefined) waits.set(pair, (bySender = { c2s: new Map(), s2c: new Map() }));
    const byPath = bySender[sender];
    const place = pair.across === true ? "" : path;
    let pending = byPath.get(place);
    if (pending === undefined) byPath.set(place, (pending = new Pending(waitingLimit)));
    return pending;
  }

  private waitsOf(connection: number): Waits {
    if (this.latest?.connection === connection) return this.latest.waits;
    const waits: Waits = this.connections.get(connection) ?? new Map();
    // Moved to the end: the one unused for longest stands first.
    this.connections.delete(connection);
    this.connections.set(connection, waits);
    const oldest = this.connections.keys().next();
    if (this.connections.size > connectionLimit && oldest.done !== true) this.connections.delete(oldest.value);
    this.latest = { connection, waits };
    return waits;
  }
}
