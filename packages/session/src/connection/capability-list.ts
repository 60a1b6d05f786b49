import type { ClientCapabilitySet, ServerCapabilitySet } from "@railvail/transport";

/** A capability set of a Demand Active; `type` names it. */
export type ServerCapability = ServerCapabilitySet["capability"];
/** A capability set of a Confirm Active; `type` names it. */
export type ClientCapability = ClientCapabilitySet["capability"];

type Capability = ServerCapability | ClientCapability;

/** The set of one type, if it is there. */
export function capabilityOf<C extends Capability, T extends C["type"]>(
  capabilities: readonly C[],
  type: T,
): Extract<C, { type: T }> | undefined {
  return capabilities.find((set): set is Extract<C, { type: T }> => set.type === type);
}

/** The sets with some put in the place of those of the same type, or added. */
export function withCapabilities<C extends Capability>(defaults: readonly C[], changes: readonly C[]): C[] {
  const key = (set: C): string => (set.type === "unknown" ? `unknown ${set.tag}` : set.type);
  const changed = new Map(changes.map((set) => [key(set), set]));
  const known = new Set(defaults.map(key));
  return [
    ...defaults.map((set) => changed.get(key(set)) ?? set),
    ...[...changed].filter(([name]) => !known.has(name)).map(([, set]) => set),
  ];
}
