import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  desktopWindowId,
  emptyWindowModel,
  windowTree,
  type RailWindow,
  type WindowModel,
  type WindowNode,
} from "./index.js";

function modelOf(owners: readonly (readonly [number, number | undefined])[]): WindowModel {
  const windows = new Map<number, RailWindow>(
    owners.map(([windowId, ownerWindowId]) => [windowId, { windowId, icons: {}, ownerWindowId }]),
  );
  return { ...emptyWindowModel(), windows };
}

const shape = (nodes: readonly WindowNode[]): unknown[] =>
  nodes.map(({ window, owned }) => (owned.length === 0 ? window.windowId : [window.windowId, ...shape(owned)]));

describe("windowTree", () => {
  test("windows stand below their owners, in the order in which they were created", () => {
    const model = modelOf([
      [3, 1],
      [1, undefined],
      [2, desktopWindowId],
      [4, 3],
      [5, 1],
    ]);
    expect(shape(windowTree(model))).toEqual([[1, [3, 4], 5], 2]);
  });

  test("an owner that is not there, or the window itself, is none", () => {
    expect(
      shape(
        windowTree(
          modelOf([
            [1, 9],
            [2, 2],
          ]),
        ),
      ),
    ).toEqual([1, 2]);
  });

  test("the first window of a ring stands at the top", () => {
    expect(
      shape(
        windowTree(
          modelOf([
            [4, 1],
            [1, 2],
            [2, 3],
            [3, 1],
          ]),
        ),
      ),
    ).toEqual([[1, 4, [3, 2]]]);
  });

  test("each window is in the tree once, whatever the owners", () => {
    const ids = fc.integer({ min: 1, max: 12 });
    fc.assert(
      fc.property(fc.uniqueArray(fc.tuple(ids, ids), { selector: ([id]) => id }), (owners) => {
        const seen: number[] = [];
        const walk = (nodes: readonly WindowNode[]): void => {
          for (const { window, owned } of nodes) {
            seen.push(window.windowId);
            walk(owned);
          }
        };
        walk(windowTree(modelOf(owners)));
        expect(seen.toSorted((a, b) => a - b)).toEqual(owners.map(([id]) => id).toSorted((a, b) => a - b));
      }),
    );
  });
});
