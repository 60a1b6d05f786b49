/** How the columns of `-T fields` are printed, with the options and defaults of tshark. */
export interface ColumnLayout {
  readonly header: boolean;
  readonly separator: string;
  /** Between several values of one field. */
  readonly aggregator: string;
  /** Which of several values of one field. */
  readonly occurrence: "first" | "last" | "all";
  readonly quote: string;
}

/** An option of `-E` that is not understood. */
export class LayoutError extends Error {
  override readonly name = "LayoutError";
}

const usual: ColumnLayout = { header: false, separator: "\t", aggregator: ",", occurrence: "all", quote: "" };

const yesOrNo: Readonly<Record<string, boolean>> = { y: true, n: false };
const characters: Readonly<Record<string, string>> = { "/t": "\t", "/s": " " };
const occurrences: Readonly<Record<string, ColumnLayout["occurrence"]>> = { f: "first", l: "last", a: "all" };
const quotes: Readonly<Record<string, string>> = { d: '"', s: "'", n: "" };

/** Reads `name=value` of each `-E`. Throws {@link LayoutError}. */
export function columnLayout(options: readonly string[]): ColumnLayout {
  let layout = usual;
  for (const option of options) {
    const at = option.indexOf("=");
    const [name, value] = at < 0 ? [option, ""] : [option.slice(0, at), option.slice(at + 1)];
    layout = { ...layout, ...readOption(name, value) };
  }
  return layout;
}

function readOption(name: string, value: string): Partial<ColumnLayout> {
  switch (name) {
    case "header":
      return { header: choice(name, value, yesOrNo) };
    case "separator":
      return { separator: character(name, value) };
    case "aggregator":
      return { aggregator: character(name, value) };
    case "occurrence":
      return { occurrence: choice(name, value, occurrences) };
    case "quote":
      return { quote: choice(name, value, quotes) };
    default:
      throw new LayoutError(`there is no '${name}': it can be header, separator, aggregator, occurrence or quote`);
  }
}

function choice<T>(name: string, value: string, choices: Readonly<Record<string, T>>): T {
  const chosen = Object.hasOwn(choices, value) ? choices[value] : undefined;
  if (chosen === undefined) throw new LayoutError(`${name} is ${Object.keys(choices).join(" or ")}, not '${value}'`);
  return chosen;
}

function character(name: string, value: string): string {
  const known = Object.hasOwn(characters, value) ? characters[value] : undefined;
  if (known === undefined && !/^.$/su.test(value)) {
    throw new LayoutError(`${name} is one character, /t (tab) or /s (space), not '${value}'`);
  }
  return known ?? value;
}
