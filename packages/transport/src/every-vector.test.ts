import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

const folder = new URL("../../../../shared/vectors/open/", import.meta.url);
const present = existsSync(folder);
const areas = [
  "asn1",
  "autodetect",
  "capsets",
  "client-info",
  "dvc",
  "fast-path",
  "finalisation",
  "gcc",
  "input",
  "licence",
  "mcs",
  "pointer",
  "session-info",
  "surface",
  "svc",
  "x224",
];
const named = (area: string): string[] =>
  (JSON.parse(readFileSync(new URL(`${area}.json`, folder), "utf8")) as { name: string }[]).map(({ name }) => name);

/** Vectors that are not of this package, each with the reason. */
const notRead: Readonly<Record<string, string>> = {
  "licence.kdf-salted-hash": "cryptography: keys are not derived here",
  "licence.kdf-master-secret": "cryptography: keys are not derived here",
  "licence.kdf-session-key-blob": "cryptography: keys are not derived here",
  "licence.mac-data": "cryptography: signatures are not made here",
};

/** All that the tests beside this one say in quotation marks. */
function quoted(): ReadonlySet<string> {
  const words = new Set<string>();
  for (const place of ["./", "./pdu/"].map((path) => new URL(path, import.meta.url))) {
    for (const name of readdirSync(place).filter((each) => each.endsWith(".test.ts"))) {
      if (name === "every-vector.test.ts") continue;
      for (const [, word = ""] of readFileSync(new URL(name, place), "utf8").matchAll(/"([^"\n]*)"/g)) words.add(word);
      // A table may have names as keys.
      for (const [, word = ""] of readFileSync(new URL(name, place), "utf8").matchAll(/^ +"?([\w-]+)"?: /gm)) {
        words.add(word);
      }
    }
  }
  return words;
}

describe.skipIf(!present)("every vector of the layers of this package (skipped without ../shared/vectors)", () => {
  const words = quoted();

  test.each(areas)("%s is named by a test", (area) => {
    const missing = named(area).filter((name) => {
      const short = name.slice(name.indexOf(".") + 1);
      return notRead[name] === undefined && !words.has(name) && !words.has(short);
    });
    expect(missing).toEqual([]);
  });

  test("what is not read exists", () => {
    expect(named("licence")).toEqual(expect.arrayContaining(Object.keys(notRead)));
  });
});
