import { GeneralExtraFlags } from "@railvail/transport";
import { describe, expect, test } from "vitest";
import { CompositorPair, tight } from "../../testing/compositor-pair.js";
import { box, colours, expectSame, remoteApp, eachWay } from "../../testing/pixel-ways.js";
import { clientCapabilities } from "../index.js";

describe("a second client", () => {
  const two = (secondClient: "refuse" | "takeOver"): readonly [CompositorPair, CompositorPair] => {
    const first = new CompositorPair({ secondClient }, { remoteApp });
    first.compositor.windows.add(box);
    first.connect();
    first.settle();
    const second = new CompositorPair(first.compositor, { remoteApp });
    return [first, second];
  };

  test("is refused, and told why", () => {
    const [, second] = two("refuse");
    second.connect();
    second.settle();
    expect(second.told).toMatchObject([{ type: "clientRefused", reason: "busy" }]);
    expect(second.seen.at(-1)).toMatchObject({ type: "ended", errorInfo: 7 });
  });

  test("that was let in first but came later is refused too", () => {
    const [first, second] = two("refuse");
    first.cut();
    second.connect();
    // It logs on, and then says nothing for a while.
    while (second.peer?.state.phase !== "capabilities") {
      second.deliver("server", 1);
      second.deliver("viewer", Number.POSITIVE_INFINITY);
    }
    first.connect();
    first.settle();
    expect(first.told.at(-1)).not.toMatchObject({ type: "clientRefused" });
    second.settle();
    expect(second.told).toMatchObject([{ type: "clientRefused", reason: "busy" }]);
    expectSame(first, "egfx");
  });

  test("takes over, if that is wanted", () => {
    const [, second] = two("takeOver");
    second.connect();
    second.settle();
    expect(second.told.map(({ type }) => type)).toEqual(
      expect.arrayContaining(["clientGone", "clientReady", "exposed"]),
    );
    expectSame(second, "egfx");
  });
});

describe("a client", () => {
  test("that says again and again what it understands is told of the windows once a flush", () => {
    const pair = new CompositorPair({}, { remoteApp });
    const title = "t".repeat(200);
    for (let count = 0; count < 20; count++) pair.compositor.windows.add({ ...box, title });
    pair.connect();
    pair.settle();
    const rail = pair.viewer?.channels.rail;
    const handshake = { message: "handshake", value: { buildNumber: 7601 } } as const;
    for (let round = 0; round < 200; round++) {
      rail?.command({ type: "closed" }, pair.now);
      rail?.command({ type: "opened", railSupportLevel: 0xff, now: pair.now }, pair.now);
      rail?.command({ type: "received", message: handshake, now: pair.now }, pair.now);
    }
    const heard = sizeOf(
      pair.viewer?.flush(pair.now).flatMap((output) => {
        if (output.type !== "bytes") return [];
        for (const segment of output.segments) pair.peer?.receive(segment, pair.now);
        return output.segments;
      }),
    );
    const said = sizeOf(
      pair.compositor.flush(pair.now).flatMap((output) => (output.type === "bytes" ? output.segments : [])),
    );
    expect(heard).toBeGreaterThan(4000);
    expect(said).toBeLessThan(heard);
  });

  test("whose session is activated again is told of nothing meanwhile, and of all afterwards", () => {
    const pair = new CompositorPair({}, { remoteApp, egfx: false });
    const id = pair.compositor.windows.add(box);
    pair.connect();
    pair.settle();
    pair.compositor.resizeDesktop({ width: 400, height: 300 }, pair.now);
    pair.compositor.windows.change(id, { title: "another title" });
    pair.compositor.movePointer(5, 6);
    pair.paint(id);
    pair.settle();
    expect(pair.violations).toEqual([]);
    expectSame(pair, "composed");
    const placed = pair.seen.flatMap((event) =>
      event.type === "pointer" && event.update.update === "pointerPosition" ? [event.update.value] : [],
    );
    expect(placed).toMatchObject([{ xPos: 5, yPos: 6 }]);
  });

  test("that may not log on is refused", () => {
    const pair = new CompositorPair({ mayLogOn: ({ userName }) => userName === "ada" }, { remoteApp, name: "eve" });
    pair.connect();
    pair.settle();
    expect(pair.told).toMatchObject([{ type: "clientRefused", reason: "logon" }]);
  });

  test("that does not read gets fewer frames, and at last the newest", () => {
    const pair = new CompositorPair({}, { remoteApp });
    const id = pair.compositor.windows.add(box);
    pair.connect();
    pair.settle();
    if (pair.peer !== undefined) pair.peer.congested = true;
    const drawn = Array.from({ length: 50 }, () => {
      const may = pair.paint(id);
      pair.pass(20);
      return may;
    });
    expect(drawn.filter((may) => may)).toHaveLength(1);
    if (pair.peer !== undefined) pair.peer.congested = false;
    pair.settle();
    expectSame(pair, "egfx");
  });

  test.each(eachWay)("that gets a frame together with the end does not answer it, over %s", (_, make) => {
    const { server, viewer } = make();
    const pair = new CompositorPair(server, viewer);
    const id = pair.compositor.windows.add(box);
    pair.connect();
    pair.settle();
    expect(pair.paint(id)).toBe(true);
    pair.flush();
    pair.compositor.disconnect(pair.now);
    pair.flush();
    pair.deliver("viewer", Number.POSITIVE_INFINITY);
    expect(pair.seen.at(-1)).toMatchObject({ type: "ended" });
    expect(pair.violations).toEqual([]);
  });

  test("that wants a plain desktop sees all windows on it", () => {
    const pair = new CompositorPair({ mapsSurfaces: "always" }, { remoteApp: undefined });
    const id = pair.compositor.windows.add(box);
    pair.compositor.windows.add({ ...box, left: 30 });
    pair.connect();
    pair.settle();
    pair.paint(id);
    pair.settle();
    expect(pair.compositor.pixelPath).toBe("composed");
    const { desktop } = pair.viewer ?? {};
    if (desktop === undefined) throw new Error("there is no desktop");
    const expected = pair.expectedDesktop(desktop.width, desktop.height);
    expect(Buffer.compare(colours(tight(desktop)), colours(expected))).toBe(0);
  });
});

test("an offer and the applications are there for each client, also if they were made before one was", () => {
  const pair = new CompositorPair({ appList: { providerName: "test" } }, { remoteApp });
  const { clipboard, appList } = pair.compositor;
  clipboard.command({ type: "offer", formats: [{ formatId: 13, formatName: "" }] });
  appList.command({ type: "synchronise", apps: [{ id: "a", execPath: "/bin/a", desc: "A" }] });
  for (let client = 0; client < 2; client++) {
    pair.seen.length = 0;
    pair.connect();
    pair.settle();
    const offered = pair.seen.flatMap((event) => (event.type === "clipboard" ? [event.event] : []));
    expect(offered).toContainEqual(
      expect.objectContaining({ type: "offered", formats: [{ formatId: 13, formatName: "" }] }),
    );
    expect([...(pair.viewer?.channels.appList?.state.apps.values() ?? [])]).toMatchObject([{ app: { id: "a" } }]);
  }
  expect(pair.violations).toEqual([]);
});

describe("a client that comes back", () => {
  // No hash is needed for the test: both sides use the same function.
  const hmacMd5 = (key: Uint8Array, data: Uint8Array) => key.map((byte, index) => byte ^ (data[index] ?? 0) ^ 0x5a);
  let drawn = 0;
  const noChoices = { desktopWidth: 0, desktopHeight: 0, rail: false, keyboardLayout: 0, keyboardType: 0 };
  const reconnection = { hmacMd5, randomBytes: (size: number) => new Uint8Array(size).fill(++drawn) };

  test("with its cookie takes the place of its old connection, which the server still has", () => {
    const pair = new CompositorPair({ reconnection }, { remoteApp });
    pair.compositor.windows.add(box);
    pair.connect();
    pair.settle();
    const { cookie } = pair.viewer?.state ?? {};
    if (cookie === undefined) throw new Error("no cookie came");
    const back = new CompositorPair(pair.compositor, { remoteApp, connection: { reconnection: { cookie, hmacMd5 } } });
    back.connect();
    back.settle();
    expect(back.told.map(({ type }) => type)).toEqual(expect.arrayContaining(["clientGone", "clientReady"]));
    expectSame(back, "egfx");
    const again = new CompositorPair(pair.compositor, { remoteApp, connection: { reconnection: { cookie, hmacMd5 } } });
    again.connect();
    again.settle();
    expect(again.told).toContainEqual(expect.objectContaining({ type: "clientRefused", reason: "busy" }));
  });

  test("with its cookie is refused if somebody else is there now", () => {
    const pair = new CompositorPair({ reconnection }, { remoteApp });
    pair.connect();
    pair.settle();
    const { cookie } = pair.viewer?.state ?? {};
    if (cookie === undefined) throw new Error("no cookie came");
    pair.cut();
    const general = clientCapabilities(noChoices).find(({ type }) => type === "general");
    if (general?.type !== "general") throw new Error("there is no general set");
    const capabilities = [{ ...general, extraFlags: general.extraFlags & ~GeneralExtraFlags.AUTORECONNECT_SUPPORTED }];
    const other = new CompositorPair(pair.compositor, { remoteApp, connection: { capabilities } });
    other.connect();
    other.settle();
    expect(other.viewer?.state.cookie).toBeUndefined();
    const back = new CompositorPair(pair.compositor, { remoteApp, connection: { reconnection: { cookie, hmacMd5 } } });
    back.connect();
    back.settle();
    expect(back.told).toContainEqual(expect.objectContaining({ type: "clientRefused", reason: "busy" }));
  });
});

const sizeOf = (segments: readonly Uint8Array[] = []): number => segments.reduce((sum, { length }) => sum + length, 0);
