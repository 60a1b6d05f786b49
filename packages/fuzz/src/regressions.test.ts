import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { readRegression, regressionText, targetNamed } from "./index.js";

const folder = new URL("../../../fixtures/fuzz/", import.meta.url);
const regressions = readdirSync(folder)
  .filter((file) => file.endsWith(".json"))
  .map((file) => [file, readRegression(readFileSync(new URL(file, folder), "utf8"))] as const);

test.each(regressions)("%s does not break what it once broke", async (file, regression) => {
  expect(file).toBe(`${regression.name}.json`);
  expect(readRegression(regressionText(regression))).toEqual(regression);
  const target = targetNamed(regression.target);
  if (target === undefined) throw new Error(`there is no target ${regression.target}`);
  await target.check(regression.input);
});
