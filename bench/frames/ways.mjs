/**
 * One way for pixels from a compositor to a viewer.
 *
 * @typedef {object} Way
 * @property {string} title
 * @property {import("../../packages/session/dist/index.js").PixelPathName} path
 * @property {boolean} [map] whether shared memory is mapped; undefined: there is none
 * @property {boolean} [copies] the compositor draws in memory of its own and copies it into the canvas
 * @property {number} [target] of processor time, as a part of that of the first way
 */

/** All are compared with the first. @satisfies {Record<string, Way>} */
export const ways = {
  egfx: { title: "egfx, drawn in its canvas", path: "egfx" },
  copied: { title: "VAIL, one copy", path: "vail", map: true, copies: true, target: 1 / 7 },
  inPlace: { title: "VAIL, drawn in place", path: "vail", map: true, target: 1 / 50 },
  written: { title: "VAIL without koffi", path: "vail", map: false, target: 0.55 },
  composed: { title: "composed desktop", path: "composed" },
};

/** @typedef {keyof typeof ways} WayName */

/** @param {WayName} name @returns {Way} */
export const wayOf = (name) => ways[name];
