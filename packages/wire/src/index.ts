export { DeclarationError, DecodeError, EncodeError, type DecodeIssue, type EncodeIssue } from "./errors.js";
export { Family } from "./family.js";
export {
  align,
  all,
  any,
  atLeast,
  berInteger,
  berLength,
  biased,
  bits,
  block,
  byteLength,
  bytes,
  carrier,
  count,
  counted,
  either,
  enumeration,
  equals,
  fixed,
  flag,
  flags,
  i16,
  i32,
  i8,
  inline,
  latin1,
  length,
  line,
  list,
  literal,
  masked,
  not,
  nul,
  optional,
  pad,
  padTo,
  perInteger,
  perLength,
  prefixed,
  reserved,
  rest,
  selectedBy,
  selector,
  sized,
  struct,
  tag,
  u16,
  u16be,
  u32,
  u32be,
  u64,
  u8,
  union,
  utf16,
  when,
  within,
  type Arms,
  type Bounded,
  type Field,
  type IntField,
  type Mode,
  type Shape,
  type UnionOf,
  type ValueOf,
} from "./declaration/fields.js";
export {
  deviationRules,
  leaves,
  tilingFault,
  type Deviation,
  type DeviationRule,
  type FieldSpan,
  type Inspection,
} from "./inspection.js";
export { intName, intRange, type Int } from "./declaration/ints.js";
export { derivedBits, isHidden, unwrapped } from "./declaration/layout.js";
export { generate, type Choice } from "./generator/generate.js";

export { useEngine, type Compiled, type Emitted, type Engine } from "./link.js";
export { mutate } from "./generator/mutate.js";
export type { Condition, Extent, ListExtent, Names, Node, StructNode } from "./declaration/nodes.js";
export {
  interpretDecode,
  interpretEncode,
  Pdu,
  pdu,
  type Infer,
  type PduOptions,
  type Sender,
  type ViewOf,
} from "./pdu.js";
export { lengthInHeader } from "./length-in-header.js";
export { Arena, sourceOf, type Source } from "./source.js";
export { send, violationsOf, type Send, type Step, type Violation, type Wake } from "./machine.js";
export { Messages, type MessageOf } from "./messages.js";
export { escapeJson, quoteJson } from "./json-text.js";
export { hex, useHost, type Host } from "./text.js";
export { asciiBytes, Utf8Text } from "./utf8-text.js";
