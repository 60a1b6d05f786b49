import { describe, expect, test } from "vitest";
import { received, sentNames, serverAfter, start } from "../testing/rail-pair.js";
import { railVocabulary, type RailServerInput, type RailServerOutput } from "./index.js";

const opened = (railSupportLevel: number): RailServerInput => ({ type: "opened", railSupportLevel, now: 5 });
const shake = received("handshake", { buildNumber: 7 });
const status = (flags: number) => received("clientStatus", { flags });
const bytes = (outputs: readonly RailServerOutput[]): string[] =>
  outputs.flatMap((output) =>
    output.type === "send" ? [Buffer.from(railVocabulary.encode(output.message)).toString("hex")] : [],
  );

describe("the server of the rail channel", () => {
  test("greets with HandshakeEx if both know it or with enhanced RemoteApp, else with Handshake", () => {
    expect(bytes(serverAfter([opened(0x81)]).outputs)).toEqual(["13000c000000000007000000"]);
    expect(bytes(serverAfter([opened(0x01)], { handshakeFlags: 1 }).outputs)).toEqual(["13000c000000000001000000"]);
    expect(bytes(serverAfter([opened(0x01)], { handshakeFlags: 2 }).outputs)).toEqual(["0500080000000000"]);
    expect(serverAfter([opened(0x01)]).outputs).toContainEqual({ type: "wake", at: 10_005 });
  });

  test("tells of its screen saver after the handshake, and of its marker to clients that know of one", () => {
    const { outputs } = serverAfter([opened(0x81), shake]);
    expect(outputs[0]).toEqual({ type: "ready", buildNumber: 7 });
    expect(bytes(outputs)).toEqual(["030009007700000000", "030009001100000000"]);
    expect(outputs).toContainEqual({ type: "wake", at: undefined });
    expect(bytes(serverAfter([opened(0x81), shake, status(4)]).outputs)).toEqual(["14000800feffffff"]);
    expect(bytes(serverAfter([opened(0x81), shake, status(1)]).outputs)).toEqual([]);
  });

  test("compatible with WSLg it tells of the marker before it knows the client", () => {
    const wslg = { compat: "wslg" as const };
    expect(sentNames(serverAfter([opened(0x81), shake], wslg).outputs)).toEqual([
      "serverSysParam",
      "serverSysParam",
      "zOrderSync",
    ]);
    expect(sentNames(serverAfter([opened(0x81), shake, status(4)], wslg).outputs)).toEqual([]);
  });

  test("answers a start with its flags and name", () => {
    const asked = [opened(0x81), shake, status(0), received("exec", { ...start("xterm", 8), arguments: "-e top" })];
    expect(serverAfter(asked).outputs).toMatchObject([{ type: "exec", serial: 1, exec: { arguments: "-e top" } }]);
    const answer: RailServerInput = { type: "execResult", serial: 1, execResult: 5, rawResult: 2 };
    for (const [compat, exeOrFile] of [
      [undefined, "xterm"],
      ["wslg", "xterm\0"],
    ] as const) {
      expect(serverAfter([...asked, answer], { compat }).outputs).toMatchObject([
        { message: { message: "execResult", value: { flags: 8, exeOrFile, execResult: 5, rawResult: 2 } } },
      ]);
    }
  });

  test("a start beyond the limit is answered as failed", () => {
    const two = [opened(0x81), shake, status(0), received("exec", start("a")), received("exec", start("b"))];
    expect(serverAfter(two, { maxExecs: 1 }).outputs).toMatchObject([
      { rule: "too-many-execs" },
      { message: { message: "execResult", value: { exeOrFile: "b", execResult: 6 } } },
    ]);
  });

  test("serial numbers go on after a reconnect, and starts of the old connection are forgotten", () => {
    const first = [opened(0x81), shake, status(0), received("exec", start("a"))];
    const { state, outputs } = serverAfter([...first, { type: "closed" }, ...first]);
    expect(outputs).toMatchObject([{ type: "exec", serial: 2 }]);
    expect(state.execs).toHaveLength(1);
  });

  test("names the process only to clients that understand it", () => {
    const answer: RailServerInput = {
      type: "appId",
      windowId: 3,
      applicationId: "gedit",
      process: { processId: 9, processImageName: "gedit" },
    };
    const asked = (flags: number) => [opened(0x81), shake, status(flags), received("getAppIdReq", { windowId: 3 })];
    expect(sentNames(serverAfter([...asked(0x100), answer]).outputs)).toEqual(["getAppIdRespEx"]);
    expect(sentNames(serverAfter([...asked(0), answer]).outputs)).toEqual(["getAppIdResp"]);
  });

  test("a local sizing is closed by where the client put the window", () => {
    const began: RailServerInput[] = [
      opened(0x81),
      shake,
      status(1),
      { type: "startMoveSize", windowId: 3, moveSizeType: 8, posX: 10, posY: 20 },
    ];
    expect(bytes(serverAfter(began).outputs)).toEqual(["09001000" + "03000000" + "01000800" + "0a001400"]);
    const place = received("windowMove", { windowId: 3, left: -5, top: 0, right: 100, bottom: 50 });
    const placed = { type: "placed", windowId: 3, snapped: false };
    expect(serverAfter([...began, place]).outputs).toMatchObject([{ ...placed, ends: true }]);
    expect(serverAfter([...began, place, place]).outputs).toMatchObject([{ ...placed, ends: false }]);
    const end: RailServerInput = { type: "endMoveSize", windowId: 3, left: -5, top: 0 };
    const ended = serverAfter([...began, place, end]);
    expect(bytes(ended.outputs)).toEqual(["09001000" + "03000000" + "00000800" + "fbff0000"]);
    expect(ended.state.move).toBeUndefined();
    expect(serverAfter([...began, { type: "windowGone", windowId: 3 }]).state.move).toBeUndefined();
  });

  test("answers the client's language bar with its own, and keeps that over connections", () => {
    const bar: RailServerInput = { type: "langbarInfo", value: { languageBarStatus: 4 } };
    const client = received("langbarInfo", { languageBarStatus: 1 });
    const { outputs } = serverAfter([bar, opened(0x83), { type: "closed" }, opened(0x83), shake, client]);
    expect(outputs).toMatchObject([
      { type: "langbarInfo", value: { languageBarStatus: 1 } },
      { message: { message: "langbarInfo", value: { languageBarStatus: 4 } } },
    ]);
  });

  test("parameters that it did not say it understands count and are reported", () => {
    const caret = received("clientSysParam", { parameter: { type: "caretWidth", width: 2 } });
    const theme = received("clientSysParam", { parameter: { type: "systemUsesLightTheme", enabled: 1 } });
    expect(serverAfter([opened(0x81), shake, caret]).outputs).toMatchObject([{ type: "clientSysParam" }]);
    for (const inputs of [
      [opened(0x81), shake, theme],
      [opened(0x01), shake, caret],
    ]) {
      expect(serverAfter(inputs, { handshakeFlags: inputs.includes(caret) ? 4 : 7 }).outputs).toMatchObject([
        { rule: "not-announced" },
        { type: "clientSysParam" },
      ]);
    }
  });
});
