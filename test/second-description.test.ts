import { ClientCaps } from "@railvail/applist";
import { AudioInputOpenReply, SetVolume, WaveConfirm } from "@railvail/audio";
import { LockClipData } from "@railvail/cliprdr";
import { DisplayCaps, MonitorLayout } from "@railvail/display";
import * as egfx from "@railvail/egfx";
import { CreateBuffer, PresentBuffer, PresentBufferAck } from "@railvail/gfxredir";
import { HandshakeEx, LocalMoveSize, MinMaxInfo, WindowMove } from "@railvail/rail";
import * as transport from "@railvail/transport";
import fc from "fast-check";
import { describe, test } from "vitest";
import {
  big,
  clipboard,
  described,
  display,
  dynamic,
  fields,
  graphics,
  headless,
  little,
  mcs,
  rail,
  shareData,
  sound,
  soundInput,
  wslg,
  type Described,
  type Fields,
} from "./second-description.js";

const present = "uint64 timestamp presentId windowId bufferId; uint32 orientation targetWidth targetHeight";
const rectangle32 = little("uint32 left top width height");
const noRectangle = { left: 0, top: 0, width: 0, height: 0 };
const atLeastOne = ({ numOpaqueRects = 0 }: Fields): number => Math.max(numOpaqueRects, 1);
/** [MS-RDPEGFX] 2.2.2.11: 10, 6, 6 and 10 bits from the lowest on. */
const timeOfDay = (packed: number): object => ({
  milliseconds: packed % 1024,
  seconds: Math.floor(packed / 2 ** 10) % 64,
  minutes: Math.floor(packed / 2 ** 16) % 64,
  hours: Math.floor(packed / 2 ** 22),
});
const untilNul = (bytes: Uint8Array): string => Buffer.from(bytes).toString("latin1").replace(/\0.*$/s, "");

/** PER: a length below 128 takes one byte, a larger one 15 bits of two. */
const perLength = (length: number): object =>
  length < 128 ? { long: 0, high: length } : { long: 1, high: length >> 8, low: length & 0xff };
const userDataLength = ({ long, high = 0, low = 0 }: Fields): number => (long === 0 ? high : high * 256 + low);

const messages: readonly Described[] = [
  described(
    MinMaxInfo,
    rail,
    0x0a,
    "uint32 windowId; int16 maxWidth maxHeight maxPosX maxPosY " +
      "minTrackWidth minTrackHeight maxTrackWidth maxTrackHeight",
  ),
  described(LocalMoveSize, rail, 0x09, "uint32 windowId; uint16 isMoveSizeStart moveSizeType; int16 posX posY"),
  described(WindowMove, rail, 0x08, "uint32 windowId; int16 left top right bottom"),
  described(HandshakeEx, rail, 0x13, "uint32 buildNumber railHandshakeFlags"),

  described(CreateBuffer, wslg, 0x0c, "uint64 poolId bufferId offset; uint32 stride width height format"),
  described(
    PresentBuffer,
    wslg,
    0x0e,
    (head) =>
      fields(head, present)
        .nest("dirtyRect", { type: rectangle32 })
        .uint32("numOpaqueRects")
        .array("opaqueRects", { type: rectangle32, length: atLeastOne }),
    {
      hidden: ({ opaqueRects: all }) => ({
        numOpaqueRects: all.length,
        opaqueRects: all.length === 0 ? [noRectangle] : all,
      }),
    },
  ),
  described(PresentBufferAck, wslg, 0x0f, "uint64 windowId presentId"),
  described(ClientCaps, wslg, 1, (head) =>
    head.uint16("version").buffer("clientLanguageId", { length: 32, formatter: untilNul }),
  ),

  described(egfx.CreateSurface, graphics, 0x09, "uint16 surfaceId width height; uint8 pixelFormat"),
  described(egfx.StartFrame, graphics, 0x0b, (head) =>
    head.uint32("timestamp", { formatter: timeOfDay }).uint32("frameId"),
  ),
  described(egfx.EndFrame, graphics, 0x0c, "uint32 frameId"),
  described(egfx.FrameAcknowledge, graphics, 0x0d, "uint32 queueDepth frameId totalFramesDecoded"),
  described(egfx.QoeFrameAcknowledge, graphics, 0x16, "uint32 frameId timestamp; uint16 timeDiffSE timeDiffEDR"),
  described(
    egfx.MapSurfaceToScaledWindow,
    graphics,
    0x18,
    "uint16 surfaceId; uint64 windowId; uint32 mappedWidth mappedHeight targetWidth targetHeight",
  ),

  described(DisplayCaps, display, 5, "uint32 maxNumMonitors maxMonitorAreaFactorA maxMonitorAreaFactorB"),
  described(
    MonitorLayout,
    display,
    2,
    (head) =>
      fields(head, "uint32 monitorLayoutSize numMonitors").array("monitors", {
        type: little(
          "uint32 flags; int32 left top; uint32 width height physicalWidth physicalHeight " +
            "orientation desktopScaleFactor deviceScaleFactor",
        ),
        length: "numMonitors",
      }),
    { hidden: ({ monitors }) => ({ monitorLayoutSize: 40, numMonitors: monitors.length }) },
  ),

  described(SetVolume, sound, 3, "uint16 volumeLeft volumeRight"),
  described(WaveConfirm, sound, 5, "uint16 wTimeStamp; uint8 cConfirmedBlockNo bPad2", {
    hidden: () => ({ bPad2: 0 }),
  }),
  described(AudioInputOpenReply, soundInput, 4, "uint32 result"),
  described(LockClipData, clipboard, 0x0a, "uint32 clipDataId"),

  described(transport.Synchronize, shareData, 31, "uint16 messageType targetUser", {
    hidden: () => ({ messageType: 1 }),
  }),
  described(transport.Control, shareData, 20, "uint16 action grantId; uint32 controlId"),
  described(transport.FontList, shareData, 39, "uint16 numberFonts totalNumFonts listFlags entrySize"),
  described(
    transport.MonitorLayout,
    shareData,
    55,
    (head) =>
      head.uint32("monitorCount").array("monitorDefArray", {
        type: little("int32 left top right bottom; uint32 flags"),
        length: "monitorCount",
      }),
    { hidden: ({ monitorDefArray }) => ({ monitorCount: monitorDefArray.length }) },
  ),
  described(transport.ChannelPdu, headless, 0, (head) =>
    fields(head, "uint32 length flags").buffer("data", { readUntil: "eof" }),
  ),
  described(transport.ChannelJoinRequest, mcs, 14, (head) => head),
  described(
    transport.SendDataRequest,
    mcs,
    25,
    (head) =>
      fields(head, "bit2 dataPriority segmentation; bit4 padding; bit1 long; bit7 high")
        .choice({ tag: "long", choices: { 0: big(), 1: big("uint8 low") } })
        .buffer("userData", { length: userDataLength }),
    {
      hidden: ({ userData }) => ({ padding: 0, ...perLength(userData.length) }),
      vary: (value, draw) => ({
        ...value,
        userData: draw(fc.uint8Array, { maxLength: 200, size: "max" }),
      }),
    },
  ),
  described(transport.CapabilitiesResponse, dynamic, 5, "uint16 version"),
];

describe("messages, against a description with binary-parser", () => {
  test.each(messages)("$name", ({ agrees }) => {
    fc.assert(fc.property(fc.gen(), agrees));
  });
});
