import { desktopWindowId, markerWindowId } from "@railvail/rail";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { WindowStack } from "./window-stack.js";

const box = { left: 0, top: 0, width: 10, height: 10 };

const ascending = (a: number, b: number): number => a - b;

type Step = (stack: WindowStack, known: number[]) => void;

const pick = (known: readonly number[], index: number): number => known[index % Math.max(1, known.length)] ?? 99;

const steps: fc.Arbitrary<Step> = fc.oneof(
  fc.constant<Step>((stack, known) => known.push(stack.add(box))),
  fc.nat(9).map<Step>((index) => (stack, known) => {
    const id = pick(known, index);
    const isThere = stack.all.has(id);
    expect(stack.remove(id)).toBe(isThere);
    if (isThere) known.splice(known.indexOf(id), 1);
  }),
  fc.array(fc.nat(9)).map<Step>((indexes) => (stack, known) => stack.raise(indexes.map((index) => pick(known, index)))),
  fc.nat(9).map<Step>((index) => (stack, known) => stack.activate(pick(known, index))),
  fc.nat(9).map<Step>((index) => (stack, known) => {
    const id = pick(known, index);
    expect(stack.change(id, { title: "other" })).toBe(stack.all.has(id));
  }),
);

describe("after any history", () => {
  test("each window stands once in the order, and what is told is what is there", () => {
    fc.assert(
      fc.property(fc.array(steps, { maxLength: 40 }), (history) => {
        const stack = new WindowStack();
        const known: number[] = [];
        for (const step of history) step(stack, known);
        expect(stack.zOrder.toSorted(ascending)).toEqual(known.toSorted(ascending));
        expect([...stack.desktop.windows.keys()].toSorted(ascending)).toEqual(known.toSorted(ascending));
        expect(stack.desktop.zOrder).toEqual([...stack.zOrder, markerWindowId]);
        expect(stack.active === undefined || stack.all.has(stack.active)).toBe(true);
        expect(stack.desktop.activeWindowId).toBe(stack.active ?? desktopWindowId);
      }),
    );
  });

  test("nothing changed is the same object", () => {
    const stack = new WindowStack();
    const id = stack.add(box);
    const { desktop, arrangement } = stack;
    expect(stack.desktop).toBe(desktop);
    expect(stack.arrangement).toBe(arrangement);
    stack.change(id, { left: 5 });
    expect(stack.desktop).not.toBe(desktop);
    expect(stack.arrangement).not.toBe(arrangement);
    expect(stack.arrangement.windows.get(id)?.left).toBe(5);
  });
});

describe("a stack", () => {
  test("puts new and raised windows on top, the first one highest", () => {
    const stack = new WindowStack();
    const [a, b, c] = [stack.add(box), stack.add(box), stack.add(box)];
    expect(stack.zOrder).toEqual([c, b, a]);
    stack.raise([a, b]);
    expect(stack.zOrder).toEqual([a, b, c]);
  });

  test("does not use an id again at once", () => {
    const stack = new WindowStack();
    const first = stack.add(box);
    stack.remove(first);
    expect(stack.add(box)).not.toBe(first);
  });

  test("finds the window under a point: the highest that is shown and takes input", () => {
    const stack = new WindowStack();
    const low = stack.add(box);
    const high = stack.add({ ...box, left: 5 });
    stack.add({ ...box, role: "tooltip" });
    expect(stack.at(2, 2)).toBe(low);
    expect(stack.at(6, 6)).toBe(high);
    stack.change(high, { showState: "minimized" });
    expect(stack.at(6, 6)).toBe(low);
    expect(stack.at(15, 6)).toBeUndefined();
    expect(stack.at(10, 2)).toBeUndefined();
  });
});
