import { describe, expect, test } from "vitest";
import { clientAfter, clientReady, icon, providerId, received } from "../testing/applist-pair.js";
import {
  AppFlags,
  desktopWindowId,
  isProviderId,
  listedApps,
  type ApplistClientInput,
  type UpdateAppList,
} from "./index.js";

const { sync, syncStart, syncEnd } = AppFlags;

const update = (appId: string | undefined, flags = 0, changes: Partial<UpdateAppList> = {}): ApplistClientInput =>
  received("updateAppList", { flags, appId, appExecPath: "run", appDesc: "name", ...changes });
const mark = (flags: number): ApplistClientInput => received("updateAppList", { flags });
const caps = (version: number, name = "Debian", id?: string): ApplistClientInput =>
  received("serverCaps", { version, appListProviderName: name, appListProviderUniqueId: id });

const idsAfter = (...inputs: ApplistClientInput[]): string[] =>
  listedApps(clientAfter([...clientReady, ...inputs]).state).map(({ id }) => id);

describe("the list as a whole", () => {
  const before = [update("a"), update("b")];

  test("deletes at its end what it did not tell of, and nothing before", () => {
    const list = [update("b", sync | syncStart), update("c", sync), update("d", sync | syncEnd)];
    expect(idsAfter(...before, ...list.slice(0, 2))).toEqual(["a", "b", "c"]);
    expect(idsAfter(...before, ...list)).toEqual(["b", "c", "d"]);
    const { outputs } = clientAfter([...clientReady, ...before, ...list]);
    expect(outputs).toMatchObject([
      { type: "appUpdated", app: { id: "d" }, isNew: true },
      { type: "appDeleted", app: { id: "a" } },
      { type: "synchronised", deleted: 1 },
    ]);
  });

  test("may be one application, or none", () => {
    expect(idsAfter(...before, update("c", sync | syncStart | syncEnd))).toEqual(["c"]);
    expect(idsAfter(...before, mark(sync | syncStart | syncEnd))).toEqual([]);
    expect(idsAfter(...before, mark(sync | syncStart), mark(sync | syncEnd))).toEqual([]);
    const { outputs } = clientAfter([...clientReady, ...before, mark(sync | syncStart | syncEnd)]);
    expect(outputs.map(({ type }) => type)).toEqual(["appDeleted", "appDeleted", "synchronised"]);
  });

  test("counts what is told of and deleted between its start and its end by other messages", () => {
    const gone = received("deleteAppList", { flags: 0, appId: "b" });
    expect(idsAfter(...before, mark(syncStart), update("a"), update("b", sync), gone, mark(syncEnd))).toEqual(["a"]);
  });

  test("is broken off when the channel closes: nothing is deleted", () => {
    const again = [{ type: "closed" }, ...clientReady] as const;
    expect(idsAfter(...before, mark(syncStart), ...again)).toEqual(["a", "b"]);
    const { outputs } = clientAfter([...clientReady, ...before, mark(syncStart), ...again, mark(syncEnd)]);
    expect(outputs).toMatchObject([{ rule: "sync-not-started" }]);
    expect(idsAfter(...before, mark(syncStart), ...again, update("b", syncStart | syncEnd))).toEqual(["b"]);
  });

  test("that starts again forgets what its first start told of", () => {
    expect(idsAfter(update("a", syncStart), update("b", syncStart | syncEnd))).toEqual(["b"]);
  });

  describe("at the limits", () => {
    const limits = { maxApps: 2, maxTotalIconBytes: 16 };
    const full = [...clientReady, ...["a", "b"].map((id) => update(id, 0, { appIcon: icon(2) }))];
    const told = (id: string, flags: number): ApplistClientInput => update(id, flags, { appIcon: icon(2) });
    const atLimits = (...inputs: ApplistClientInput[]) => {
      const { state, outputs } = clientAfter([...full, ...inputs], limits);
      return { ids: listedApps(state).map(({ id }) => id), bytes: state.iconBytes, outputs };
    };

    test("may replace all that is there: only what it tells of counts", () => {
      const { ids, bytes, outputs } = atLimits(told("c", syncStart), told("d", syncEnd));
      expect([ids, bytes]).toEqual([["c", "d"], 16]);
      expect(outputs.map(({ type }) => type)).toEqual(["appUpdated", "appDeleted", "appDeleted", "synchronised"]);
    });

    test("may not tell of more, not even of what is there", () => {
      const { ids, outputs } = atLimits(told("c", syncStart), told("d", 0), told("a", syncEnd));
      expect(outputs[0]).toMatchObject({ rule: "too-many-apps", appId: "a" });
      expect(ids).toEqual(["c", "d"]);
      const icons = atLimits(told("c", syncStart), update("a", syncEnd, { appIcon: icon(3) }));
      expect(icons.outputs[0]).toMatchObject({ rule: "too-many-icon-bytes", appId: "a" });
      expect(icons.bytes).toBe(8);
    });

    test("leaves no more than is allowed when it is broken off, and the next one has all the room", () => {
      const part = [told("c", syncStart), told("d", 0)];
      const cut = atLimits(...part, { type: "closed" });
      expect(cut.outputs).toMatchObject([
        { type: "appDeleted", app: { id: "a" } },
        { type: "appDeleted", app: { id: "b" } },
      ]);
      expect([cut.ids, cut.bytes]).toEqual([["c", "d"], 16]);
      const next = [told("e", syncStart), told("f", syncEnd)];
      expect(atLimits(...part, { type: "closed" }, ...clientReady, ...next).ids).toEqual(["e", "f"]);
      expect(atLimits(...part, ...next).ids).toEqual(["e", "f"]);
    });
  });

  test("still ends if its last application is void", () => {
    expect(idsAfter(...before, update("b", syncStart), update("c..", sync | syncEnd))).toEqual(["b"]);
  });
});

describe("an application", () => {
  test("is told of with all its texts and a copy of its icon", () => {
    const appIcon = icon(2);
    const input = update("a", 0, { appGroup: "games", appIcon });
    const { state, outputs } = clientAfter([...clientReady, input]);
    const app = { id: "a", group: "games", execPath: "run", workingDir: "", desc: "name", icon: icon(2) };
    expect(outputs).toEqual([{ type: "appUpdated", app, isNew: true }]);
    appIcon.bits.fill(0);
    expect(listedApps(state)).toEqual([app]);
    expect(state.iconBytes).toBe(8);
  });

  test("is replaced as a whole", () => {
    const { state, outputs } = clientAfter([...clientReady, update("a", 0, { appIcon: icon(2) }), update("a")]);
    expect(outputs).toMatchObject([{ isNew: false }]);
    expect(state.iconBytes).toBe(0);
    expect(listedApps(state)).toMatchObject([{ icon: undefined }]);
  });

  test("of the same id in another group is another", () => {
    expect(idsAfter(update("a"), update("a", 0, { appGroup: "x" }))).toEqual(["a", "a"]);
  });

  test("has its icon if there is room for it once the former one is gone", () => {
    const big = update("a", 0, { appIcon: icon(4) });
    const { state } = clientAfter([...clientReady, big, big], { maxTotalIconBytes: 16 });
    expect(state.iconBytes).toBe(16);
  });
});

describe("the provider", () => {
  test.each([
    [4, 4],
    [9, 4],
    [3, 3],
    [1, 1],
  ])("of version %i is answered with version %i and the language", (version, answer) => {
    const { outputs } = clientAfter([{ type: "opened" }, caps(version, "Debian", providerId)], { language: "de_DE" });
    const provider = { version, name: "Debian", id: version >= 4 ? providerId : undefined };
    expect(outputs).toEqual([
      { type: "send", message: { message: "clientCaps", value: { version: answer, clientLanguageId: "de_DE" } } },
      { type: "ready", provider, apps: [] },
    ]);
  });

  test("with a bad name gets no answer", () => {
    const { state, outputs } = clientAfter([{ type: "opened" }, caps(4, "..", providerId)]);
    expect(outputs).toMatchObject([{ rule: "provider-name" }]);
    expect(state.phase).toBe("waiting");
  });

  test("without a usable id is answered all the same", () => {
    const { outputs } = clientAfter([{ type: "opened" }, caps(4, "Debian", "Debian")]);
    expect(outputs.map(({ type }) => type)).toEqual(["violation", "send", "ready"]);
  });

  test("that comes back has its list, and another one has none", () => {
    const inputs = [...clientReady, update("a"), { type: "closed" }, { type: "opened" }] as const;
    expect(clientAfter([...inputs, caps(4, "Debian", providerId)]).outputs).toMatchObject([
      {},
      { apps: [{ id: "a" }] },
    ]);
    const other = clientAfter([...inputs, caps(4, "Ubuntu", providerId)]);
    expect(other.outputs).toMatchObject([{}, { apps: [] }]);
    expect(other.state.apps.size).toBe(0);
  });

  test.each([undefined, "Debian"])("that is deleted (name: %s) takes its applications along", (name) => {
    const gone = received("deleteAppListProvider", { flags: 0, appListProviderName: name });
    const { state, outputs } = clientAfter([...clientReady, update("a", syncStart, { appIcon: icon(1) }), gone]);
    expect(outputs).toMatchObject([{ type: "providerDeleted", provider: { name: "Debian" }, apps: [{ id: "a" }] }]);
    expect([state.apps.size, state.iconBytes, state.syncing]).toEqual([0, 0, false]);
  });
});

describe("a window", () => {
  const window = received("associateWindowId", { flags: AppFlags.windowId, appWindowId: 5, appId: "a" });

  test("is associated with the listed application and has a number of the desktop", () => {
    const { outputs } = clientAfter([...clientReady, update("a"), window]);
    expect(outputs).toMatchObject([
      { type: "windowAssociated", windowId: 5, desktopWindowId: 0x1_0000_0005n, id: "a", app: { desc: "name" } },
    ]);
  });

  test("may be of an application that is not listed, and of a provider without an id", () => {
    const { outputs } = clientAfter([{ type: "opened" }, caps(4, "Debian", "x"), window]);
    expect(outputs).toMatchObject([{ windowId: 5, desktopWindowId: undefined, id: "a", app: undefined }]);
  });

  test("has the first 32 bits of the provider's id above its own", () => {
    expect(isProviderId(providerId)).toBe(true);
    expect(desktopWindowId("FFFFFFFF-0000-0000-0000-000000000000", 0xffff_ffff)).toBe(2n ** 64n - 1n);
  });
});
