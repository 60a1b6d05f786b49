import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { fixture, run } from "../../testing/run.js";
import { resolveName } from "./resolve.js";
import { wiresharkNames } from "./wireshark-names.js";

const names = [...wiresharkNames.keys()];
/** Of protocols tshark prints a description; what any message has stands once for each message. */
const compared = names.filter((name) => !/^(?:frame\.|tcp\.)|^[^.]*$/.test(name));
const session = fixture("wslg-rail-basic");

/** What tshark prints; nothing if there is no tshark. */
const tshark = (...argv: readonly string[]): string =>
  spawnSync("tshark", argv, { encoding: "utf8", maxBuffer: 2 ** 27 }).stdout ?? "";

test.each(names)("%s stands for something", (name) => {
  expect(resolveName(name).kind).not.toBe("unresolved");
});

test("docs/filter.md has them all, as they are here", () => {
  const text = readFileSync(new URL("../../../../docs/filter.md", import.meta.url), "utf8");
  const rows = [...text.matchAll(/^- `(.*?)`: (.*)$/gm)];
  const documented = rows.map(([, name = "", ours = ""]) => [name, ours.replaceAll("`", "").split(", ")]);
  expect(documented).toEqual([...wiresharkNames]);
});

/** The values of each name in each packet, from lines of a packet number and columns. */
function table(text: string): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const line of text.split("\n")) {
    const [packet = "", ...columns] = line.split("\t");
    for (const [index, column] of columns.entries()) {
      if (column === "") continue;
      const key = `${packet} ${compared[index]}`;
      found.set(key, [...(found.get(key) ?? []), ...column.split("|").map(plain)].toSorted());
    }
  }
  return found;
}

/** Numbers in decimal, bytes without colons. */
function plain(value: string): string {
  if (/^0x[0-9a-f]+$/.test(value)) return String(Number(value));
  if (value === "True" || value === "False") return value === "True" ? "1" : "0";
  return value.replaceAll(":", "");
}

describe.skipIf(tshark("--version") === "")("in tshark (skipped where it is not installed)", () => {
  test("there are all of these names", () => {
    // "P" lines are protocols, "F" lines fields; what filters call them is the third column.
    const known = new Set(
      tshark("-G", "fields")
        .split("\n")
        .map((line) => line.split("\t")[2]),
    );
    expect(names.filter((name) => !known.has(name))).toEqual([]);
  });

  test("they have the same values", async () => {
    const inColumns = ["-T", "fields", "-E", "aggregator=|"];
    const columns = compared.flatMap((name) => ["-e", name]);
    const theirs = table(
      tshark("-r", session, "-c", "104", "-d", "tcp.port==33890,tpkt", ...inColumns, "-e", "frame.number", ...columns),
    );
    const argv = [...inColumns, "-e", "packet", ...columns, "-Y", "packet <= 104", session];
    const ours = table((await run(argv)).stdout);
    const both = [...theirs].filter(([key]) => ours.has(key));
    expect(both.length).toBeGreaterThan(1000);
    for (const [key, values] of both) expect({ key, values: ours.get(key) }).toEqual({ key, values });
  });
});
