import { expect, test } from "vitest";
import { freerdpSuite } from "./freerdp-suite.js";
import { samePixels } from "./same-pixels.js";

freerdpSuite("clients come and go", (given) => {
  test("a client that comes again finds the windows as they were", async () => {
    const client = await given.begin();
    const { session, display } = given;
    await given.spread();
    await given.focus("Text");
    await given.click("Text", 200, 150);
    await display.xdotool("type", "--delay", "40", "still here");
    await session.told("input", ({ event }) => event.type === "key" && event.scancode === 0x12 && !event.down);
    const { pixels: before } = await session.pixels(session.idOf("Text"));
    const ids = [...session.compositor.windows.all.keys()];
    // As when its machine goes down: nothing is said.
    client.signal("SIGKILL");
    await session.told("clientGone");
    session.forget();
    given.connect();
    await session.told("clientReady");
    await given.samePlaces();
    expect([...session.compositor.windows.all.keys()]).toEqual(ids);
    const { pixels: after } = await session.pixels(session.idOf("Text"));
    expect(Buffer.compare(before, after)).toBe(0);
    await samePixels(session, display);
    await session.end("xfreerdp reconnects");
  });

  test("a second client is refused while the first is there", async () => {
    await given.begin();
    const { session, display } = given;
    const second = given.connect();
    expect(await session.told("clientRefused")).toMatchObject({ reason: "busy" });
    expect(await second.waitForEnd(30_000)).toBe(true);
    expect(session.seen("clientGone")).toBeUndefined();
    await samePixels(session, display);
    await session.end("xfreerdp refused");
  });

  test("a second client takes the place of the first where that is wanted", async () => {
    const first = await given.begin({ settings: { secondClient: "takeOver" } });
    const { session, display } = given;
    session.forget();
    given.connect();
    await session.told("clientGone");
    await session.told("clientReady");
    expect(await first.waitForEnd(30_000)).toBe(true);
    await given.samePlaces();
    await samePixels(session, display);
    await session.end("xfreerdp takes over");
  });

  test("a client leaves in order when the server ends", async () => {
    const client = await given.begin();
    await given.session.end("xfreerdp is told to leave");
    expect(await client.waitForEnd(30_000)).toBe(true);
    expect(client.exitCode).not.toBeUndefined();
  });
});
