import { describe, expect, test } from "vitest";
import { clientAfter, received, sentNames, start } from "../testing/rail-pair.js";
import { markerWindowId, type RailClientInput } from "./index.js";

const opened: RailClientInput = { type: "opened", railSupportLevel: 0xff, now: 0 };
const shake = (railHandshakeFlags: number) => received("handshakeEx", { buildNumber: 1, railHandshakeFlags }, 100);
const exec = (id: number, name = "xterm", now = 0): RailClientInput => ({
  type: "exec",
  id,
  exec: start(name, 8),
  now,
});
const result = (exeOrFile: string, execResult: 0 | 6 = 0) =>
  received("execResult", { flags: 8, execResult, rawResult: 3, exeOrFile });
const settings: readonly RailClientInput[] = [
  { type: "caretBlinkInfo", value: { caretBlinkRate: 500 } },
  { type: "textScaleInfo", value: { textScaleFactor: 125 } },
  { type: "clientSysParam", value: { parameter: { type: "caretWidth", width: 1 } } },
  { type: "clientSysParam", value: { parameter: { type: "mouseButtonSwap", enabled: 0 } } },
  { type: "langbarInfo", value: { languageBarStatus: 1 } },
];

describe("the client of the rail channel", () => {
  test("sends nothing before the server's handshake, then handshake, features, settings, programs", () => {
    const before = clientAfter([...settings, opened, exec(1)]);
    expect(before.outputs).toEqual([]);
    expect(sentNames(clientAfter([...settings, opened, exec(1), shake(0x7f)]).outputs)).toEqual([
      "handshake",
      "clientStatus",
      "langbarInfo",
      "clientSysParam",
      "clientSysParam",
      "textScaleInfo",
      "caretBlinkInfo",
      "exec",
    ]);
  });

  test("tells only what the server understands", () => {
    const { outputs } = clientAfter([
      ...settings,
      { ...opened, railSupportLevel: 1 },
      received("handshake", { buildNumber: 1 }),
    ]);
    expect(sentNames(outputs)).toEqual(["handshake", "clientStatus", "clientSysParam"]);
  });

  test("tells its settings again after a reconnect, each as it is now", () => {
    const changed: RailClientInput = { type: "textScaleInfo", value: { textScaleFactor: 200 } };
    const { outputs } = clientAfter([...settings, opened, shake(8), changed, { type: "closed" }, opened, shake(8)]);
    expect(
      outputs.filter((output) => output.type === "send" && output.message.message === "textScaleInfo"),
    ).toMatchObject([{ message: { value: { textScaleFactor: 200 } } }]);
  });

  test("the state of the input method is told while one is in use", () => {
    const ime = { imeState: 1, imeConvMode: 0, imeSentenceMode: 0, kanaMode: 0 } as const;
    const guid = new Uint8Array(16);
    const profile = (profileType: 1 | 2): RailClientInput => ({
      type: "languageImeInfo",
      value: { profileType, languageId: 0x411, languageProfileClsid: guid, profileGuid: guid, keyboardLayout: 0 },
    });
    const state: RailClientInput = { type: "compartmentInfo", value: ime };
    expect(sentNames(clientAfter([opened, shake(0), profile(1), state]).outputs)).toEqual(["compartmentInfo"]);
    expect(sentNames(clientAfter([opened, shake(0), profile(2), state]).outputs)).toEqual([]);
  });

  test("a result belongs to the oldest start of its flags and name, a NUL behind it or not", () => {
    const two = [opened, shake(0), exec(1), exec(2), exec(3, "gedit")];
    const ended = (id: number, late = false) => ({ type: "execEnded", id, late, rawResult: 3 });
    expect(clientAfter([...two, result("xterm\0")]).outputs[0]).toMatchObject(ended(1));
    expect(clientAfter([...two, result("xterm"), result("xterm")]).outputs[0]).toMatchObject(ended(2));
    expect(clientAfter([...two, result("gedit", 6)]).outputs[0]).toMatchObject({ ...ended(3), execResult: 6 });
  });

  test("a start without a result is given up, and its late result still known", () => {
    const silent: RailClientInput[] = [opened, shake(0), exec(1, "xterm", 100), { type: "tick", now: 60_100 }];
    expect(clientAfter(silent.slice(0, 3)).outputs).toContainEqual({ type: "wake", at: 60_100 });
    expect(clientAfter(silent).outputs).toEqual([
      { type: "execSilent", id: 1 },
      { type: "wake", at: 120_100 },
    ]);
    const late = clientAfter([...silent, result("xterm")]);
    expect(late.outputs).toMatchObject([
      { type: "execEnded", id: 1, late: true },
      { type: "wake", at: undefined },
    ]);
    expect(late.state.lateExecs).toEqual([]);
  });

  test("a start that was given up is forgotten after as long again: the next result is for the next start", () => {
    const silent: RailClientInput[] = [opened, shake(0), exec(1), { type: "tick", now: 60_000 }];
    const young: RailClientInput[] = [...silent, { type: "tick", now: 119_999 }, exec(2, "xterm", 119_999)];
    expect(clientAfter([...young, result("xterm")]).outputs[0]).toMatchObject({ id: 1, late: true });
    const old: RailClientInput[] = [...silent, { type: "tick", now: 120_000 }];
    expect(clientAfter(old).outputs).toEqual([{ type: "wake", at: undefined }]);
    const next = clientAfter([...old, exec(2, "xterm", 120_000), result("xterm")]);
    expect(next.outputs[0]).toMatchObject({ type: "execEnded", id: 2, late: false });
    expect(next.state).toMatchObject({ execs: [], lateExecs: [] });
  });

  test("what is cut off is said", () => {
    expect(clientAfter([opened, exec(1), { type: "closed" }]).outputs).toContainEqual({ type: "execCut", id: 1 });
  });

  test("a result that nobody waits for is reported and told", () => {
    expect(clientAfter([opened, shake(0), result("xterm")]).outputs).toMatchObject([
      { rule: "exec-unmatched" },
      { type: "execResult", value: { exeOrFile: "xterm" } },
    ]);
  });

  test("snapped windows are told as moved to servers that do not know of snapping, never both", () => {
    const place = (snapped: boolean): RailClientInput => ({
      type: "place",
      windowId: 1,
      rectangle: { left: 10, top: 10, right: 20, bottom: 20 },
      margins: { left: 1, top: 2, right: 3, bottom: 4 },
      snapped,
    });
    expect(sentNames(clientAfter([opened, shake(4), place(true)]).outputs)).toEqual(["snapArrange"]);
    expect(sentNames(clientAfter([opened, shake(0), place(true)]).outputs)).toEqual(["windowMove"]);
    const [spec] = clientAfter([opened, shake(4), place(true)]).outputs;
    expect(spec).toMatchObject({ message: { value: { left: 9, top: 8, right: 23, bottom: 24 } } });
    const [wslg] = clientAfter([opened, shake(4), place(true)], { compat: "wslg" }).outputs;
    expect(wslg).toMatchObject({ message: { value: { left: 10, top: 10, right: 20, bottom: 20 } } });
  });

  test("a local sizing is closed by `place`; a drag by the mouse needs none but with WSLg", () => {
    const move = (isMoveSizeStart: number, moveSizeType: 8 | 9) =>
      received("localMoveSize", { windowId: 1, isMoveSizeStart, moveSizeType, posX: 5, posY: 6 });
    const place: RailClientInput = { type: "place", windowId: 1, rectangle: { left: 0, top: 0, right: 1, bottom: 1 } };
    const ended = { type: "moveSizeEnded", windowId: 1, left: 5, top: 6 };
    const run = (inputs: RailClientInput[], compat?: "wslg") =>
      clientAfter([opened, shake(0), ...inputs], { clientFlags: 1, compat }).outputs;
    expect(run([move(1, 8)])).toEqual([{ type: "moveSizeStarted", windowId: 1, moveSizeType: 8, posX: 5, posY: 6 }]);
    expect(run([move(1, 8), place, move(0, 8)])).toEqual([ended]);
    expect(run([move(1, 9), move(0, 9)])).toEqual([ended]);
    expect(run([move(1, 9), move(0, 9)], "wslg")).toMatchObject([{ rule: "closing-move-missing" }, ended]);
  });

  test("a local window is activated through the marker", () => {
    const marker = received("zOrderSync", { windowIdMarker: markerWindowId });
    const { outputs } = clientAfter([opened, shake(0), marker, { type: "activateLocal" }], { clientFlags: 4 });
    expect(outputs).toMatchObject([
      { message: { message: "activate", value: { windowId: markerWindowId, enabled: 0 } } },
    ]);
  });

  test("asks once for an application id until the answer comes or the window is gone", () => {
    const ask: RailClientInput = { type: "requestAppId", windowId: 4 };
    const answer = received("getAppIdResp", { windowId: 4, applicationId: "gedit" });
    expect(sentNames(clientAfter([opened, shake(0), ask, ask]).outputs)).toEqual([]);
    expect(clientAfter([opened, shake(0), ask, answer]).outputs).toEqual([
      { type: "appId", windowId: 4, applicationId: "gedit", process: undefined },
    ]);
    for (const done of [answer, { type: "windowGone", windowId: 4 } as const])
      expect(sentNames(clientAfter([opened, shake(0), ask, done, ask]).outputs)).toEqual(["getAppIdReq"]);
  });

  test("goes on without the server's handshake if told to; that counts when it comes", () => {
    const { outputs } = clientAfter([opened, exec(1), { type: "proceed", now: 0 }]);
    expect(sentNames(outputs)).toEqual(["handshake", "clientStatus", "exec"]);
    const late = clientAfter([opened, { type: "proceed", now: 0 }, shake(4)]);
    expect(late.outputs).toEqual([{ type: "ready", buildNumber: 1, handshakeFlags: 4 }]);
    expect(late.state.announced.handshakeFlags).toBe(4);
  });
});
