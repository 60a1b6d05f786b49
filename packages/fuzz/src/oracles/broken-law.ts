/** Something that must hold does not; `law` is a stable name. */
export class BrokenLaw extends Error {
  override readonly name = "BrokenLaw";
  readonly law: string;

  constructor(law: string, detail: string) {
    super(`${law}: ${detail}`);
    this.law = law;
  }
}

/** Throws {@link BrokenLaw} unless something holds. The detail is made only then. */
export function holds(isSo: boolean, law: string, detail: () => string): asserts isSo {
  if (!isSo) throw new BrokenLaw(law, detail());
}

/** Does something that may not throw, except errors that `allows`; undefined if one of them came. */
export function neverThrows<T>(
  what: string,
  act: () => T,
  allows: (error: unknown) => boolean = () => false,
): T | undefined {
  try {
    return act();
  } catch (error) {
    if (error instanceof BrokenLaw) throw error;
    if (allows(error)) return undefined;
    throw thrown(what, error);
  }
}

/** What was thrown, as a broken law; where it came from is kept as its cause. */
export function thrown(what: string, error: unknown): BrokenLaw {
  const isError = error instanceof Error;
  const text = isError ? `${error.name}: ${error.message}` : String(error);
  const broken = new BrokenLaw("throws", `${what} threw ${text}`);
  broken.cause = error;
  return broken;
}
