import { applistChannel } from "@railvail/applist";
import { audioInputChannel, soundChannels } from "@railvail/audio";
import { displayChannel } from "@railvail/display";
import { egfxChannel, EndFrame } from "@railvail/egfx";
import { gfxredirChannel } from "@railvail/gfxredir";
import { Handshake } from "@railvail/rail";
import { Data } from "@railvail/transport";
import { sourceOf } from "@railvail/wire";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fixtureNames, recordedSession } from "../testing/recorded-session.js";
import { bytesOf, channelMessage, concat, dynamicMessage, segmented, sendData } from "../testing/session-bytes.js";
import { lineOf, Watched } from "../testing/watch.js";
import { guessIoChannel, guessStaticChannel } from "./channel-guess.js";
import { Dissector } from "./dissector.js";
import { guessDynamicChannel } from "./dynamic-guess.js";
import type { Direction, Record as DissectedRecord } from "./record.js";

const guessStatic = (direction: Direction, bytes: Uint8Array): string | undefined =>
  guessStaticChannel(direction, sourceOf(bytes), 0, bytes.length);
const guessDynamic = (direction: Direction, bytes: Uint8Array): string | undefined =>
  guessDynamicChannel(direction, sourceOf(bytes), 0, bytes.length);

const pathOf: Readonly<Record<string, string>> = {
  [egfxChannel]: "mcs/drdynvc/egfx",
  [gfxredirChannel]: "mcs/drdynvc/gfxredir",
  [applistChannel]: "mcs/drdynvc/rdpapplist",
  [displayChannel]: "mcs/drdynvc/disp",
  [soundChannels.dynamic]: "mcs/drdynvc/rdpsnd-dvc",
  [audioInputChannel]: "mcs/drdynvc/audin",
  rail: "mcs/rail",
  cliprdr: "mcs/cliprdr",
  rdpsnd: "mcs/rdpsnd",
  rdpdr: "mcs/rdpdr",
  drdynvc: "mcs/drdynvc",
};

/** The channels whose messages the bytes of a path are; sound has one form on both of its channels. */
function channelsOf(path: string): readonly string[] {
  // What the server sends on the graphics channel is segments; what stands in them is not.
  if (path === "mcs/drdynvc/segments") return ["mcs/drdynvc/egfx"];
  return path === "mcs/rdpsnd" ? [path, "mcs/drdynvc/rdpsnd-dvc"] : [path];
}

describe("a guess is never wrong on recorded messages", () => {
  test.each(fixtureNames)("%s", (name) => {
    let right = 0;
    const wrong: string[] = [];
    const sink = (record: DissectedRecord): void => {
      if (record.type === "gap" || !record.path.startsWith("mcs/") || record.path === "mcs/chunk") return;
      const { path, direction, bytes } = lineOf(record);
      if (path === "mcs/drdynvc/egfx" && direction === "s2c") return;
      const found = path.startsWith("mcs/drdynvc/") ? guessDynamic(direction, bytes) : guessStatic(direction, bytes);
      if (found === undefined) return;
      if (channelsOf(path).includes(pathOf[found] ?? "")) right++;
      else wrong.push(`${path} ${record.name} as ${found}`);
    };
    const dissector = new Dissector({ connection: 0, sink });
    for (const segment of recordedSession(name)) dissector.data(segment.direction, segment.bytes, segment);
    expect(wrong).toEqual([]);
    expect(right).toBeGreaterThan(20);
  });
});

describe("strictness", () => {
  const handshake = Handshake.encode({ buildNumber: 1 });
  test("numbers, senders, lengths and left over bytes must be right", () => {
    expect(guessStatic("s2c", concat(handshake, handshake))).toBe("rail");
    expect(guessStatic("s2c", concat(handshake, [0]))).toBeUndefined();
    expect(guessStatic("c2s", bytesOf("8000 1000 0000 0000 00000000 0000 0000"))).toBeUndefined();
    expect(guessStatic("s2c", bytesOf("9900 0400"))).toBeUndefined();
    expect(guessStatic("s2c", new Uint8Array(0))).toBeUndefined();
    expect(guessDynamic("s2c", new Uint8Array(0))).toBeUndefined();
  });

  test("drdynvc data must be of a channel that is known", () => {
    const data = (inner: Uint8Array): Uint8Array => Data.encode({ sp: 0, channelId: 3, data: inner });
    expect(guessStatic("s2c", data(segmented(EndFrame.encode({ frameId: 1 }))))).toBe("drdynvc");
    expect(guessStatic("s2c", data(bytesOf("01020304")))).toBeUndefined();
    // The header of a device redirection message would pass for compressed data.
    expect(guessStatic("s2c", bytesOf("7244 4943 0100"))).toBeUndefined();
    expect(guessStatic("s2c", bytesOf("7244 4c55"))).toBe("rdpdr");
    expect(guessStatic("c2s", bytesOf("7244 4c55"))).toBeUndefined();
  });

  test("no bytes make a guess throw, and random ones hardly ever give a name", () => {
    let named = 0;
    fc.assert(
      fc.property(fc.constantFrom("c2s", "s2c"), fc.uint8Array({ minLength: 2, maxLength: 60 }), (direction, bytes) => {
        if (guessStatic(direction, bytes) !== undefined) named++;
        if (guessDynamic(direction, bytes) !== undefined) named++;
        guessIoChannel(direction, sourceOf(bytes), 0, bytes.length);
      }),
      { numRuns: 3000 },
    );
    expect(named).toBeLessThan(30);
  });
});

describe("a connection whose beginning is missing", () => {
  const frames = (count: number): Uint8Array =>
    segmented(concat(...Array.from({ length: count }, (_, frameId) => EndFrame.encode({ frameId }))));

  test("binds names by the first message that tells, and keeps them", () => {
    const watched = new Watched(true).send("s2c", ...channelMessage("s2c", 1044, bytesOf("9900 0400")));
    expect(watched.taken()).toEqual(["mcs/static-1044 unknown!"]);
    watched.send("s2c", ...channelMessage("s2c", 1044, Handshake.encode({ buildNumber: 1 })));
    watched.send("c2s", ...channelMessage("c2s", 1044, bytesOf("9900 0400")));
    expect(watched.taken()).toEqual([`mcs/rail ${Handshake.name}`, "mcs/rail unknown!"]);
  });

  test("dynamic channels, with messages that take several packets", () => {
    const parts = dynamicMessage("s2c", 9, frames(300), 200);
    const watched = new Watched(true).send("s2c", ...parts);
    expect(watched.lines.filter(({ path }) => path === "mcs/drdynvc/egfx")).toHaveLength(300);
    // The tail of a message whose beginning is missing.
    const late = new Watched(true).send("s2c", ...parts.slice(4), ...parts);
    expect(late.lines.filter(({ path }) => path === "mcs/drdynvc/egfx")).toHaveLength(300);
  });

  test("an I/O channel of another number is found", () => {
    const deactivate = bytesOf("0600 1600 ea03");
    expect(new Watched(true).send("s2c", sendData("s2c", 1234, deactivate)).taken()).toEqual([
      "mcs/io TS_DEACTIVATE_ALL_PDU",
    ]);
  });

  test("looking for a name ends after many messages without one", () => {
    const rubbish = channelMessage("s2c", 1044, bytesOf("9900 0400"));
    const watched = new Watched(true).send("s2c", ...Array.from({ length: 300 }, () => rubbish).flat());
    watched.lines.length = 0;
    expect(watched.send("s2c", ...channelMessage("s2c", 1044, Handshake.encode({ buildNumber: 1 }))).taken()).toEqual([
      "mcs/static-1044 unknown!",
    ]);
  });
});
