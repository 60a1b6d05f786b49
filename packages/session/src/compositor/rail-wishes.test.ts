import { MoveSizeType, SystemCommand, withMargins, type RailServerEvent } from "@railvail/rail";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { usualWindow, type CompositorWindow } from "./compositor-window.js";
import { wishOf } from "./rail-wishes.js";

const window: CompositorWindow = { ...usualWindow, left: 10, top: 20, width: 300, height: 200 };
const wish = (event: RailServerEvent, margins = window.margins, compat?: "wslg"): ReturnType<typeof wishOf> =>
  wishOf(event, (id) => (id === 7 ? { ...window, margins } : undefined), compat);
const command = (stated: number, windowId = 7): RailServerEvent => ({
  type: "sysCommand",
  value: { windowId, command: stated },
});

describe("what a client wants", () => {
  test("of a place is without the margins, so that a move by nothing changes nothing", () => {
    const small = fc.integer({ min: 0, max: 20 });
    fc.assert(
      fc.property(fc.record({ left: small, top: small, right: small, bottom: small }), (margins) => {
        const inner = { left: 10, top: 20, right: 310, bottom: 220 };
        const placed = { type: "placed", windowId: 7, snapped: false, ends: true } as const;
        expect(wish({ ...placed, rectangle: withMargins(inner, margins) }, margins)).toEqual({
          type: "placeRequested",
          windowId: 7,
          left: 10,
          top: 20,
          width: 300,
          height: 200,
          snapped: false,
          ends: true,
        });
      }),
    );
  });

  test("of a snapped place is the place without margins, [MS-RDPERP] 2.2.2.7.5", () => {
    const rectangle = { left: -8, top: -8, right: 520, bottom: 776 };
    const margins = { left: 8, top: 8, right: 8, bottom: 8 };
    expect(wish({ type: "placed", windowId: 7, rectangle, snapped: true, ends: false }, margins)).toMatchObject({
      left: 0,
      top: 0,
      width: 512,
      height: 768,
    });
  });

  test("of a place that WSLg's client snapped to is the place", () => {
    const rectangle = { left: 0, top: 0, right: 512, bottom: 768 };
    const margins = { left: 8, top: 8, right: 8, bottom: 8 };
    expect(wish({ type: "placed", windowId: 7, rectangle, snapped: true, ends: false }, margins, "wslg")).toMatchObject(
      {
        left: 0,
        top: 0,
        width: 512,
        height: 768,
      },
    );
  });

  test.each([
    [SystemCommand.minimize, { type: "showStateRequested", showState: "minimized" }],
    [SystemCommand.maximize, { type: "showStateRequested", showState: "maximized" }],
    [SystemCommand.restore, { type: "showStateRequested", showState: "normal" }],
    [SystemCommand.close, { type: "closeRequested" }],
    [SystemCommand.keyMenu, { type: "systemCommand", command: SystemCommand.keyMenu }],
  ])("by system command %i, whatever Windows puts into its low bits", (stated, expected) => {
    expect(wish(command(stated))).toEqual({ windowId: 7, ...expected });
    expect(wish(command(stated + 2))).toEqual({ windowId: 7, ...expected });
  });

  test("of a window that is gone is nothing", () => {
    expect(wish(command(SystemCommand.close, 8))).toBeUndefined();
    const rectangle = { left: 0, top: 0, right: 1, bottom: 1 };
    expect(wish({ type: "placed", windowId: 8, rectangle, snapped: false, ends: false })).toBeUndefined();
  });

  test("of focus on a window of another program is that none of ours has it", () => {
    const activate = (windowId: number, enabled: number) => wish({ type: "activate", value: { windowId, enabled } });
    expect(activate(7, 1)).toEqual({ type: "activated", windowId: 7 });
    expect(activate(7, 0)).toEqual({ type: "activated", windowId: undefined });
    expect(activate(8, 1)).toEqual({ type: "activated", windowId: undefined });
  });

  test("otherwise is handed on as it is", () => {
    const event: RailServerEvent = { type: "sysMenu", value: { windowId: 7, left: 1, top: MoveSizeType.move } };
    expect(wish(event)).toEqual({ type: "rail", notice: event });
  });
});
