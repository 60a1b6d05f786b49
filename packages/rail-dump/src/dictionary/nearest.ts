/** How many names are suggested. */
const shown = 3;

/** Single-character changes between two words: insertions, deletions, replacements, swaps. */
export function editDistance(a: string, b: string): number {
  const width = b.length + 1;
  let beforeLast: number[] = [];
  let last = Array.from({ length: width }, (_, at) => at);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let at = 1; at < width; at++) {
      const same = a[row - 1] === b[at - 1];
      let least = Math.min((last[at] ?? 0) + 1, (current[at - 1] ?? 0) + 1, (last[at - 1] ?? 0) + (same ? 0 : 1));
      if (a[row - 1] === b[at - 2] && a[row - 2] === b[at - 1]) {
        least = Math.min(least, (beforeLast[at - 2] ?? least) + 1);
      }
      current.push(least);
    }
    beforeLast = last;
    last = current;
  }
  return last[width - 1] ?? 0;
}

/** The names that `word` may have been meant to be, nearest first: none if nothing is near. */
export function nearestNames(word: string, names: Iterable<string>): readonly string[] {
  const wanted = word.toLowerCase();
  const limit = Math.max(1, Math.floor(wanted.length / 3));
  const found: (readonly [number, string])[] = [];
  for (const name of new Set(names)) {
    const lower = name.toLowerCase();
    if (Math.abs(lower.length - wanted.length) > limit) continue;
    const distance = editDistance(wanted, lower);
    if (distance <= limit) found.push([distance, name]);
  }
  found.sort(([a, x], [b, y]) => a - b || (x < y ? -1 : 1));
  const best = found[0]?.[0] ?? 0;
  return found
    .filter(([distance]) => distance === best)
    .map(([, name]) => name)
    .slice(0, shown);
}

/** `; did you mean x or y?`, or nothing if nothing is near. */
export function suggestion(word: string, names: Iterable<string>): string {
  const near = nearestNames(word, names);
  return near.length === 0 ? "" : `; did you mean ${listed(near)}?`;
}

/** `a`, `a or b`, `a, b or c`. */
export function listed(names: readonly string[], word = "or"): string {
  if (names.length < 2) return names.join("");
  return `${names.slice(0, -1).join(", ")} ${word} ${names.at(-1)}`;
}
