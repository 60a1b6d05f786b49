import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  ack,
  caps,
  create,
  draw,
  fill,
  frame,
  received,
  rect,
  serverAfter,
  serverReady,
  serverReadyWith,
} from "../testing/egfx-pair.js";
import {
  CapsFlags,
  CapsVersion,
  freeSurfaceId,
  mayScale,
  stepEgfxServer,
  type CapsSet,
  type EgfxServerInput,
  type EgfxServerOutput,
} from "./index.js";

const opened: EgfxServerInput = { type: "opened", now: 1000 };
const offer = (...capsSets: CapsSet[]): EgfxServerInput => received("capsAdvertise", { capsSets });
const sent = (outputs: readonly EgfxServerOutput[]) =>
  outputs.flatMap((output) => (output.type === "send" ? [output.message] : []));
const types = (outputs: readonly EgfxServerOutput[]): string[] =>
  outputs.map((output) => (output.type === "violation" ? output.rule : output.type));

const versions = Object.entries(CapsVersion);
const version = fc.constantFrom(...versions);
const capsSet = fc.oneof(
  fc
    .tuple(version, fc.nat(0xfff))
    .map(([[type], flags]): CapsSet =>
      type === "version101" ? { capsData: { type } } : ({ capsData: { type, flags } } as CapsSet),
    ),
  fc
    .integer({ min: 0x000a_0702, max: 0xffff_ffff })
    .map((tag): CapsSet => ({ capsData: { type: "unknown", tag, data: new Uint8Array(4) } })),
);
const numberOf = ({ capsData }: CapsSet): number =>
  capsData.type === "unknown" ? capsData.tag : CapsVersion[capsData.type];

describe("capabilities", () => {
  test("the best known version is confirmed, wherever it stands, with flags that it has", () => {
    fc.assert(
      fc.property(fc.array(capsSet, { maxLength: 6 }), fc.boolean(), (capsSets, avc) => {
        const { state, outputs } = serverAfter([opened, offer(...capsSets)], { avc });
        const known = capsSets.map(numberOf).filter((number) => number <= CapsVersion.version107);
        if (known.length === 0) {
          expect(outputs[0]).toEqual({ type: "unavailable", reason: "version" });
          expect(state.phase).toBe("unavailable");
          return;
        }
        const [confirm] = sent(outputs);
        if (confirm?.message !== "capsConfirm") throw new Error("nothing was confirmed");
        const { capsSet: chosen } = confirm.value;
        expect(numberOf(chosen)).toBe(Math.max(...known));
        expect(outputs[1]).toMatchObject({ type: "ready", restarted: false });
        expect(state.capability?.version).toBe(numberOf(chosen));
        const { capsData } = chosen;
        if (!("flags" in capsData)) return;
        const given = capsSets.find((set) => numberOf(set) === numberOf(chosen))?.capsData as { flags: number };
        const { avcDisabled, avcThinClient, smallCache, avc420Enabled } = CapsFlags;
        const is10 = numberOf(chosen) >= CapsVersion.version10;
        // The flags of the client, but for those of H.264, or less.
        expect(capsData.flags & ~given.flags & ~avcDisabled).toBe(0);
        if (is10) expect((capsData.flags & avcDisabled) !== 0).toBe(!avc || (given.flags & avcDisabled) !== 0);
        else expect(capsData.flags & (avcDisabled | avcThinClient)).toBe(0);
        if (!avc) expect(capsData.flags & avc420Enabled).toBe(0);
        if (capsData.flags & avcDisabled) expect(capsData.flags & avcThinClient).toBe(0);
        if (given.flags & smallCache && capsData.type !== "version103") expect(capsData.flags & smallCache).toBe(2);
      }),
    );
  });

  test("versions that the application does not want are not chosen", () => {
    const { state } = serverAfter([opened, offer(caps("version107"), caps("version81"), caps("version8"))], {
      versions: [CapsVersion.version8, CapsVersion.version81],
    });
    expect(state.capability?.version).toBe(CapsVersion.version81);
  });

  test("what a set means", () => {
    const meaning = (set: CapsSet, avc = true) => serverAfter([opened, offer(set)], { avc }).state.capability;
    expect(meaning(caps("version8"))).toMatchObject({ cacheSlots: 25_600, cacheBytes: 100 * 2 ** 20, quality: false });
    expect(meaning(caps("version8", 1))).toMatchObject({ cacheSlots: 4096, progressive: false });
    expect(meaning(caps("version8", 2))).toMatchObject({ cacheBytes: 16 * 2 ** 20, progressive: true });
    expect(meaning(caps("version81", 0x10))).toMatchObject({ avc420: true, avc444: false, restart: false });
    expect(meaning(caps("version81"))).toMatchObject({ avc420: false });
    expect(meaning(caps("version10"))).toMatchObject({ avc420: true, avc444: true, quality: true, restart: false });
    expect(meaning(caps("version10", 0x20))).toMatchObject({ avc420: false, avc444: false });
    expect(meaning(caps("version10"), false)).toMatchObject({ avc420: false, avc444: false });
    expect(meaning({ capsData: { type: "version101" } })).toMatchObject({ avc444: true, quality: false });
    expect(meaning(caps("version103"))).toMatchObject({ cacheSlots: 4096, restart: true });
    expect(meaning(caps("version107"))).toMatchObject({ scaledMaps: true, cacheSlots: 25_600 });
    expect(meaning(caps("version107", 0x80))).toMatchObject({ scaledMaps: false });
  });

  test("from version 10.3 on a client may begin anew, and nothing is left but the ids", () => {
    const before = [create(), frame(0, draw("solidFill", fill(1, rect(0, 0, 1, 1))))];
    const { state, outputs } = serverAfter([...serverReady, ...before, offer(caps("version103"))]);
    expect(types(outputs)).toEqual(["send", "ready", "wake"]);
    expect(outputs[1]).toMatchObject({ type: "ready", restarted: true, capability: { version: 0x000a_0301 } });
    expect([state.graphics.surfaces.size, state.pacing.outstanding.length]).toEqual([0, 0]);
    expect([freeSurfaceId(state), state.nextFrameId]).toEqual([2, 2]);
  });
});

describe("a channel that does not come about", () => {
  test.each([
    ["refused", [{ type: "opening", now: 0 }], { type: "refused" }, "closed"],
    ["closed", [opened], { type: "closed" }, "closed"],
    ["closed", serverReady, { type: "closed" }, "closed"],
    ["silence", [{ type: "opening", now: 0 }], { type: "tick", now: 10_000 }, "unavailable"],
    ["silence", [opened], { type: "tick", now: 11_000 }, "unavailable"],
    ["version", [opened], offer(), "unavailable"],
  ] as const)("%s is said once", (reason, before, input, phase) => {
    const { state, outputs } = serverAfter([...before, input]);
    expect(outputs.filter(({ type }) => type === "unavailable")).toEqual([{ type: "unavailable", reason }]);
    expect(state.phase).toBe(phase);
    const again = stepEgfxServer(state, { type: "closed" });
    expect(again.outputs).toEqual([]);
    expect(stepEgfxServer(again.state, opened).state.phase).toBe("negotiating");
  });

  test("what a client sends after that is passed over", () => {
    const { outputs } = serverAfter([opened, offer(), ack(1)]);
    expect(outputs).toEqual([]);
  });
});

describe("surfaces", () => {
  test("an id that was freed comes last, also after the channel was closed", () => {
    const made: number[] = [];
    let { state } = serverAfter(serverReady, { maxSurfaces: 3 });
    const run = (input: EgfxServerInput): void => void (state = stepEgfxServer(state, input).state);
    for (let index = 0; index < 70_000; index++) {
      const surfaceId = freeSurfaceId(state) as number;
      if (index < 5 || index > 65_530) made.push(surfaceId);
      run(create(surfaceId, 1, 1));
      run({ type: "deleteSurface", surfaceId });
    }
    expect(made.slice(0, 10)).toEqual([1, 2, 3, 4, 5, 65_532, 65_533, 65_534, 1, 2]);
    const next = freeSurfaceId(state);
    run({ type: "closed" });
    for (const input of serverReady) run(input);
    expect(freeSurfaceId(state)).toBe(next);
    for (let index = 0; index < 3; index++) run(create(freeSurfaceId(state) ?? 0, 1, 1));
    expect(freeSurfaceId(state)).toBeUndefined();
  });

  test("a window is mapped by the plain form unless its size differs, and by the scaled one for WSLg's clients", () => {
    const map = { type: "mapToWindow", surfaceId: 1, windowId: 5n } as const;
    const form = (options: object, ...inputs: EgfxServerInput[]): unknown =>
      sent(serverAfter([...inputs, create(), map], options).outputs).map(({ message }) => message);
    expect(form({}, ...serverReady)).toEqual(["mapSurfaceToWindow"]);
    expect(form({ compat: "wslg" }, ...serverReady)).toEqual(["mapSurfaceToScaledWindow"]);
    expect(form({ compat: "wslg" }, ...serverReadyWith(caps("version8")))).toEqual(["mapSurfaceToScaledWindow"]);
    expect(form({ compat: "wslg" }, ...serverReadyWith(caps("version107", 0x80)))).toEqual(["mapSurfaceToWindow"]);
    const output = { type: "mapToOutput", surfaceId: 1, outputOriginX: 0, outputOriginY: 0 } as const;
    const { outputs } = serverAfter([...serverReady, create(), output], { compat: "wslg" });
    expect(sent(outputs).map(({ message }) => message)).toEqual(["mapSurfaceToOutput"]);
    const scaled = serverAfter([...serverReady, create(), { ...map, mappedWidth: 4, targetWidth: 8 }]).outputs;
    const value = { surfaceId: 1, windowId: 5n, mappedWidth: 4, mappedHeight: 6, targetWidth: 8, targetHeight: 6 };
    expect(sent(scaled)).toEqual([{ message: "mapSurfaceToScaledWindow", value }]);
  });

  test("scaled mappings are for clients that surely know them", () => {
    const scales = (set: CapsSet, options = {}): boolean => mayScale(serverAfter(serverReadyWith(set), options).state);
    expect(scales(caps("version104"))).toBe(false);
    expect(scales(caps("version105"))).toBe(true);
    expect(scales(caps("version8"), { scaledMapsFrom: CapsVersion.version8 })).toBe(true);
    expect(scales(caps("version107", 0x80), { compat: "wslg" })).toBe(false);
  });

  test("a reset of the output leaves surfaces and mappings", () => {
    const reset = { type: "resetGraphics", width: 20, height: 10, monitors: [] } as const;
    const before = serverAfter([...serverReady, create(), { type: "mapToWindow", surfaceId: 1, windowId: 5n }]).state;
    const { state, outputs } = stepEgfxServer(before, reset);
    expect(state).toBe(before);
    expect(sent(outputs)).toEqual([
      { message: "resetGraphics", value: { width: 20, height: 10, monitorDefArray: [] } },
    ]);
  });
});

describe("cached bitmaps of an earlier session", () => {
  const entries = [
    { cacheKey: 1n, bitmapLength: 16 },
    { cacheKey: 2n, bitmapLength: 5 },
  ];
  const offered = received("cacheImportOffer", { cacheEntries: entries });

  test("are declined at once unless the application wants to be asked", () => {
    expect(sent(serverAfter([...serverReady, offered]).outputs)).toEqual([
      { message: "cacheImportReply", value: { cacheSlots: [] } },
    ]);
  });

  test("can be shown once they have a slot", () => {
    const asked = serverAfter([...serverReady, offered], { cacheImport: "ask" });
    expect(asked.outputs).toEqual([{ type: "cacheOffered", entries }]);
    const replied = stepEgfxServer(asked.state, { type: "replyCacheImport", cacheSlots: [6, 9] });
    expect(sent(replied.outputs)).toEqual([{ message: "cacheImportReply", value: { cacheSlots: [6, 9] } }]);
    expect(replied.state.graphics.cache).toMatchObject({ count: 2, pixels: 6 });
    const shown = draw("cacheToSurface", { surfaceId: 1, cacheSlot: 9, destPts: [{ x: 0, y: 0 }] });
    const made = stepEgfxServer(replied.state, create()).state;
    expect(types(stepEgfxServer(made, frame(0, shown)).outputs)).toContain("send");
  });
});

test("measurements of frames are handed on", () => {
  const value = { frameId: 1, timestamp: 2, timeDiffSE: 3, timeDiffEDR: 4 };
  expect(serverAfter([...serverReady, received("qoeFrameAcknowledge", value)]).outputs).toEqual([
    { type: "quality", ...value },
  ]);
});
