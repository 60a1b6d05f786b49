export { Dissector, type DissectorOptions } from "./dissector.js";
export type { Direction, Gap, Message, Moment, Record, Sink, Trouble } from "./record.js";
