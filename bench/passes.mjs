import { PresentBuffer, PresentBufferAck } from "../packages/gfxredir/dist/index.js";
import { WindowState } from "../packages/rail/dist/index.js";
import { Arena, interpretEncode, sourceOf } from "../packages/wire/dist/index.js";

/** @typedef {import("./contenders/contender.mjs").Contender} Contender */
/** @typedef {import("./contenders/contender.mjs").Codec<object>} Codec */
/** @typedef {import("./workloads.mjs").Workload} Workload */

const declarations = { window: WindowState, present: PresentBuffer, ack: PresentBufferAck };

/**
 * A message where it lies in the chunk that it came in, with the codec that is to be measured.
 *
 * @typedef {object} Item
 * @property {Codec} codec
 * @property {import("../packages/wire/dist/index.js").Source} source
 * @property {number} offset
 * @property {number} end
 * @property {Buffer} bytes
 * @property {object} value
 */

/**
 * All messages of a workload behind each other in one chunk.
 *
 * @param {Workload} workload
 * @param {Contender} contender
 * @returns {Item[]}
 */
export function itemsOf(workload, contender) {
  const messages = workload.messages.map(([message, value]) =>
    interpretEncode(/** @type {never} */ (declarations[message]), /** @type {never} */ (value)),
  );
  const chunk = Buffer.concat(messages);
  const source = sourceOf(new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.length));
  let offset = 0;
  return workload.messages.map(([message, value], index) => {
    const codec = /** @type {Codec} */ (contender[message]);
    const start = offset;
    const size = messages[index].length;
    offset += size;
    return {
      codec,
      source,
      offset: start,
      end: offset,
      bytes: chunk.subarray(start, offset),
      value: codec.prepare === undefined ? value : codec.prepare(value, size),
    };
  });
}

/** What was computed last, so that no compiler can leave the work out. */
/** @type {{ last: unknown }} */
export const sink = { last: undefined };

/**
 * Whether the contender can do what the workload asks for.
 *
 * @param {Workload} workload
 * @param {Contender} contender
 */
export const takesPart = ({ operation, messages }, contender) =>
  messages.every(([message]) => contender[message][operation] !== undefined);

/**
 * A function that goes once through the messages of a workload.
 *
 * @param {Workload} workload
 * @param {Contender} contender
 * @returns {() => void}
 */
export function passOf(workload, contender) {
  const items = itemsOf(workload, contender);
  const arena = new Arena(65_536);
  switch (workload.operation) {
    case "decode":
      return () => {
        for (let i = 0; i < items.length; i++) {
          const { codec, source, offset, end, bytes } = items[i];
          sink.last = codec.decode(source, offset, end, bytes);
        }
      };
    case "encode":
      return () => {
        arena.reset();
        for (let i = 0; i < items.length; i++) {
          const { codec, value } = items[i];
          sink.last = codec.encode?.(value, arena);
        }
      };
    case "glance":
      return () => {
        for (let i = 0; i < items.length; i++) {
          const { codec, source, offset, end } = items[i];
          sink.last = codec.glance?.(source, offset, end);
        }
      };
  }
}
