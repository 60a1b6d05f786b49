/** How a message stands to an earlier one. */
export type Relation =
  /** The other side asked for it, or it acknowledges what the other side sent. */
  | "answers"
  /** It uses or ends what an earlier message of either side made. */
  | "refers";

/** The earlier message that a message belongs to. */
export interface Link {
  readonly relation: Relation;
  /** What the pair is about: `clipboard data`, `frame`, `channel join`. */
  readonly kind: string;
  /** The earlier message: the packet that completed it, and its name in the specification. */
  readonly to: { readonly packet: number; readonly name: string };
  /** Nanoseconds between the two; negative if the times of the capture run backwards. */
  readonly delay: bigint;
  /** 1 for the first message that belongs to the earlier one, 2 for the second, and so on. */
  readonly nth: number;
}
