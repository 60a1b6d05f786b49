import { FastPathInput, fastPathEvents, fastPathInput, Input } from "@railvail/transport";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  evdevOfScancode,
  InputReader,
  keyOfEvdev,
  keyOfScancode,
  scancodeOfEvdev,
  wheelSteps,
  noWheelRests,
  type InputEvent,
} from "../index.js";
import { fromSlowPath, toSlowPath, type WireInput } from "./wire-input.js";
import { wireInput } from "./write-input.js";

const place = fc.nat(0xffff);
const small = fc.integer({ min: -0x8000, max: 0x7fff });
const axes = fc.constantFrom("vertical" as const, "horizontal" as const);
const keys = fc
  .record({ scancode: fc.nat(0x7f), extended: fc.boolean(), down: fc.boolean() })
  .map(({ scancode, extended, down }) => keyOfScancode(scancode, down, { extended }));
const pauses = fc.boolean().map((down) => keyOfScancode(0x45, down, { extended1: true }));
/** Characters, and no halves of some. */
const characters = fc.oneof(fc.nat(0xd7ff), fc.integer({ min: 0xe000, max: 0x10_ffff }));
const wheels = fc.record({
  type: fc.constant("wheel" as const),
  axis: axes,
  rotation: fc.integer({ min: -256, max: 255 }).filter((rotation) => rotation !== 0),
});

/** Anything that a client can say. */
const events: fc.Arbitrary<InputEvent> = fc.oneof(
  keys,
  pauses,
  wheels,
  fc.record({ type: fc.constant("unicode" as const), unit: characters, down: fc.boolean() }),
  fc.record({ type: fc.constant("pointerMoved" as const), x: place, y: place }),
  fc.record({
    type: fc.constant("button" as const),
    button: fc.constantFrom("left", "right", "middle", "x1", "x2"),
    down: fc.boolean(),
    x: place,
    y: place,
  }),
  fc.record({ type: fc.constant("relativePointer" as const), dx: small, dy: small }),
  fc.record({
    type: fc.constant("sync" as const),
    scrollLock: fc.boolean(),
    numLock: fc.boolean(),
    capsLock: fc.boolean(),
    kanaLock: fc.boolean(),
  }),
);

/** Over the fast path, in packets of at most `most` events. */
function overFastPath(wire: readonly WireInput[], most: number): WireInput[][] {
  const packets: WireInput[][] = [];
  for (let at = 0; at < wire.length; at += most) {
    const bytes = FastPathInput.encode(fastPathInput(wire.slice(at, at + most)));
    packets.push([...fastPathEvents(FastPathInput.decode(bytes))]);
  }
  return packets;
}

const header = {
  pduSource: 1008,
  shareId: 1,
  streamId: 1,
  uncompressedLength: 0,
  compressedType: 0,
  compressedLength: 0,
};

/** Over the slow path, as one message. */
function overSlowPath(wire: readonly WireInput[]): WireInput[] {
  const slowPathInputEvents = wire.map(toSlowPath).filter((event) => event !== undefined);
  const { slowPathInputEvents: got } = Input.decode(Input.encode({ ...header, slowPathInputEvents }));
  return got.map(fromSlowPath).filter((event) => event !== undefined);
}

const readAll = (packets: readonly WireInput[][], reader = new InputReader()): InputEvent[] =>
  packets.flatMap((packet) => reader.read(packet).events);

describe("what a client sends", () => {
  test("comes out as the same events over the fast path, in packets of any size", () => {
    fc.assert(
      fc.property(fc.array(events, { maxLength: 40 }), fc.integer({ min: 1, max: 255 }), (sent, most) => {
        expect(readAll(overFastPath(sent.flatMap(wireInput), most))).toEqual(sent);
      }),
    );
  });

  test("comes out as the same events over the slow path", () => {
    fc.assert(
      fc.property(fc.array(events, { maxLength: 40 }), (sent) => {
        expect(readAll([overSlowPath(sent.flatMap(wireInput))])).toEqual(sent);
      }),
    );
  });

  test("keeps all of a wheel that turned far, in parts of the same sign", () => {
    fc.assert(
      fc.property(axes, fc.integer({ min: -5000, max: 5000 }), (axis, rotation) => {
        const got = readAll([wireInput({ type: "wheel", axis, rotation })]);
        const parts = got.map((event) => (event.type === "wheel" && event.axis === axis ? event.rotation : Number.NaN));
        expect(parts.reduce((sum, part) => sum + part, 0)).toBe(rotation);
        expect(parts.every((part) => part * rotation > 0)).toBe(true);
      }),
    );
    expect(wireInput({ type: "wheel", axis: "vertical", rotation: Number.NaN })).toEqual([]);
    expect(wireInput({ type: "wheel", axis: "vertical", rotation: Infinity }).length).toBeLessThan(200);
  });
});

test("any events of the wire are read without an error, and nothing is held for ever", () => {
  const wire: fc.Arbitrary<WireInput> = fc.record({
    eventFlags: fc.nat(31),
    event: fc.oneof(
      fc.record({ type: fc.constant("scancode" as const), keyCode: fc.constantFrom(0x1d, 0x45, 0x71, 0x36) }),
      fc.record({ type: fc.constant("unicode" as const), unicodeCode: fc.integer({ min: 0xd7fe, max: 0xe001 }) }),
      fc.record({ type: fc.constant("mouse" as const), pointerFlags: place, xPos: place, yPos: place }),
      fc.record({ type: fc.constant("mouseRelative" as const), pointerFlags: place, xDelta: small, yDelta: small }),
      fc.record({ type: fc.constant("unknown" as const), tag: fc.constant(7), data: fc.uint8Array() }),
    ),
  });
  fc.assert(
    fc.property(fc.array(wire), (sent) => {
      const reader = new InputReader();
      const halves = sent.filter(({ event }) => event.type === "unicode" || event.type === "scancode").length;
      const read = reader.read(sent);
      const rest = reader.read([{ eventFlags: 0, event: { type: "sync" } }]);
      const got = [...read.events, ...rest.events].filter(({ type }) => type === "unicode" || type === "key");
      // Two halves make one event, nothing makes more than there was.
      expect(got.length).toBeGreaterThanOrEqual(Math.ceil(halves / 2));
      expect(got.length).toBeLessThanOrEqual(halves);
      expect(rest.events.length).toBeLessThanOrEqual(4);
      expect(read.unknown.length).toBe(sent.filter(({ event }) => event.type === "unknown").length);
    }),
  );
});

const unicode = (unicodeCode: number, down = true): WireInput => ({
  eventFlags: down ? 0 : 1,
  event: { type: "unicode", unicodeCode },
});
const scan = (keyCode: number, eventFlags = 0): WireInput => ({ eventFlags, event: { type: "scancode", keyCode } });
const units = (sent: readonly WireInput[]) =>
  readAll([[...sent, { eventFlags: 0, event: { type: "sync" } }]]).flatMap((event) =>
    event.type === "unicode" ? [`${event.down ? "+" : "-"}${event.unit.toString(16)}`] : [],
  );
const codes = (sent: readonly WireInput[], reader = new InputReader()) =>
  readAll([[...sent]], reader).flatMap((event) =>
    event.type === "key" ? [`${event.down ? "+" : "-"}${event.evdevCode}`] : [],
  );

describe("characters beyond 16 bits", () => {
  const [high, low] = [0xd83d, 0xde00];

  test.each([
    ["pressed as halves, released as halves", [unicode(high), unicode(low), unicode(high, false), unicode(low, false)]],
    ["each half pressed and released", [unicode(high), unicode(high, false), unicode(low), unicode(low, false)]],
  ])("are put together: %s", (_name, sent) => {
    expect(units(sent)).toEqual(["+1f600", "-1f600"]);
  });

  test.each([
    ["a half alone", [unicode(high)], ["+d83d"]],
    ["the second half first", [unicode(low), unicode(high)], ["+de00", "+d83d"]],
    ["a character between", [unicode(high), unicode(0x41), unicode(low)], ["+d83d", "+41", "+de00"]],
    ["a release of another half", [unicode(high), unicode(high + 1, false), unicode(low, false)], ["+d83d", "-1fa00"]],
    ["another press", [unicode(high), unicode(low, false)], ["+d83d", "-de00"]],
  ])("stay halves where they do not fit: %s", (_name, sent, wanted) => {
    expect(units(sent)).toEqual(wanted);
  });
});

describe("keys", () => {
  const [released, extended, extended1] = [1, 2, 4];

  test("Pause is one key", () => {
    const sent = [scan(0x1d, extended1), scan(0x45), scan(0x1d, extended1 | released), scan(0x45, released)];
    expect(codes(sent)).toEqual(["+119", "-119"]);
  });

  test("Ctrl and Num Lock are themselves", () => {
    expect(codes([scan(0x1d), scan(0x45), scan(0x45, released), scan(0x1d, released)])).toEqual([
      "+29",
      "+69",
      "-69",
      "-29",
    ]);
    expect(codes([scan(0x1d, extended1), scan(0x1e), scan(0x45)])).toEqual(["+undefined", "+30", "+69"]);
    expect(codes([scan(0x1d, extended1), scan(0x45, released)])).toEqual(["+undefined", "-69"]);
  });

  test("Print Screen's simulated Shift is no key, right Shift is one with any prefix", () => {
    expect(codes([scan(0x2a, extended), scan(0x37, extended), scan(0x36, extended), scan(0x36)])).toEqual([
      "+undefined",
      "+99",
      "+54",
      "+54",
    ]);
  });

  test("a Korean keyboard's Hangul and Hanja are released at once", () => {
    const sent = [scan(0x72), scan(0x71), scan(0x71, released)];
    expect(codes(sent, new InputReader({ korean: true }))).toEqual(["+122", "-122", "+123", "-123"]);
    expect(codes(sent)).toEqual(["+122", "+123", "-123"]);
  });

  test("each key of Linux that has a scancode comes back from it", () => {
    const known = Array.from({ length: 256 }, (_, code) => code).filter((code) => scancodeOfEvdev(code) !== undefined);
    expect(known.length).toBeGreaterThan(130);
    for (const code of known) expect(evdevOfScancode(scancodeOfEvdev(code) as never)).toBe(code);
    expect(keyOfEvdev(105, true)).toEqual(keyOfScancode(0x4b, true, { extended: true }));
    expect(keyOfEvdev(0, true)).toBeUndefined();
    expect(scancodeOfEvdev(99)).toEqual({ scancode: 0x37, extended: true, extended1: false });
  });
});

describe("the pointer", () => {
  const mouse = (pointerFlags: number): WireInput => ({
    eventFlags: 0,
    event: { type: "mouse", pointerFlags, xPos: 7, yPos: 8 },
  });

  test.each([
    [0x0278, "vertical", 120],
    [0x0388, "vertical", -120],
    [0x0300, "vertical", -256],
    [0x0201, "vertical", 1],
    [0x03ff, "vertical", -1],
    [0x0478, "horizontal", 120],
    [0x0588, "horizontal", -120],
  ] as const)("wheel flags %i are %s %i", (flags, axis, rotation) => {
    expect(readAll([[mouse(flags)]])).toEqual([{ type: "wheel", axis, rotation }]);
  });

  test("a press while moving is both", () => {
    expect(readAll([[mouse(0x9800)]])).toEqual([
      { type: "pointerMoved", x: 7, y: 8 },
      { type: "button", button: "left", down: true, x: 7, y: 8 },
    ]);
  });

  test("a button of a relative event is where the pointer was moved to, and inside the desktop", () => {
    const moved: WireInput = {
      eventFlags: 0,
      event: { type: "mouseRelative", pointerFlags: 0x8802, xDelta: -9, yDelta: 2 },
    };
    expect(readAll([[mouse(0x0800), moved]]).slice(1)).toEqual([
      { type: "relativePointer", dx: -9, dy: 2 },
      { type: "button", button: "x2", down: true, x: 0, y: 10 },
    ]);
  });

  test("time stamps are no events", () => {
    expect(readAll([[{ eventFlags: 0, event: { type: "qoeTimestamp", timestamp: 5 } }]])).toEqual([]);
  });
});

test("whole steps and what is left of them make up all that was turned", () => {
  const turns = fc.array(wheels, { maxLength: 50 });
  fc.assert(
    fc.property(turns, fc.integer({ min: 1, max: 200 }), (sent, unit) => {
      let rests = noWheelRests;
      const total = { vertical: 0, horizontal: 0 };
      const turned = { vertical: 0, horizontal: 0 };
      for (const turn of sent) {
        const step = wheelSteps(rests, turn, unit);
        rests = step.rests;
        total[turn.axis] += step.steps * unit;
        turned[turn.axis] += turn.rotation;
        expect(Math.abs(rests[turn.axis])).toBeLessThan(unit);
      }
      expect(total.vertical + rests.vertical).toBe(turned.vertical);
      expect(total.horizontal + rests.horizontal).toBe(turned.horizontal);
    }),
  );
});
