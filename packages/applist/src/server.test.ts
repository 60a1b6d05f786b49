import { EncodeError } from "@railvail/wire";
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
    expect(state.apps?.size).toBe(0);
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
    expect([...(state.apps?.values() ?? [])]).toEqual([app({ id: "b", icon: undefined }), app({ id: "c" })]);
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
    expect(state.apps).toBeUndefined();
    const next = serverAfter([...inputs, { type: "closed" }, ...serverReady]);
    expect(next.state.phase).toBe("ready");
    expect(sent(next.outputs)).toEqual([]);
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
});

describe("without a client", () => {
  const a = app({ id: "a", icon: icon(1) });
  const b = app({ id: "b" });
  const whole = newId | sync | syncStart | syncEnd;
  const changes = [
    { type: "synchronise", apps: [a, b] },
    { type: "update", app: app({ id: "b", desc: "new" }) },
    { type: "delete", id: "a" },
  ] as const;

  test.each([
    ["closed", [], serverReady],
    ["opened", serverReady.slice(0, 1), serverReady.slice(1)],
    ["closed again", [...serverReady, { type: "update", app: app() }, { type: "closed" }], serverReady],
  ] as const)("the list is kept, and told as a whole to the next: %s", (_, before, ready) => {
    for (const compat of ["wslg", undefined] as const) {
      for (const change of [1, 2, 3].map((count) => changes.slice(0, count)))
        expect(serverAfter([...before, ...change], { compat }).outputs).toEqual([]);
      const { outputs } = serverAfter([...before, ...changes, ...ready], { compat });
      expect(sent(outputs)).toEqual([["updateAppList", "b", whole]]);
      // An application that answers with another list at once has the last word.
      expect(outputs.map(({ type }) => type)).toEqual(["send", "ready"]);
    }
  });

  test("a list that is empty is told; where none was ever given, none is", () => {
    const none = { type: "synchronise", apps: [] } as const;
    expect(sent(serverAfter([none, ...serverReady]).outputs)).toEqual([
      ["updateAppList", "railvail-empty-list", whole],
      ["deleteAppList", "railvail-empty-list", 0],
    ]);
    expect(serverAfter(serverReady).outputs).toMatchObject([{ type: "ready" }]);
  });

  test("each client is told what the one before was told, and every entry is new to it", () => {
    const inputs = [...serverReady, { type: "synchronise", apps: [a, b] }, { type: "closed" }] as const;
    for (const compat of ["wslg", undefined] as const)
      expect(sent(serverAfter([...inputs, ...serverReady], { compat }).outputs)).toEqual([
        ["updateAppList", "a", newId | sync | syncStart],
        ["updateAppList", "b", newId | sync | syncEnd],
      ]);
  });

  test("the same limits and rules hold, and what breaks them is reported at once", () => {
    const options = { maxApps: 1, maxIconBytes: 3 };
    const rulesOf = (...inputs: Parameters<typeof serverAfter>[0]) =>
      serverAfter(inputs, options).outputs.map((output) => (output.type === "violation" ? output.rule : output.type));
    expect(rulesOf({ type: "synchronise", apps: [a, b] })).toEqual(["icon-too-big", "too-many-apps"]);
    expect(rulesOf({ type: "update", app: a }, { type: "update", app: b })).toEqual(["too-many-apps"]);
    expect(rulesOf({ type: "update", app: app({ desc: "" }) })).toEqual(["field-missing"]);
    expect(rulesOf({ type: "delete", id: "a" })).toEqual(["unknown-app"]);
    expect(serverAfter([{ type: "delete", id: "a" }, ...serverReady]).outputs).toMatchObject([{ type: "ready" }]);
  });

  test("the bits of an icon are kept, whatever their memory is used for afterwards", () => {
    const bits = Buffer.from([1, 2, 3, 4]);
    const { state } = serverAfter([{ type: "update", app: app({ icon: { ...icon(1), bits } }) }]);
    bits.fill(0xee);
    expect([...(state.apps?.values() ?? [])].map((each) => each.icon?.bits)).toEqual([Uint8Array.of(1, 2, 3, 4)]);
  });

  test("an icon that cannot be sent is found out when it is given, not when a client comes", () => {
    const bad = app({ icon: { ...icon(1), width: -1 } });
    expect(() => serverAfter([{ type: "update", app: bad }])).toThrow(EncodeError);
    expect(() => serverAfter([{ type: "opened" }, { type: "synchronise", apps: [bad] }])).toThrow(EncodeError);
  });
});
