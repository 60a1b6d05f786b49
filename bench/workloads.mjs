import { ack, everyField, longTitle, mixedWindows, opaquePresent, plainPresent } from "./messages.mjs";

/** @typedef {"window" | "present" | "ack"} Message */
/** @typedef {"decode" | "encode" | "glance"} Operation */

/**
 * @typedef {object} Workload
 * @property {string} title
 * @property {Operation} operation `glance` is a view: wrap it and read four fields
 * @property {readonly (readonly [Message, object])[]} messages
 * @property {number} [limit] how many times the time of hand-written code emitted code may take
 */

/** So many messages make a pass that calling the pass does not count. */
const least = 64;

/** @param {Message} message @param {readonly object[]} values @returns {Workload["messages"]} */
const each = (message, values) =>
  Array.from({ length: Math.max(values.length, least) }, (_, index) => [message, values[index % values.length]]);

const full = each("window", [everyField]);
const mixed = each("window", mixedWindows);
const title = each("window", [longTitle]);
const plain = each("present", [plainPresent]);
const opaque = each("present", [opaquePresent]);
const acks = each("ack", [ack]);
/** What a viewer sees of a session: several declarations behind the same call. */
const session = mixed.flatMap((order) => [order, plain[0], acks[0], opaque[0]]);

const decodeLimit = 1.05;
const encodeLimit = 1.1;

/** @type {Readonly<Record<string, Workload>>} */
export const workloads = {
  "decode-window-full": {
    title: "decode window order, all fields",
    operation: "decode",
    messages: full,
    limit: decodeLimit,
  },
  "decode-window-mixed": {
    title: "decode window orders, mixed",
    operation: "decode",
    messages: mixed,
    limit: decodeLimit,
  },
  "decode-window-title": {
    title: "decode window order, 40 characters",
    operation: "decode",
    messages: title,
    limit: decodeLimit,
  },
  "decode-present": { title: "decode present, 88 bytes", operation: "decode", messages: plain, limit: decodeLimit },
  "decode-present-opaque": {
    title: "decode present, opaque rectangle",
    operation: "decode",
    messages: opaque,
    limit: decodeLimit,
  },
  "decode-ack": { title: "decode present acknowledgement", operation: "decode", messages: acks, limit: decodeLimit },
  "decode-session": { title: "decode orders, presents, acks", operation: "decode", messages: session },
  "encode-window-full": {
    title: "encode window order, all fields",
    operation: "encode",
    messages: full,
    limit: encodeLimit,
  },
  "encode-window-mixed": {
    title: "encode window orders, mixed",
    operation: "encode",
    messages: mixed,
    limit: encodeLimit,
  },
  "encode-window-title": {
    title: "encode window order, 40 characters",
    operation: "encode",
    messages: title,
    limit: encodeLimit,
  },
  "encode-present": { title: "encode present, 88 bytes", operation: "encode", messages: plain, limit: encodeLimit },
  "encode-present-opaque": {
    title: "encode present, opaque rectangle",
    operation: "encode",
    messages: opaque,
    limit: encodeLimit,
  },
  "encode-ack": { title: "encode present acknowledgement", operation: "encode", messages: acks, limit: encodeLimit },
  "encode-session": { title: "encode orders, presents, acks", operation: "encode", messages: session },
  "view-window": { title: "view of a window order, 4 fields", operation: "glance", messages: full },
  "view-window-mixed": { title: "view of window orders, 4 fields", operation: "glance", messages: mixed },
  "view-present": { title: "view of a present, 4 fields", operation: "glance", messages: plain },
};
