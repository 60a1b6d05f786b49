/**
 * How much a value of plain data holds: one for each object, member and scalar, and one for each 8 bytes or units of
 * bytes and text. What is in it twice counts once.
 */
export function stateSize(value: unknown): number {
  const seen = new Set<object>();
  const waiting: unknown[] = [value];
  let size = 0;
  for (let next = waiting.pop(); next !== undefined || waiting.length > 0; next = waiting.pop()) {
    size++;
    if (typeof next === "string") size += next.length >> 3;
    if (typeof next !== "object" || next === null || seen.has(next)) continue;
    seen.add(next);
    if (ArrayBuffer.isView(next)) size += next.byteLength >> 3;
    else if (next instanceof Map) for (const [key, member] of next) waiting.push(key, member ?? null);
    else if (next instanceof Set) for (const member of next) waiting.push(member ?? null);
    else for (const member of Object.values(next)) waiting.push(member ?? null);
  }
  return size;
}

/** Makes objects and arrays of plain data such that changing them throws. Maps, sets and bytes stay as they are. */
export function deepFreeze<T>(value: T): T {
  if (typeof value !== "object" || value === null || Object.isFrozen(value) || ArrayBuffer.isView(value)) return value;
  Object.freeze(value);
  if (value instanceof Map) for (const member of value.values()) deepFreeze(member);
  else for (const member of Object.values(value)) deepFreeze(member);
  return value;
}
