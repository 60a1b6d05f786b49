import { FastPathInput, InputFlags } from "@railvail/transport";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { activePair, type Pair } from "../../testing/pair.js";
import { hand } from "../../testing/sent-bytes.js";
import { ClientConnection, keyOfEvdev, type InputEvent, type ServerCapability } from "../index.js";

const everything: readonly InputEvent[] = [
  keyOfEvdev(30, true) as InputEvent,
  keyOfEvdev(119, true) as InputEvent,
  { type: "unicode", unit: 0x1f600, down: true },
  { type: "pointerMoved", x: 100, y: 200 },
  { type: "button", button: "left", down: true, x: 100, y: 200 },
  { type: "button", button: "x2", down: false, x: 100, y: 200 },
  { type: "wheel", axis: "vertical", rotation: -120 },
  { type: "wheel", axis: "horizontal", rotation: 120 },
  { type: "relativePointer", dx: -3, dy: 4 },
  { type: "sync", scrollLock: false, numLock: true, capsLock: false, kanaLock: true },
];

const server = (inputFlags: number): ServerCapability => ({
  type: "input",
  inputFlags,
  keyboardLayout: 0,
  keyboardType: 0,
  keyboardSubType: 0,
  keyboardFunctionKey: 0,
  imeFileName: "",
});
const { INPUT_FLAG_SCANCODES, INPUT_FLAG_FASTPATH_INPUT2, INPUT_FLAG_MOUSEX } = InputFlags;
const rest = INPUT_FLAG_MOUSEX | InputFlags.INPUT_FLAG_UNICODE | InputFlags.INPUT_FLAG_MOUSE_RELATIVE;
const all = INPUT_FLAG_SCANCODES | rest | InputFlags.TS_INPUT_FLAG_MOUSE_HWHEEL;

const eventsOf = (pair: Pair): InputEvent[] => pair.of("server", "input").flatMap(({ events }) => [...events]);

describe("what the client's user does", () => {
  test.each([
    ["the fast path", all | INPUT_FLAG_FASTPATH_INPUT2, true],
    ["the slow path, where the server takes nothing else", all, false],
  ])("reaches the server over %s, each event as it was", (_name, inputFlags, fast) => {
    const pair = activePair({ capabilities: [server(inputFlags)] });
    const outputs = pair.client.sendInput(everything);
    const [first] = outputs.flatMap((output) => (output.type === "bytes" ? output.segments : []));
    expect((first?.[0] ?? 3) !== 3).toBe(fast);
    pair.take("client", outputs);
    pair.settle();
    expect(eventsOf(pair)).toEqual(everything);
    expect(pair.violations).toEqual([]);
    expect(pair.of("server", "pdu")).toEqual([]);
  });

  test("is left out, and said to be, where the server does not take it", () => {
    const pair = activePair({ capabilities: [server(INPUT_FLAG_SCANCODES | INPUT_FLAG_FASTPATH_INPUT2)] });
    pair.take("client", pair.client.sendInput(everything));
    pair.settle();
    const left = ["unicode", "button", "wheel", "relativePointer"];
    const says = "client: local not-supported the server takes no input of type";
    expect(pair.violations).toEqual(left.map((type) => `${says} ${type}`));
    expect(eventsOf(pair)).toHaveLength(everything.length - left.length);
  });

  test("has values in range, or nothing of it is sent", () => {
    const pair = activePair();
    expect(() =>
      pair.client.sendInput([
        { type: "pointerMoved", x: 1, y: 2 },
        { type: "pointerMoved", x: -1, y: 0 },
      ]),
    ).toThrow("xPos");
    expect(pair.client.sendInput([])).toEqual([]);
  });

  test("is reported where it is of no known kind", () => {
    const pair = activePair();
    const bytes = FastPathInput.encode({
      secureChecksum: 0,
      fpInputEvents: [{ eventFlags: 0, event: { type: "unknown", tag: 7, data: new Uint8Array(2) } }],
    });
    hand(pair, "server", bytes);
    expect(pair.violations).toEqual(["server: peer unknown input event of type 7"]);
    expect(pair.of("server", "input")).toEqual([]);
  });

  test("on a Korean keyboard has a release for each press of Hangul", () => {
    const pair = activePair({}, { core: { keyboardLayout: 0xe001_0412 } });
    pair.take("client", pair.client.sendInput([keyOfEvdev(122, true) as InputEvent]));
    pair.settle();
    expect(eventsOf(pair)).toEqual([keyOfEvdev(122, true), keyOfEvdev(122, false)]);
  });
});

describe("what the client says about output", () => {
  const edge = fc.integer({ min: 0, max: 0xffff });
  const areas = fc.tuple(edge, edge, edge, edge).map(([left, top, right, bottom]) => ({
    left,
    top,
    right: right + 1,
    bottom: bottom + 1,
  }));

  test("reaches the server as it was said", () => {
    const pair = activePair();
    fc.assert(
      fc.property(fc.array(areas, { maxLength: 255 }), areas, fc.nat(0xffff_ffff), (again, area, frameId) => {
        pair.told.server = [];
        pair.take("client", pair.client.requestRefresh(again));
        pair.take("client", pair.client.wantOutput(undefined));
        pair.take("client", pair.client.wantOutput(area));
        pair.take("client", pair.client.acknowledgeFrame(frameId));
        pair.settle();
        expect(pair.told.server).toEqual([
          { type: "refreshRequested", areas: again },
          { type: "outputWanted", wanted: false, area: undefined },
          { type: "outputWanted", wanted: true, area },
          { type: "frameAcknowledged", frameId },
        ]);
      }),
      { numRuns: 20 },
    );
  });

  test("has corners of which right and bottom are inside on the wire", () => {
    const pair = activePair();
    const outputs = pair.client.wantOutput({ left: 1, top: 2, right: 641, bottom: 482 });
    const [bytes] = outputs.flatMap((output) => (output.type === "bytes" ? output.segments : []));
    expect(
      Buffer.from(bytes ?? [])
        .subarray(-8)
        .toString("hex"),
    ).toBe("010002008002e101");
  });

  test("is kept back where the server does not take it", () => {
    const general = { type: "general", osMajorType: 1, osMinorType: 3, protocolVersion: 0x200, extraFlags: 1 } as const;
    const pair = activePair({ capabilities: [{ ...general, refreshRectSupport: 0, suppressOutputSupport: 0 }] });
    const [area] = [{ left: 0, top: 0, right: 1, bottom: 1 }];
    const silent = new ClientConnection();
    for (const say of [pair.client.requestRefresh([area]), pair.client.wantOutput(area)]) {
      expect(say).toMatchObject([{ type: "violation", by: "local", rule: "not-supported" }]);
    }
    expect(silent.requestRefresh([area])).toMatchObject([{ type: "violation", by: "local", rule: "not-now" }]);
    expect(silent.acknowledgeFrame(1)).toMatchObject([{ type: "violation", by: "local", rule: "not-now" }]);
  });
});
