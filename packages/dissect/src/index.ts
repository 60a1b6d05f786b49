export { Dissector, type DissectorOptions } from "./dissector.js";
export type { Link, Relation } from "./links/link.js";
export { Linker } from "./links/linker.js";
export type { Direction, Gap, Message, Moment, Record, Sink, Trouble } from "./record.js";
