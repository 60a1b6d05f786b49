import type { StructNode } from "./declaration/nodes.js";

const none = new Uint8Array(0);

/** The field whose bytes end the message, if the last field is a byte run. */
export function payloadField(struct: StructNode): string | undefined {
  const last = struct.fields.at(-1);
  return last?.[1].kind === "bytes" ? last[0] : undefined;
}

/**
 * The bytes that end an encoded message and that the caller gave as they are: they can be handed
 * on instead of being copied. Kept trailing bytes come last, and then nothing is handed on.
 */
export function payloadOf(struct: StructNode, value: unknown): Uint8Array {
  const field = payloadField(struct);
  const values = value as Record<string, unknown>;
  if (field === undefined || values["trailing"] !== undefined) return none;
  const bytes = values[field];
  return bytes instanceof Uint8Array ? bytes : none;
}
