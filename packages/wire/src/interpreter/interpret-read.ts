import type { StructNode } from "../declaration/nodes.js";
import type { Source } from "../source.js";
import type { Described } from "./described.js";
import { planStruct } from "./plan-struct.js";
import { Reading, type Read } from "./reading.js";
import type { SlotCount } from "./slots.js";
import type { Trace } from "./trace.js";

interface Plan {
  readonly read: Read<Record<string, unknown>>;
  readonly slots: number;
}

const plans = new WeakMap<StructNode, Plan>();

function planOf(node: StructNode): Plan {
  let plan = plans.get(node);
  if (plan === undefined) {
    const count: SlotCount = { total: 0 };
    plan = { read: planStruct(node, undefined, count, true), slots: count.total };
    plans.set(node, plan);
  }
  return plan;
}

/**
 * Reads the message from `offset` to `end`. This is the exact implementation: it gives spans and
 * deviations to `trace`, it finds which field an emitted decoder stumbled over, and it serves
 * where code generation is not allowed. A declaration is turned into functions once, one for each
 * field; they call each other as its nodes contain each other. Throws `DecodeError`.
 */
export function interpretRead(
  pdu: Described,
  source: Source,
  offset: number,
  end: number,
  trace?: Trace,
): Record<string, unknown> {
  const { read, slots } = planOf(pdu.node);
  return new Reading(pdu, slots, source, offset, end, trace).message(read);
}
