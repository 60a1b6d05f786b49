import fc from "fast-check";
import { expect, test } from "vitest";
import {
  emptyLane,
  expire,
  giveUp,
  laneWake,
  launch,
  queue,
  waiting,
  withoutFlight,
  type Lane,
} from "./request-lane.js";

const times = { answerTimeout: 10, lateTimeout: 5 };
const actions = fc.oneof(
  fc.constant("queue" as const),
  fc.constant("launch" as const),
  fc.constant("answer" as const),
  fc.constant("giveUp" as const),
  fc.nat({ max: 12 }),
);

test("each request ends once: answered, given up or expired; requests go out in order, in the slots there are", () => {
  fc.assert(
    fc.property(fc.array(actions, { maxLength: 60 }), fc.integer({ min: 1, max: 3 }), (history, slots) => {
      let lane: Lane<number> = emptyLane;
      let [now, next] = [0, 0];
      const sent: number[] = [];
      const ended: number[] = [];
      for (const action of history) {
        if (action === "queue") lane = queue(lane, next++);
        else if (action === "answer") {
          const [flight] = lane.flying;
          if (flight === undefined) continue;
          if (!flight.over) ended.push(flight.ask);
          lane = withoutFlight(lane, flight);
        } else {
          if (typeof action === "number") now += action;
          const change =
            action === "launch"
              ? launch(lane, slots, times, now)
              : action === "giveUp"
                ? giveUp(lane, (ask) => ask % 2 === 0)
                : expire(lane, now);
          lane = change.lane;
          (action === "launch" ? sent : ended).push(...change.asks);
          if (typeof action === "number") expect(laneWake(lane)).toBeGreaterThan(now);
        }
        expect(lane.flying.length).toBeLessThanOrEqual(slots);
      }
      expect(sent).toEqual(sent.toSorted((one, other) => one - other));
      const all = [...ended, ...waiting(lane)].toSorted((one, other) => one - other);
      expect(all).toEqual(Array.from({ length: next }, (_, index) => index));
    }),
  );
});

test("a lane to which nothing happens is the same", () => {
  const { lane } = launch(queue(emptyLane, 1), 1, times, 0);
  expect(launch(lane, 1, times, 3).lane).toBe(lane);
  expect(giveUp(lane, () => false).lane).toBe(lane);
  expect(expire(lane, 9).lane).toBe(lane);
  expect(expire(lane, 10)).toMatchObject({ asks: [1], lane: { flying: [{ over: true }] } });
  expect(expire(lane, 15)).toEqual({ asks: [1], lane: { flying: [], queued: [] } });
});
