import { describe, expect, test } from "vitest";
import {
  app,
  clientAfter,
  clientReady,
  icon,
  providerId,
  received,
  serverAfter,
  serverReady,
} from "../testing/applist-pair.js";
import { AppFlags, applistRules, type App, type ApplistRule, type UpdateAppList } from "./index.js";

type Outputs = readonly { readonly type: string }[];

const server = (...inputs: Parameters<typeof serverAfter>[0]): Outputs =>
  serverAfter([...serverReady, ...inputs]).outputs;
const client = (...inputs: Parameters<typeof clientAfter>[0]): Outputs =>
  clientAfter([...clientReady, ...inputs]).outputs;
const limited = (limits: Parameters<typeof clientAfter>[1], ...inputs: Parameters<typeof clientAfter>[0]): Outputs =>
  clientAfter([...clientReady, ...inputs], limits).outputs;
const opened = { type: "opened" } as const;
const caps = (version: number, name: string, id?: string) =>
  received("serverCaps", { version, appListProviderName: name, appListProviderUniqueId: id });

const update = (changes: Partial<App> = {}) => ({ type: "update", app: app(changes) }) as const;
const updated = (changes: Partial<UpdateAppList> = {}) =>
  received("updateAppList", { flags: 0, appId: "gedit", appExecPath: "gedit", appDesc: "Editor", ...changes });
const associate = (id: string) => ({ type: "associateWindow", windowId: 5, id }) as const;
const associated = (flags: number, appId?: string) => received("associateWindowId", { flags, appWindowId: 5, appId });
const old = (...inputs: Parameters<typeof serverAfter>[0]): Outputs =>
  serverAfter([...serverReady, ...inputs], { providerId: undefined }).outputs;

/** For each rule and for each side that can break it: what leads to it. */
const cases: Readonly<Record<ApplistRule, Partial<Readonly<Record<"peer" | "local", readonly (() => Outputs)[]>>>>> = {
  "not-open": {
    peer: [
      () => serverAfter([received("clientCaps", { version: 4, clientLanguageId: "" })]).outputs,
      () => clientAfter([caps(4, "Debian", providerId)]).outputs,
    ],
    local: [
      () => serverAfter([associate("gedit")]).outputs,
      () => serverAfter([{ type: "deleteProvider" }]).outputs,
      () => serverAfter([...serverReady, update(), { type: "closed" }, associate("gedit")]).outputs,
    ],
  },
  "already-open": { local: [() => server(opened), () => client(opened)] },
  "not-ready": {
    peer: [
      () => clientAfter([opened, updated()]).outputs,
      () => clientAfter([...clientReady, { type: "closed" }, opened, updated()]).outputs,
    ],
    local: [
      () => serverAfter([opened, associate("gedit")]).outputs,
      () => server({ type: "deleteProvider" }, update()),
    ],
  },
  "wrong-direction": {
    peer: [() => server(updated()), () => client(received("clientCaps", { version: 4, clientLanguageId: "" }))],
  },
  "caps-again": {
    peer: [
      () => server(received("clientCaps", { version: 4, clientLanguageId: "" })),
      () => client(caps(4, "Debian", providerId)),
    ],
  },
  "provider-name": {
    peer: ["", "a b", "..", 'a"', "a\0", "a".repeat(255)].map(
      (name) => () => clientAfter([opened, caps(4, name, providerId)]).outputs,
    ),
    local: [() => serverAfter([opened], { providerName: "Debian 12" }).outputs],
  },
  "provider-id": {
    peer: [
      () => clientAfter([opened, caps(4, "Debian", "Debian")]).outputs,
      () => clientAfter([opened, caps(4, "Debian")]).outputs,
    ],
    local: [() => serverAfter([opened], { providerId: `{${providerId}}` }).outputs],
  },
  "other-provider": {
    peer: [() => client(received("deleteAppListProvider", { flags: 0, appListProviderName: "Ubuntu" }))],
  },
  "needs-version-4": {
    peer: [() => clientAfter([opened, caps(3, "Debian"), associated(AppFlags.windowId, "gedit")]).outputs],
    local: [
      () => old(associate("gedit")),
      () =>
        serverAfter([opened, received("clientCaps", { version: 3, clientLanguageId: "" }), associate("gedit")]).outputs,
    ],
  },
  "field-missing": {
    peer: [
      () => client(updated({ appId: undefined })),
      () => client(updated({ appExecPath: "" })),
      () => client(updated({ appDesc: undefined })),
      () => client(received("deleteAppList", { flags: 0 })),
      () => client(associated(AppFlags.windowId)),
      () => client(associated(0, "gedit")),
    ],
    local: [() => server(update({ desc: "" })), () => server(associate(""))],
  },
  "text-too-long": {
    peer: [() => client(updated({ appWorkingDir: "a".repeat(255) }))],
    local: [() => server(update({ execPath: "a".repeat(255) })), () => server(associate("a".repeat(255)))],
  },
  "text-forbidden": {
    peer: [
      () => client(updated({ appId: "a..b" })),
      () => client(updated({ appGroup: 'a"b' })),
      () => client(updated({ appDesc: "a\0b" })),
      () => client(updated({ appExecPath: "a\0b" })),
      () => client(updated({ appWorkingDir: 'a"b' })),
    ],
    local: [() => server(update({ id: "../x" })), () => server(associate("a..b"))],
  },
  "icon-too-big": {
    peer: [() => limited({ maxIconBytes: 7 }, updated({ appIcon: icon(2) }))],
    local: [() => serverAfter([...serverReady, update({ icon: icon(2) })], { maxIconBytes: 7 }).outputs],
  },
  "too-many-icon-bytes": {
    peer: [
      () =>
        limited({ maxTotalIconBytes: 11 }, updated({ appIcon: icon(1) }), updated({ appId: "b", appIcon: icon(2) })),
    ],
  },
  "too-many-apps": {
    peer: [() => limited({ maxApps: 1 }, updated(), updated({ appId: "b" }))],
    local: [
      () => serverAfter([...serverReady, update(), update({ id: "b" })], { maxApps: 1 }).outputs,
      () =>
        serverAfter([...serverReady, { type: "synchronise", apps: [app(), app({ id: "b" })] }], { maxApps: 1 }).outputs,
    ],
  },
  "app-twice": { local: [() => server({ type: "synchronise", apps: [app(), app({ desc: "other" })] })] },
  "unknown-app": {
    peer: [() => client(updated(), received("deleteAppList", { flags: 0, appId: "gedit", appGroup: "games" }))],
    local: [() => server(update(), { type: "delete", id: "gedit", group: "games" })],
  },
  "sync-again": {
    peer: [() => client(updated({ flags: AppFlags.syncStart }), updated({ flags: AppFlags.syncStart }))],
  },
  "sync-not-started": {
    peer: [() => client(updated({ flags: AppFlags.sync })), () => client(updated({ flags: AppFlags.syncEnd }))],
  },
};

describe("applistRules", () => {
  const all = Object.entries(cases).flatMap(([rule, sides]) =>
    Object.entries(sides).flatMap(([by, ways]) => ways.map((way, index) => [rule, by, index, way] as const)),
  );

  test.each(all)("%s by the %s is reported (%i)", (rule, by, _index, way) => {
    const message = applistRules[rule as ApplistRule];
    expect(way()).toContainEqual(expect.objectContaining({ type: "violation", by, rule, message }));
  });

  test("each is one lower-case sentence without a full stop", () => {
    for (const text of Object.values(applistRules)) expect(text).toMatch(/^[a-z].*[^.]$/);
  });
});
