import { FormatId, stringToUnicodeText, unicodeTextToString } from "@railvail/cliprdr";
import { describe, expect, test } from "vitest";
import { ViewedDemo } from "../testing/viewed-demo.js";

const control = 0x1d;
const key = { a: 0x1e, b: 0x30, c: 0x2e, v: 0x2f, enter: 0x1c, backspace: 0x0e, f2: 0x3c } as const;

/** What the viewer gets when it asks for the server's text. */
function copied(session: ViewedDemo): string | undefined {
  session.seen.length = 0;
  session.viewer.channels.clipboard?.command({
    type: "request",
    requestId: 1,
    formatId: FormatId.unicodeText,
    now: session.now,
  });
  session.settle();
  for (const event of session.seen)
    if (event.type === "clipboard" && event.event.type === "received") return unicodeTextToString(event.event.data);
  return undefined;
}

describe("the demo on a viewer", () => {
  test("its windows are shown as they are drawn, and follow what moves", () => {
    const session = new ViewedDemo();
    const { compositor, viewer } = session;
    for (let step = 0; step < 5; step++) {
      for (const id of compositor.windows.all.keys()) {
        const drawn = compositor.canvas(id);
        const picture = viewer.picture(id);
        expect(picture).toBeDefined();
        expect(Buffer.compare(drawn?.pixels ?? new Uint8Array(0), picture?.pixels ?? new Uint8Array(1))).toBe(0);
      }
      session.now += 500;
      session.tick();
      session.settle();
    }
    expect(session.seen.filter(({ type }) => type === "frame").length).toBeGreaterThan(6);
    expect(session.violations).toEqual([]);
  });

  test("typed text is copied, and the client's text is pasted behind it", () => {
    const session = new ViewedDemo();
    for (const code of [key.a, key.b, key.b, key.backspace, key.enter]) session.key(code);
    session.key(key.c, control);
    expect(copied(session)).toBe("ab\r\n");
    session.offer(FormatId.unicodeText, stringToUnicodeText("čd\r\n😀"));
    session.key(key.v, control);
    session.key(key.c, control);
    expect(copied(session)).toBe("ab\r\nčd\r\n😀");
    expect(session.violations).toEqual([]);
  });

  test("F2 plays a second of a tone, once for each time", () => {
    const session = new ViewedDemo();
    session.key(key.f2);
    expect(session.played.reduce((sum, length) => sum + length, 0)).toBe(44_100 * 4);
    session.key(key.f2);
    expect(session.played.reduce((sum, length) => sum + length, 0)).toBe(2 * 44_100 * 4);
    expect(session.violations).toEqual([]);
  });

  test("what is painted stays when the window is sized", () => {
    const session = new ViewedDemo();
    const { compositor } = session;
    const id = session.idOf("Paint");
    const { left = 0, top = 0 } = compositor.windows.all.get(id) ?? {};
    const at = { x: left + 50, y: top + 60 };
    session.viewer.input([{ type: "button", button: "left", down: true, ...at }], session.now);
    session.viewer.input([{ type: "button", button: "left", down: false, ...at }], session.now);
    session.settle();
    const isInked = (): boolean => {
      const picture = session.viewer.picture(id);
      return picture?.pixels[60 * picture.stride + 50 * 4] === 0;
    };
    expect(isInked()).toBe(true);
    compositor.windows.change(id, { width: 500, height: 400 });
    session.settle();
    expect(session.viewer.picture(id)).toMatchObject({ width: 500, height: 400 });
    expect(isInked()).toBe(true);
  });
});
