// What a contender is. Each of them runs in a process of its own, so that the feedback that one
// gives to the compiler does not slow down another.

/** @typedef {import("../../packages/wire/dist/index.js").Source} Source */
/** @typedef {import("../../packages/wire/dist/index.js").Arena} Arena */

/**
 * @template T
 * @typedef {object} Codec
 * @property {(source: Source, offset: number, end: number, bytes: Buffer) => T} decode
 *   `bytes` is the message alone, made beforehand for those that cannot start at an offset
 * @property {(value: T, arena: Arena) => unknown} [encode] absent if it cannot
 * @property {(value: T, size: number) => T} [prepare] turns a value and the size of its message
 *   into what `encode` takes; not measured
 * @property {(value: T) => object} [normalise] turns what `decode` gives into the value of the
 *   declaration, to compare them; not measured
 * @property {(source: Source, offset: number, end: number) => number} [glance]
 *   checks the message and reads four fields
 */

/**
 * @typedef {object} Contender
 * @property {Codec<import("../../packages/rail/dist/index.js").WindowState>} window
 * @property {Codec<import("../../packages/gfxredir/dist/index.js").PresentBuffer>} present
 * @property {Codec<import("../../packages/gfxredir/dist/index.js").PresentBufferAck>} ack
 */

/**
 * Names of all contenders, and where each is loaded from: only what is measured is loaded.
 *
 * @type {Readonly<Record<string, () => Promise<Contender>>>}
 */
export const contenders = {
  "hand-written": async () => (await import("./hand-written.mjs")).handWritten,
  "hand-checked": async () => (await import("./hand-checked.mjs")).handChecked,
  emitted: async () => (await import("./emitted.mjs")).emitted,
  interpreted: async () => (await import("./interpreted.mjs")).interpreted,
  "binary-parser": async () => (await import("./binary-parser.mjs")).binaryParser,
  "micro-packed": async () => (await import("./micro-packed.mjs")).microPacked,
};
