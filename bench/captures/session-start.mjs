import { fileURLToPath } from "node:url";
import { openCapture, readCapture } from "../../packages/capture/dist/index.js";
import { Dissector } from "../../packages/dissect/dist/index.js";

/** @typedef {import("../../packages/dissect/dist/index.js").Message} Message */
/** @typedef {import("./conversation.mjs").Direction} Direction */

/** Records of the outermost layer: each is one frame of the stream. */
const framePaths = new Set(["tpkt", "x224", "fastpath"]);

/**
 * The beginning of a recorded session, up to where the applications start to draw.
 *
 * @typedef {object} SessionStart
 * @property {readonly { direction: Direction, bytes: Uint8Array }[]} frames
 * @property {ReadonlyMap<string, number>} staticChannels MCS ids of `rail` and `drdynvc`
 * @property {ReadonlyMap<string, number>} dynamicChannels ids by the names in their creation
 * @property {number} user the client's MCS user id, which is in what both sides send
 * @property {ReadonlyMap<string, number>} counts messages by direction and name
 */

/**
 * Reads a fixture up to the first message that `ends` knows.
 *
 * @param {string} fixture
 * @param {(message: Message) => boolean} ends
 * @returns {Promise<SessionStart>}
 */
export async function sessionStart(fixture, ends) {
  /** @type {{ direction: Direction, bytes: Uint8Array }[]} */
  const frames = [];
  const staticChannels = new Map();
  const dynamicChannels = new Map();
  /** @type {Map<string, number>} */
  const counts = new Map();
  let user = 0;
  let lastChannel = 0;
  let ended = false;
  /** @type {import("../../packages/dissect/dist/index.js").Sink} */
  const sink = (message) => {
    if (ended || message.type === "gap") return;
    if (ends(message)) {
      ended = true;
      frames.pop();
      return;
    }
    const { direction, path, channel, name, source, offset, end } = message;
    if (framePaths.has(path)) frames.push({ direction, bytes: source.bytes.slice(offset, end) });
    if (!message.envelope) counts.set(`${direction} ${name}`, (counts.get(`${direction} ${name}`) ?? 0) + 1);
    // Each has what is looked at below.
    const value = /** @type {{ channelId: number, initiator: number, channelName: string }} */ (message.value);
    if (name === "MCS_SEND_DATA_INDICATION") {
      lastChannel = value.channelId;
      user = value.initiator;
    }
    if (direction === "s2c" && (channel === "rail" || channel === "drdynvc")) staticChannels.set(channel, lastChannel);
    if (name === "DYNVC_CREATE_REQ") dynamicChannels.set(value.channelName, value.channelId);
  };
  const path = fileURLToPath(new URL(`../../fixtures/${fixture}/session.pcap.gz`, import.meta.url));
  const dissector = new Dissector({ connection: 0, sink });
  for await (const events of readCapture(openCapture(path))) {
    for (const event of events) if (event.type === "data") dissector.data(event.direction, event.bytes, event);
    if (ended) break;
  }
  if (!ended) throw new Error(`${fixture} does not have what ends the start of its session`);
  return { frames, staticChannels, dynamicChannels, user, counts };
}
