import type { Direction } from "./record.js";

/** Where in the layers bytes stand. There is one object for each place, not one for each message. */
export interface Place {
  readonly direction: Direction;
  /** Outermost layer first, separated by slashes. */
  readonly path: string;
  /** The last layer of the path. */
  readonly channel: string;
}

/** The two directions of one place. */
export type Places = Readonly<Record<Direction, Place>>;

/** The place of a layer; `within` is the path of the layers around it. */
export function placesOf(channel: string, within = ""): Places {
  const path = within === "" ? channel : `${within}/${channel}`;
  return { c2s: { direction: "c2s", path, channel }, s2c: { direction: "s2c", path, channel } };
}

/** Who sends in a direction, as declarations say it. */
export const senderOf = (direction: Direction): "client" | "server" => (direction === "c2s" ? "client" : "server");
