import { UsageError } from "@railvail/command-line";
import type { Direction } from "@railvail/dissect";

/** A file with the bytes of one direction. */
export interface RawFile {
  readonly path: string;
  /** They are written as text. */
  readonly text?: "hex";
}

/** One connection, from a file for each direction or for one. */
export type RawConnection = Readonly<Partial<Record<Direction, RawFile>>>;

/** What is read: a capture, by its path, or raw streams. */
export type InputFile = string | RawConnection;

/** The name of an input in messages. */
export const inputName = (input: InputFile): string =>
  typeof input === "string" ? input : [input.c2s, input.s2c].flatMap((file) => (file ? [file.path] : [])).join(" and ");

/** The paths that an input is read from. */
export const inputPaths = (input: InputFile): readonly string[] =>
  typeof input === "string" ? [input] : [input.c2s, input.s2c].flatMap((file) => (file ? [file.path] : []));

/**
 * The raw streams that `--raw` and `--hex-input` name, as one connection; undefined if they name
 * none.
 *
 * @throws UsageError
 */
export function rawConnection(
  raw: readonly string[] = [],
  hexInput: readonly string[] = [],
): RawConnection | undefined {
  const found: Partial<Record<Direction, RawFile>> = {};
  const add = (option: string, value: string, file: (path: string) => RawFile): void => {
    const [, way, path = ""] = /^(c2s|s2c):(.+)$/su.exec(value) ?? [];
    if (way !== "c2s" && way !== "s2c") {
      throw new UsageError(`option ${option} takes c2s:FILE or s2c:FILE, not '${value}'`);
    }
    if (found[way] !== undefined) throw new UsageError(`option ${option}: the direction ${way} was given before`);
    found[way] = file(path);
  };
  for (const value of raw) add("--raw", value, (path) => ({ path }));
  for (const value of hexInput) add("--hex-input", value, (path) => ({ path, text: "hex" }));
  if (found.c2s?.path === "-" && found.s2c?.path === "-") {
    throw new UsageError("standard input cannot be both directions");
  }
  return found.c2s === undefined && found.s2c === undefined ? undefined : found;
}
