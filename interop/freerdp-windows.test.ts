import { expect, test } from "vitest";
import { CompositorSession } from "./compositor-session.js";
import { freerdpSuite } from "./freerdp-suite.js";
import { samePixels } from "./same-pixels.js";
import { until } from "./until.js";

const titles = ["Animation", "Glass", "Paint", "Text"];

freerdpSuite("xfreerdp shows windows", (given) => {
  const ways = [
    { name: "plain", tls: false, args: [] },
    { name: "plain with /gfx", tls: false, args: ["/gfx"] },
    { name: "TLS", tls: true, args: [] },
    { name: "TLS with /gfx", tls: true, args: ["/gfx"] },
  ] as const;

  test.each(ways)("$name: titles, places and pixels are those of the server", async ({ name, tls, args }) => {
    await given.begin({ tls, args });
    const { session, display } = given;
    expect(await session.told("clientReady")).toMatchObject({ remoteApp: true });
    await given.spread();
    const compared = await samePixels(session, display);
    expect([...compared.keys()].toSorted()).toEqual(titles);
    expect(Math.min(...compared.values())).toBeGreaterThan(10_000);
    await session.end(`xfreerdp ${name}`);
  });

  const depths = [
    { name: "24 bits", args: ["/bpp:24"], compressBitmaps: false, tolerance: 0 },
    { name: "16 bits", args: ["/bpp:16"], compressBitmaps: false, tolerance: 8 },
    { name: "32 bits, compressed", args: [], compressBitmaps: true, tolerance: 0 },
    { name: "16 bits, compressed", args: ["/bpp:16"], compressBitmaps: true, tolerance: 8 },
  ] as const;

  test.each(depths)("$name: pixels are those of the server", async ({ name, args, compressBitmaps, tolerance }) => {
    await given.begin({ args, settings: { compressBitmaps } });
    const { session, display } = given;
    await given.spread();
    const compared = await samePixels(session, display, { tolerance });
    expect(compared.size).toBe(titles.length);
    await session.end(`xfreerdp ${name}`);
  });

  test("a client that wants one desktop gets all windows on it", async () => {
    const { display } = given;
    given.session = await CompositorSession.start(false);
    const { session } = given;
    given.connect(["/sec:rdp", "/size:800x600", "-decorations", "/t:Desktop"], "desktop");
    expect(await session.told("clientReady")).toMatchObject({ remoteApp: false, desktop: { width: 800, height: 600 } });
    const { left, top, width, height } = await display.window("Desktop");
    expect([width, height]).toEqual([800, 600]);
    const compared = await samePixels(session, display, { origin: { left, top } });
    expect([...compared.keys()].toSorted()).toEqual(titles);
    // Nobody else says what is active there: what is clicked on is.
    const paint = session.window("Paint");
    await display.xdotool("mousemove", String(left + paint.left + 20), String(top + paint.top + 200), "click", "1");
    await until("Paint is on top", () => session.compositor.windows.zOrder[0] === session.idOf("Paint"));
    await samePixels(session, display, { origin: { left, top } });
    await session.end("xfreerdp desktop");
  });

  test("pictures follow what is drawn", async () => {
    await given.begin();
    const { session, display } = given;
    await given.spread();
    const before = await session.pixels(session.idOf("Animation"));
    for (let step = 0; step < 20; step++) session.tick();
    const after = await session.pixels(session.idOf("Animation"));
    expect(Buffer.compare(before.pixels, after.pixels)).not.toBe(0);
    await samePixels(session, display);
    await session.end("xfreerdp animation");
  });

  test("titles have the server's characters, and icons are there", async () => {
    await given.begin();
    const { session, display } = given;
    session.change(({ windows }) => windows.change(session.idOf("Text"), { title: "Grüße, 世界" }));
    const { id } = await display.window("Grüße, 世界");
    expect(await display.property(id, "_NET_WM_ICON")).toMatch(/Icon \((16 x 16|32 x 32)\)/);
    await session.end("xfreerdp titles");
  });
});
