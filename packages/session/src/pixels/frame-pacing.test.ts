import fc from "fast-check";
import { expect, test } from "vitest";
import { FramePacing } from "./frame-pacing.js";

const never = Number.POSITIVE_INFINITY;

test("no more frames are in flight than the client can take, whatever it acknowledges", () => {
  const event = fc.oneof(
    fc.constant("begin" as const),
    fc.integer({ min: 0, max: 12 }).map((frameId) => ({ frameId })),
  );
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 4 }), fc.array(event, { maxLength: 40 }), (most, events) => {
      const pacing = new FramePacing(most, never);
      let waiting: number[] = [];
      for (const each of events) {
        if (each === "begin") {
          expect(pacing.mayBegin(false, 0)).toBe(waiting.length < most);
          if (waiting.length < most) waiting.push(pacing.begin(0));
        } else {
          const at = waiting.indexOf(each.frameId);
          expect(pacing.acknowledged(each.frameId)).toBe(at >= 0);
          waiting = waiting.slice(at + 1);
        }
        expect(pacing.outstanding).toBe(waiting.length);
      }
    }),
  );
});

test("when all is acknowledged, the next frame may begin", () => {
  const pacing = new FramePacing(2, never);
  const frames = [pacing.begin(0), pacing.begin(0)];
  expect(frames).toEqual([1, 2]);
  expect(pacing.mayBegin(false, 0)).toBe(false);
  expect(pacing.acknowledged(2)).toBe(true);
  expect(pacing.outstanding).toBe(0);
  // The first one comes late, and once more.
  expect([pacing.acknowledged(1), pacing.acknowledged(2)]).toEqual([false, false]);
  expect(pacing.mayBegin(false, 0)).toBe(true);
});

test("what waits to be written holds frames back", () => {
  const pacing = new FramePacing(undefined);
  expect(pacing.mayBegin(true, 0)).toBe(false);
  expect(pacing.mayBegin(false, 0)).toBe(true);
  for (let at = 0; at < 1000; at++) pacing.begin(0);
  expect([pacing.outstanding, pacing.wakeAt, pacing.mayBegin(false, 0)]).toEqual([0, undefined, true]);
  expect(new FramePacing(2).mayBegin(true, 0)).toBe(false);
});

test("a client that stops to acknowledge is waited for only so long", () => {
  const pacing = new FramePacing(2, 500);
  expect(pacing.wakeAt).toBeUndefined();
  pacing.begin(100);
  expect(pacing.wakeAt).toBeUndefined();
  pacing.begin(300);
  expect(pacing.wakeAt).toBe(600);
  expect(pacing.mayBegin(false, 599)).toBe(false);
  expect(pacing.mayBegin(false, 600)).toBe(true);
  expect(pacing.outstanding).toBe(1);
});

test("frames that are begun although they may not be do not add up", () => {
  const pacing = new FramePacing(2, never);
  for (let at = 0; at < 10; at++) pacing.begin(at);
  expect(pacing.outstanding).toBe(2);
  expect(pacing.acknowledged(10)).toBe(true);
});
