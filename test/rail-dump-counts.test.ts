import { addMessage, countsJson, isCounted, type Counts } from "@railvail/rail-dump";
import { describe, expect, test } from "vitest";
import { expectedCounts, flatCounts, type Flat } from "./expected-counts.js";
import { fixture, fixtures, isMessage, walk } from "./recordings.js";

async function countsOf(path: string): Promise<Flat> {
  const counts: Counts = new Map();
  await walk(path, (record) => {
    if (isMessage(record) && isCounted(record)) addMessage(counts, record);
  });
  return flatCounts(JSON.parse(countsJson(counts)));
}

describe("counts are those of an independent decoder", () => {
  test.each(fixtures)("%s", async (name) => {
    const expected = expectedCounts(fixture(name, "expected.json"));
    expect(Object.keys(expected).length).toBeGreaterThan(40);
    expect(await countsOf(fixture(name))).toEqual(expected);
  });
});
