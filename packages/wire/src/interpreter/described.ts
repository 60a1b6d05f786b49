import type { StructNode } from "../declaration/nodes.js";

/** What the interpreters need to know of a PDU. */
export interface Described {
  readonly name: string;
  readonly spec: string;
  readonly node: StructNode;
}
