import { describe, expect, test } from "vitest";
import { failureOf, inputsOf, targets } from "../index.js";

describe("the library's targets", () => {
  test("have names of their own", () => {
    expect(new Set(targets.map(({ name }) => name)).size).toBe(targets.length);
  });

  test.each(targets.map((target) => [target.name, target] as const))(
    "%s: nothing is found in a few runs",
    async (_, target) => {
      // Sessions take long to make: a legal one, and a few that are not.
      const [runs, most] = target.single === true ? [20, 9] : [1, 4];
      for (let seed = 0; seed < runs; seed++) {
        for (const input of [...inputsOf(target, seed)].slice(0, most)) {
          const failure = await failureOf(target, input);
          expect(failure, `rail-fuzz --target ${target.name} --seed ${seed} --runs 1`).toBeUndefined();
        }
      }
    },
  );

  test("make the same inputs of the same seed", () => {
    for (const target of targets.filter(({ name }) =>
      ["codecs", "pixels", "rail-client", "compositor"].includes(name),
    )) {
      expect([...inputsOf(target, 7)]).toEqual([...inputsOf(target, 7)]);
    }
  });
});
