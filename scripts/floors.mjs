/**
 * The floor of each package. Imports go strictly down: packages of one floor do not know each
 * other.
 * @type {Readonly<Record<string, number>>}
 */
export const floors = {
  wire: 0,
  transport: 1,
  rail: 1,
  egfx: 1,
  gfxredir: 1,
  cliprdr: 1,
  audio: 1,
  display: 1,
  applist: 1,
  rdpdr: 1,
  session: 2,
  dissect: 2,
  node: 3,
  capture: 3,
  fuzz: 3,
  "command-line": 3,
  "rail-dump": 4,
  "rail-view": 4,
  "demo-compositor": 4,
};

/** The highest floor that knows nothing of a host: no Node, no clock, no I/O. */
export const highestPureFloor = 2;

/**
 * What a package may take from outside the repository.
 * @param {string} name
 * @returns {readonly string[] | undefined} undefined if anything may come in
 */
export function allowedExternals(name) {
  if (name === "wire") return [];
  return isPure(name) ? ["ts-pattern"] : undefined;
}

/** @param {string} name */
export function isPure(name) {
  return (floors[name] ?? Number.POSITIVE_INFINITY) <= highestPureFloor;
}

/** Names of the host that sources of the pure floors do not use, though some are in ES2023. */
export const hostNames = new Set([
  "Buffer",
  "Date",
  "Math.random",
  "TextDecoder",
  "TextEncoder",
  "clearInterval",
  "clearTimeout",
  "console",
  "crypto",
  "eval",
  "fetch",
  "global",
  "globalThis",
  "performance",
  "process",
  "queueMicrotask",
  "require",
  "setImmediate",
  "setInterval",
  "setTimeout",
]);
