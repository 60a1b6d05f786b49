/** Whether two pieces of plain data (numbers, text, bytes, lists, records) are equal; absent is undefined. */
export function sameValue(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a) || a instanceof Uint8Array) return sameList(a, b);
  return sameRecord(a as Readonly<Record<string, unknown>>, b as Readonly<Record<string, unknown>>);
}

function sameList(a: ArrayLike<unknown>, b: object): boolean {
  const other = b as ArrayLike<unknown>;
  if (a.length !== other.length) return false;
  for (let at = 0; at < a.length; at++) if (!sameValue(a[at], other[at])) return false;
  return true;
}

function sameRecord(a: Readonly<Record<string, unknown>>, b: Readonly<Record<string, unknown>>): boolean {
  for (const name in a) if (!sameValue(a[name], b[name])) return false;
  for (const name in b) if (b[name] !== undefined && a[name] === undefined) return false;
  return true;
}
