import {
  AudioInputData,
  AudioInputOpenReply,
  SoundClose,
  splitWave,
  WaveConfirm,
  WaveData,
  WaveInfo,
} from "@railvail/audio";
import { FormatListLong, FormatListShort, MonitorReady } from "@railvail/cliprdr";
import { CreateSurface, EndFrame } from "@railvail/egfx";
import { describe, expect, test } from "vitest";
import { graphicsSession, openedSession } from "../testing/opened.js";
import {
  bytesOf,
  channelMessage,
  concat,
  createRequest,
  dynamicData,
  dynamicMessage,
  ids,
  segmented,
} from "../testing/session-bytes.js";
import type { Watched } from "../testing/watch.js";

describe("audio output", () => {
  const wave = { wTimeStamp: 1, wFormatNo: 0, cBlockNo: 7, data: new Uint8Array(5000).fill(2) };
  const [info, data] = splitWave(wave);
  const halves = [WaveInfo.encode(info), WaveData.encode(data)] as const;
  const send = (watched: Watched, ...messages: Uint8Array[]): Watched =>
    watched.send("s2c", ...messages.flatMap((message) => channelMessage("s2c", ids.rdpsnd, message)));

  test("the two halves of a block, in two messages or in one", () => {
    const lines = [`mcs/rdpsnd ${WaveInfo.name}`, `mcs/rdpsnd ${WaveData.name}`, `mcs/rdpsnd ${SoundClose.name}`];
    expect(send(openedSession(), ...halves, bytesOf("01000000")).taken()).toEqual(lines);
    expect(send(openedSession(), concat(...halves, bytesOf("01000000"))).taken()).toEqual(lines);
  });

  test("the client speaks in between", () => {
    const watched = send(openedSession(), halves[0]);
    watched.send("c2s", ...channelMessage("c2s", ids.rdpsnd, bytesOf("0500 0400 0100 07 00")));
    expect(send(watched, halves[1]).taken()).toEqual([
      `mcs/rdpsnd ${WaveInfo.name}`,
      `mcs/rdpsnd ${WaveConfirm.name}`,
      `mcs/rdpsnd ${WaveData.name}`,
    ]);
  });

  test("the second half is not looked for after a loss", () => {
    expect(send(send(openedSession(), halves[0]).gap("s2c"), bytesOf("01000000")).taken().at(-1)).toBe(
      `mcs/rdpsnd ${SoundClose.name}`,
    );
  });

  test("impossible sizes", () => {
    const nonsense = halves[0].slice();
    nonsense.set([0, 0], 2);
    expect(send(openedSession(), nonsense, bytesOf("000000000102")).taken()).toEqual([
      `mcs/rdpsnd ${WaveInfo.name}`,
      `mcs/rdpsnd ${WaveData.name}`,
      "mcs/rdpsnd unknown!",
    ]);
    expect(send(openedSession(), bytesOf("0100ffff")).taken()).toEqual(["mcs/rdpsnd unknown!"]);
  });
});

describe("clipboard", () => {
  const send = (message: Uint8Array): string[] =>
    openedSession()
      .send("s2c", ...channelMessage("s2c", ids.cliprdr, message))
      .taken();
  const ready = MonitorReady.encode({ msgFlags: 0 });

  test("padding, rubbish, unknown and shortened messages", () => {
    expect(send(ready)).toEqual([`mcs/cliprdr ${MonitorReady.name}`]);
    expect(send(concat(ready, [0, 0, 0, 0]))).toEqual([
      `mcs/cliprdr ${MonitorReady.name}`,
      "mcs/cliprdr/padding CLIPRDR_PADDING",
    ]);
    expect(send(concat(ready, [0, 0, 1]))).toEqual([
      `mcs/cliprdr ${MonitorReady.name}`,
      "mcs/cliprdr/padding unknown!",
    ]);
    expect(send(bytesOf("7777 0000 00000000"))).toEqual(["mcs/cliprdr unknown!"]);
    expect(send(bytesOf("0100 0000 ffffffff"))).toEqual(["mcs/cliprdr incomplete!"]);
    expect(send(bytesOf("01"))).toEqual(["mcs/cliprdr incomplete!"]);
  });

  test("the form of format lists is that of both capabilities", () => {
    const caps = (flags: number): Uint8Array =>
      bytesOf(`0700 0000 10000000 0100 0000 0100 0c00 02000000 ${Buffer.from([flags]).toString("hex")}000000`);
    const formats = concat(bytesOf("0200 0000 24000000 0d000000"), new Uint8Array(32));
    const form = (server: number, client: number): unknown => {
      const watched = openedSession().send("s2c", ...channelMessage("s2c", ids.cliprdr, caps(server)));
      watched.send(
        "c2s",
        ...channelMessage("c2s", ids.cliprdr, caps(client)),
        ...channelMessage("c2s", ids.cliprdr, formats),
      );
      return watched.lines.at(-1)?.pdu;
    };
    expect(form(2, 2)).toBe(FormatListLong);
    expect(form(2, 0)).toBe(FormatListShort);
    expect(form(0, 2)).toBe(FormatListShort);
  });
});

describe("graphics", () => {
  const surface = CreateSurface.encode({ surfaceId: 1, width: 2, height: 3, pixelFormat: 0x20 });
  const send = (message: Uint8Array): string[] =>
    graphicsSession()
      .send("s2c", ...dynamicMessage("s2c", 3, message))
      .taken();

  test("commands in one and in several segments", () => {
    expect(send(segmented(concat(surface, surface)))).toEqual(
      Array(2).fill("mcs/drdynvc/egfx RDPGFX_CREATE_SURFACE_PDU"),
    );
    const many = concat(...Array.from({ length: 9000 }, (_, frameId) => EndFrame.encode({ frameId })));
    expect(send(segmented(many))).toEqual(Array(9000).fill("mcs/drdynvc/egfx RDPGFX_END_FRAME_PDU"));
  });

  test("what the client sends is not wrapped", () => {
    const ack = bytesOf("0d00 0000 14000000 00000000 01000000 01000000");
    expect(
      graphicsSession()
        .send("c2s", dynamicData("c2s", 3, ack))
        .taken(),
    ).toEqual(["mcs/drdynvc/egfx RDPGFX_FRAME_ACKNOWLEDGE_PDU"]);
  });

  test("what cannot be unwrapped", () => {
    expect(send(bytesOf("e0 24 0102"))).toEqual(["mcs/drdynvc/segments compressed!"]);
    expect(send(bytesOf("e1 ffff ffffffff 00"))).toEqual(["mcs/drdynvc/segments unknown!"]);
    expect(send(bytesOf("77 04 0102"))).toEqual(["mcs/drdynvc/segments unknown!"]);
  });

  test("lengths that lie, unknown commands and trailing bytes", () => {
    expect(send(segmented(concat(surface, bytesOf("0100 0000 ffffffff"))))).toEqual([
      "mcs/drdynvc/egfx RDPGFX_CREATE_SURFACE_PDU",
      "mcs/drdynvc/egfx unknown!",
    ]);
    expect(send(segmented(concat(bytesOf("9900 0000 09000000 01"), surface, [5])))).toEqual([
      "mcs/drdynvc/egfx unknown!",
      "mcs/drdynvc/egfx RDPGFX_CREATE_SURFACE_PDU",
      "mcs/drdynvc/egfx unknown!",
    ]);
  });
});

test("audio input: each message is whole", () => {
  const watched = openedSession().send("s2c", createRequest(4, "AUDIO_INPUT"));
  watched.send("c2s", dynamicData("c2s", 4, AudioInputOpenReply.encode({ result: 0 })));
  watched.send("c2s", dynamicData("c2s", 4, AudioInputData.encode({ data: new Uint8Array(9) })));
  watched.send("c2s", dynamicData("c2s", 4, Uint8Array.of(0x66)));
  expect(watched.taken().slice(1)).toEqual([
    "mcs/drdynvc/audin MSG_SNDIN_OPEN_REPLY",
    "mcs/drdynvc/audin MSG_SNDIN_DATA",
    "mcs/drdynvc/audin unknown!",
  ]);
});

test("compressed dynamic data, and commands that drdynvc does not have", () => {
  const watched = openedSession().send(
    "s2c",
    ...["7003e02401", "f003", ""].flatMap((hex) => channelMessage("s2c", ids.drdynvc, bytesOf(hex))),
  );
  expect(watched.taken()).toEqual(["mcs/drdynvc compressed!", "mcs/drdynvc unknown!"]);
});

describe("device redirection", () => {
  const send = (direction: "c2s" | "s2c", hex: string): string[] =>
    openedSession()
      .send(direction, ...channelMessage(direction, ids.rdpdr, bytesOf(hex)))
      .taken();

  test("one number means one thing from the client and another from the server", () => {
    expect(send("c2s", "7244 4343 0100 0c00 02000000")).toEqual(["mcs/rdpdr DR_CORE_CLIENT_ANNOUNCE_RSP"]);
    expect(send("s2c", "7244 4343 0100 0c00 02000000")).toEqual(["mcs/rdpdr DR_CORE_SERVER_CLIENTID_CONFIRM"]);
  });

  test("a message of an unknown number or component, and one cut short", () => {
    expect(send("s2c", "7244 4943 0100")).toEqual(["mcs/rdpdr unknown!"]);
    expect(send("s2c", "5858 4c55")).toEqual(["mcs/rdpdr unknown!"]);
    expect(send("s2c", "7244 6e49 0100 0c00")).toEqual(["mcs/rdpdr undecodable!"]);
  });
});
