import fc from "fast-check";
import { expect, test } from "vitest";
import { editDistance, listed, nearestNames, suggestion } from "./nearest.js";

test("the distance of a word to itself is 0, and the way back is as long", () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 12 }), fc.string({ maxLength: 12 }), (a, b) => {
      expect(editDistance(a, a)).toBe(0);
      expect(editDistance(a, b)).toBe(editDistance(b, a));
      expect(editDistance(a, b)).toBeLessThanOrEqual(Math.max(a.length, b.length));
    }),
  );
});

test.each([
  ["window", "windwo", 1],
  ["left", "let", 1],
  ["left", "lefft", 1],
  ["left", "lift", 1],
  ["", "abc", 3],
])("%s and %s are %i apart", (a, b, distance) => expect(editDistance(a, b)).toBe(distance));

test("the nearest names are suggested, whatever the case of their letters", () => {
  const names = ["windowId", "windowIds", "left", "top"];
  expect(nearestNames("windowid", names)).toEqual(["windowId"]);
  expect(nearestNames("lft", names)).toEqual(["left"]);
  expect(nearestNames("nothing", names)).toEqual([]);
  expect(suggestion("tpo", names)).toBe("; did you mean top?");
  expect(suggestion("xxxxxx", names)).toBe("");
});

test("lists are written as one writes them", () => {
  expect([[], ["a"], ["a", "b"], ["a", "b", "c"]].map((names) => listed(names))).toEqual([
    "",
    "a",
    "a or b",
    "a, b or c",
  ]);
});
