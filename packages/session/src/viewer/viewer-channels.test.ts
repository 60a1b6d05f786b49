import { pcmFormat } from "@railvail/audio";
import { FormatId, unicodeTextToString, stringToUnicodeText } from "@railvail/cliprdr";
import type { MonitorDefinition } from "@railvail/display";
import { describe, expect, test } from "vitest";
import { CompositorPair } from "../../testing/compositor-pair.js";
import type { CompositorSettings, ViewerSettings } from "../index.js";

const remoteApp = { program: undefined, arguments: "", workingDirectory: "" };
const text = [{ formatId: FormatId.unicodeText, formatName: "" }];

function connected(server: Partial<CompositorSettings> = {}, viewer: Partial<ViewerSettings> = {}): CompositorPair {
  const pair = new CompositorPair(server, { remoteApp, ...viewer });
  pair.connect();
  pair.settle();
  return pair;
}

const clipboardOf = (pair: CompositorPair): unknown[] =>
  pair.seen.flatMap((event) => (event.type === "clipboard" ? [event.event] : []));

describe("channels of a viewer", () => {
  test("clipboard text goes both ways", () => {
    const pair = connected();
    pair.compositor.clipboard.command({ type: "offer", formats: text });
    pair.settle();
    expect(clipboardOf(pair)).toContainEqual({ type: "offered", formats: text });
    pair.viewer?.channels.clipboard?.command({ type: "request", requestId: 1, formatId: FormatId.unicodeText, now: 0 });
    pair.flush();
    pair.deliver("server", 1000);
    const wanted = pair.told.flatMap((event) =>
      event.type === "clipboard" && event.event.type === "wanted" ? [event.event] : [],
    );
    expect(wanted).toHaveLength(1);
    const data = stringToUnicodeText("héllo");
    pair.compositor.clipboard.command({ type: "provide", requestId: wanted[0]?.requestId ?? 0, data, now: pair.now });
    pair.flush();
    pair.deliver("viewer", 1000);
    const received = pair.seen.flatMap((event) =>
      event.type === "clipboard" && event.event.type === "received" ? [event.event.data] : [],
    );
    expect(received.map((each) => unicodeTextToString(each))).toEqual(["héllo"]);
    pair.viewer?.channels.clipboard?.command({ type: "offer", formats: text });
    pair.settle();
    expect(pair.told).toContainEqual({ type: "clipboard", event: { type: "offered", formats: text } });
    expect(pair.violations).toEqual([]);
  });

  test("audio is heard", () => {
    const pair = connected({ audioOutput: { formats: [pcmFormat(2, 44_100, 16)] } });
    const ready = pair.seen.filter((event) => event.type === "audioOutput");
    expect(ready).toMatchObject([{ event: { type: "formats", formats: [{ nChannels: 2 }] } }]);
    expect(pair.violations).toEqual([]);
  });

  test("applications are listed", () => {
    const pair = connected({ appList: { providerName: "railvail" } });
    const app = { id: "xterm", execPath: "xterm", desc: "Terminal" };
    pair.compositor.appList.command({ type: "synchronise", apps: [app] });
    pair.settle();
    const listed = pair.seen.flatMap((event) =>
      event.type === "appList" && event.event.type === "appUpdated" ? [event.event.app.desc] : [],
    );
    expect(listed).toEqual(["Terminal"]);
  });

  test("the server learns of all monitors", () => {
    const monitor = (left: number, flags: number): MonitorDefinition => ({
      flags,
      left,
      top: 0,
      width: 200,
      height: 200,
      physicalWidth: 0,
      physicalHeight: 0,
      orientation: 0,
      desktopScaleFactor: 100,
      deviceScaleFactor: 100,
    });
    const monitors = [monitor(0, 1), monitor(200, 0)];
    const pair = connected({}, { monitors, size: { width: 400, height: 200 } });
    expect(pair.told.filter(({ type }) => type === "monitors").at(-1)).toMatchObject({
      monitors: [
        { left: 0, width: 200 },
        { left: 200, width: 200 },
      ],
    });
    expect(pair.peer?.state.blocks.find(({ type }) => type === "monitor")).toMatchObject({
      monitors: [
        { left: 0, right: 199 },
        { left: 200, right: 399 },
      ],
    });
    expect(pair.violations).toEqual([]);
  });

  test("what is not wanted is refused", () => {
    const pair = connected({ appList: { providerName: "railvail" } }, { appList: undefined, egfx: false });
    expect(pair.seen.filter(({ type }) => type === "channelRefused")).toContainEqual({
      type: "channelRefused",
      name: "Microsoft::Windows::RDS::RemoteApplicationList",
    });
  });
});
