/** @typedef {import("./ways.mjs").WayName} WayName */
/** @typedef {{ left: number, top: number, width: number, height: number }} Box */

/**
 * What both processes of a run are told to do. Frames are of one window each, and damage all of it.
 *
 * @typedef {object} Job
 * @property {WayName} way
 * @property {string} folder for the socket and the names of sections
 * @property {readonly Box[]} windows of each session
 * @property {number} warm frames before anything is measured
 * @property {number} [frames] that are measured; undefined: as many as go in `seconds`
 * @property {number} [seconds]
 * @property {boolean} [copies] whether copies are counted; times say nothing then
 */

/**
 * What a process used while it was measured.
 *
 * @typedef {object} Used
 * @property {number} processor seconds, of user and system, of all threads
 * @property {number} seconds
 * @property {number} frames
 * @property {number} socket bytes through the socket, both ways
 * @property {number} copied bytes, if they were counted
 */

export const desktop = { width: 1920, height: 1080 };

/** Ends the process if a frame is wrong: a benchmark of what is wrong has no meaning. @param {string} what @returns {never} */
export function wrong(what) {
  process.send?.({ wrong: what });
  throw new Error(what);
}

/** Measures from its making on. */
export class Meter {
  /** @param {() => { socket: number, copied: number }} counts */
  constructor(counts) {
    this.counts = counts;
    this.before = counts();
    this.processor = process.cpuUsage();
    this.began = performance.now();
  }

  /** @param {number} frames @returns {Used} */
  used(frames) {
    const { user, system } = process.cpuUsage(this.processor);
    const seconds = (performance.now() - this.began) / 1000;
    const { socket, copied } = this.counts();
    return {
      processor: (user + system) / 1e6,
      seconds,
      frames,
      socket: socket - this.before.socket,
      copied: copied - this.before.copied,
    };
  }
}
