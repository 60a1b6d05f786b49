/** What can be taken out of a session. */
export const extractKinds = ["clipboard", "audio", "icons", "cursors", "frames"] as const;
export type ExtractKind = (typeof extractKinds)[number];

/** What `extract` is asked for. */
export interface ExtractOptions {
  readonly kinds: ReadonlySet<ExtractKind>;
  /** Where the files go. */
  readonly folder: string;
  /** Whether a surface is written once, as it was at its end, or after each frame that drew on it. */
  readonly frames: "last" | "all";
  /** The most files, and the most bytes in all of them: a capture decides how much there is. */
  readonly maxFiles: number;
  readonly maxBytes: number;
}

/** What is done unless something else is asked for. */
export const extractDefaults: ExtractOptions = {
  kinds: new Set(extractKinds),
  folder: "extracted",
  frames: "last",
  maxFiles: 10_000,
  maxBytes: 2 ** 30,
};
