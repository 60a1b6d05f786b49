import { describe, expect, test } from "vitest";
import { app, icon, providerId, received, serverAfter, serverReady } from "../testing/applist-pair.js";
import { AppFlags, applistVocabulary, type ApplistServerOutput } from "./index.js";

/** What is sent: the name of the message, the application, and the hints. */
const sent = (outputs: readonly ApplistServerOutput[]): unknown[] =>
  outputs.flatMap((output) => {
    if (output.type !== "send") return [];
    const { message, value } = output.message;
    return [[message, "appId" in value ? value.appId : undefined, "flags" in value ? value.flags : undefined]];
  });

const { newId, sync, syncStart, syncEnd } = AppFlags;

describe("the list as a whole", () => {
  test("starts with its first application and ends with its last", () => {
    const apps = ["a", "b", "c"].map((id) => app({ id }));
    expect(sent(serverAfter([...serverReady, { type: "synchronise", apps }]).outputs)).toEqual([
      ["updateAppList", "a", newId | sync | syncStart],
      ["updateAppList", "b", newId | sync],
      ["updateAppList", "c", newId | sync | syncEnd],
    ]);
    expect(sent(serverAfter([...serverReady, { type: "synchronise", apps: [app()] }]).outputs)).toEqual([
      ["updateAppList", "gedit", newId | sync | syncStart | syncEnd],
    ]);
  });

  test.each([
    ["there is none", []],
    ["none can be sent", [app({ desc: "" })]],
  ])("is told by an entry that goes again if %s", (_, apps) => {
    const { state, outputs } = serverAfter([...serverReady, { type: "synchronise", apps }]);
    expect(sent(outputs)).toEqual([
      ["updateAppList", "railvail-empty-list", newId | sync | syncStart | syncEnd],
      ["deleteAppList", "railvail-empty-list", 0],
    ]);
    expect(state.known.size).toBe(0);
  });

  test("leaves out what cannot be sent, says so, and goes on", () => {
    const apps = [app({ id: "a.." }), app({ id: "b", icon: icon(3) }), app({ id: "c" }), app({ id: "c" })];
    const { state, outputs } = serverAfter([...serverReady, { type: "synchronise", apps }], { maxIconBytes: 8 });
    expect(outputs.filter(({ type }) => type === "violation")).toMatchObject([
      { rule: "text-forbidden", appId: "a.." },
      { rule: "icon-too-big", appId: "b" },
      { rule: "app-twice", appId: "c" },
    ]);
    expect(sent(outputs)).toMatchObject([
      ["updateAppList", "b", newId | sync | syncStart],
      ["updateAppList", "c", newId | sync | syncEnd],
    ]);
    expect([...state.known.values()]).toEqual([
      { id: "b", group: "", desc: "Editor", hasIcon: false },
      { id: "c", group: "", desc: "Editor", hasIcon: false },
    ]);
  });

  test("is preceded for WSLg by the deletion of what is gone or has another name or lost its icon", () => {
    const before = [
      app({ id: "a", icon: icon(1) }),
      app({ id: "b" }),
      app({ id: "c" }),
      app({ id: "d", icon: icon(1) }),
    ];
    const after = [app({ id: "a" }), app({ id: "b", desc: "new" }), app({ id: "d", icon: icon(2) })];
    const inputs = [
      ...serverReady,
      { type: "synchronise", apps: before },
      { type: "synchronise", apps: after },
    ] as const;
    expect(sent(serverAfter(inputs, { compat: "wslg" }).outputs).slice(0, 4)).toEqual([
      ["deleteAppList", "a", 0],
      ["deleteAppList", "b", 0],
      ["deleteAppList", "c", 0],
      ["updateAppList", "a", newId | sync | syncStart],
    ]);
    expect(sent(serverAfter(inputs).outputs)).toHaveLength(3);
  });
});

describe("single changes", () => {
  test("say whether the application is new", () => {
    const update = { type: "update", app: app() } as const;
    expect(sent(serverAfter([...serverReady, update]).outputs)).toEqual([["updateAppList", "gedit", newId]]);
    expect(sent(serverAfter([...serverReady, update, update]).outputs)).toEqual([["updateAppList", "gedit", 0]]);
  });

  test("replace what WSLg cannot change", () => {
    const update = { type: "update", app: app() } as const;
    const other = { type: "update", app: app({ desc: "new" }) } as const;
    expect(sent(serverAfter([...serverReady, update, other], { compat: "wslg" }).outputs)).toEqual([
      ["deleteAppList", "gedit", 0],
      ["updateAppList", "gedit", newId],
    ]);
    expect(sent(serverAfter([...serverReady, update, update], { compat: "wslg" }).outputs)).toHaveLength(1);
  });

  test("a deletion has the group, and what is deleted is new again", () => {
    const update = { type: "update", app: app({ group: "games" }) } as const;
    const gone = { type: "delete", id: "gedit", group: "games" } as const;
    expect(serverAfter([...serverReady, update, gone]).outputs).toEqual([
      { type: "send", message: { message: "deleteAppList", value: { flags: 0, appId: "gedit", appGroup: "games" } } },
    ]);
    expect(sent(serverAfter([...serverReady, update, gone, update]).outputs)).toEqual([
      ["updateAppList", "gedit", newId],
    ]);
  });

  test("the provider can be deleted, and nothing comes after it", () => {
    const inputs = [...serverReady, { type: "update", app: app() }, { type: "deleteProvider" }] as const;
    const { state, outputs } = serverAfter(inputs);
    const value = { flags: 0, appListProviderName: "Debian" };
    expect(outputs).toEqual([{ type: "send", message: { message: "deleteAppListProvider", value } }]);
    expect(state.known.size).toBe(0);
    expect(serverAfter([...inputs, { type: "closed" }, ...serverReady]).state.phase).toBe("ready");
  });

  test("a window is associated with its flag, although it has no field of its own for it", () => {
    const associate = { type: "associateWindow", windowId: 5, id: "gedit" } as const;
    const [output] = serverAfter([...serverReady, associate]).outputs;
    const bytes = output?.type === "send" ? applistVocabulary.encode(output.message) : new Uint8Array(0);
    expect(Buffer.from(bytes).toString("hex")).toBe("050000001e00000081000000050000000c00670065006400690074000000");
    const quoted = { ...associate, execPath: 'sh -c "x"', desc: "", group: "" };
    expect(serverAfter([...serverReady, quoted]).outputs).toMatchObject([
      { message: { value: { appExecPath: 'sh -c "x"', appDesc: undefined, appGroup: undefined } } },
    ]);
  });
});

describe("versions", () => {
  const caps = (version: number) => received("clientCaps", { version, clientLanguageId: "de_DE" });

  test.each([
    [4, 4, 4],
    [5, 4, 4],
    [3, 4, 3],
    [4, 3, 3],
    [1, 3, 1],
  ])("a client of version %i and a server of version %i speak version %i", (theirs, ours, spoken) => {
    const options = ours === 4 ? {} : { providerId: undefined };
    expect(serverAfter([{ type: "opened" }], options).outputs).toEqual([
      {
        type: "send",
        message: {
          message: "serverCaps",
          value: {
            version: ours,
            appListProviderName: "Debian",
            appListProviderUniqueId: ours === 4 ? providerId : undefined,
          },
        },
      },
    ]);
    expect(serverAfter([{ type: "opened" }, caps(theirs)], options).outputs).toEqual([
      { type: "ready", version: spoken, language: "de_DE" },
    ]);
  });

  test("what was known of one channel is not known of the next", () => {
    const inputs = [...serverReady, { type: "update", app: app() }, { type: "closed" }, ...serverReady] as const;
    expect(serverAfter(inputs).state).toEqual(serverAfter(serverReady).state);
  });
});
