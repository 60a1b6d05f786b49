import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { clientAfter, received, serverAfter } from "../testing/rail-pair.js";
import { markerWindowId, mayActivate, withMargins, withoutMargins, type RailValue } from "./index.js";

const corner = fc.integer({ min: -2000, max: 2000 });
const rectangles = fc.record({ left: corner, top: corner, right: corner, bottom: corner });
const width = fc.nat(30);
const margins = fc.record({ left: width, top: width, right: width, bottom: width });

describe("the place of a window", () => {
  test("moved by nothing is where it was, through any number of moves", () => {
    fc.assert(
      fc.property(rectangles, margins, fc.integer({ min: 1, max: 5 }), (rectangle, around, times) => {
        let at = rectangle;
        for (let time = 0; time < times; time++) {
          const { outputs } = clientAfter([
            { type: "opened", railSupportLevel: 0, now: 0 },
            received("handshake", { buildNumber: 1 }),
            { type: "place", windowId: 1, rectangle: at, margins: around },
          ]);
          const [sent] = outputs;
          if (sent?.type !== "send" || sent.message.message !== "windowMove") throw new Error("no move");
          const move: RailValue<"windowMove"> = sent.message.value;
          const [event] = serverAfter([
            { type: "opened", railSupportLevel: 0, now: 0 },
            received("handshake", { buildNumber: 1 }),
            received("windowMove", move),
          ]).outputs;
          if (event?.type !== "placed") throw new Error("not placed");
          expect(event.rectangle).toEqual(withMargins(at, around));
          at = withoutMargins(event.rectangle, around);
        }
        expect(at).toEqual(rectangle);
      }),
    );
  });

  test.each([
    [[1, markerWindowId, 2], 1, true],
    [[1, markerWindowId, 2], 2, false],
    [[1, markerWindowId], 3, false],
    [[1, 2], 2, true],
  ])("in %j window %i may be activated: %s", (zOrder, windowId, may) => {
    expect(mayActivate(zOrder, windowId, markerWindowId)).toBe(may);
    expect(mayActivate(zOrder, windowId, undefined)).toBe(true);
  });
});
