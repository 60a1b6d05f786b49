import { block, byteLength, pdu, tag, u16, union, type Infer, type Shape } from "@railvail/wire";
import {
  bitmapCacheCapability,
  bitmapCacheHostSupportCapability,
  bitmapCacheRev2Capability,
  bitmapCapability,
  offscreenCapability,
} from "./capability-bitmap.js";
import { clientBitmapCodecsCapability, serverBitmapCodecsCapability } from "./capability-codecs.js";
import {
  brushCapability,
  colorCacheCapability,
  drawGdiPlusCapability,
  drawNineGridCapability,
  glyphCacheCapability,
  orderCapability,
} from "./capability-drawing.js";
import {
  controlCapability,
  fontCapability,
  generalCapability,
  shareCapability,
  soundCapability,
  virtualChannelCapability,
  windowActivationCapability,
} from "./capability-general.js";
import {
  desktopCompositionCapability,
  inputCapability,
  largePointerCapability,
  pointerCapability,
} from "./capability-input.js";
import {
  frameAcknowledgeCapability,
  multifragmentUpdateCapability,
  surfaceCommandsCapability,
} from "./capability-surface.js";
import { railCapability, windowListCapability } from "./capability-windows.js";

/** `capabilitySetType`, [MS-RDPBCGR] 2.2.1.13.1.1.1, by the name of the arm. */
export const CapabilitySetType = {
  general: 0x01,
  bitmap: 0x02,
  order: 0x03,
  bitmapCache: 0x04,
  control: 0x05,
  windowActivation: 0x07,
  pointer: 0x08,
  share: 0x09,
  colorCache: 0x0a,
  sound: 0x0c,
  input: 0x0d,
  font: 0x0e,
  brush: 0x0f,
  glyphCache: 0x10,
  offscreen: 0x11,
  bitmapCacheHostSupport: 0x12,
  bitmapCacheRev2: 0x13,
  virtualChannel: 0x14,
  drawNineGrid: 0x15,
  drawGdiPlus: 0x16,
  rail: 0x17,
  windowList: 0x18,
  desktopComposition: 0x19,
  multifragmentUpdate: 0x1a,
  largePointer: 0x1b,
  surfaceCommands: 0x1c,
  bitmapCodecs: 0x1d,
  frameAcknowledge: 0x1e,
} as const;

const capabilitySetShape = <const C extends Shape>(codecs: C) => ({
  capabilitySetType: tag(u16),
  lengthCapability: byteLength(u16),
  capability: union("capabilitySetType", {
    general: [CapabilitySetType.general, generalCapability],
    bitmap: [CapabilitySetType.bitmap, bitmapCapability],
    order: [CapabilitySetType.order, orderCapability],
    bitmapCache: [CapabilitySetType.bitmapCache, bitmapCacheCapability],
    control: [CapabilitySetType.control, controlCapability],
    windowActivation: [CapabilitySetType.windowActivation, windowActivationCapability],
    pointer: [CapabilitySetType.pointer, pointerCapability],
    share: [CapabilitySetType.share, shareCapability],
    colorCache: [CapabilitySetType.colorCache, colorCacheCapability],
    sound: [CapabilitySetType.sound, soundCapability],
    input: [CapabilitySetType.input, inputCapability],
    font: [CapabilitySetType.font, fontCapability],
    brush: [CapabilitySetType.brush, brushCapability],
    glyphCache: [CapabilitySetType.glyphCache, glyphCacheCapability],
    offscreen: [CapabilitySetType.offscreen, offscreenCapability],
    bitmapCacheHostSupport: [CapabilitySetType.bitmapCacheHostSupport, bitmapCacheHostSupportCapability],
    bitmapCacheRev2: [CapabilitySetType.bitmapCacheRev2, bitmapCacheRev2Capability],
    virtualChannel: [CapabilitySetType.virtualChannel, virtualChannelCapability],
    drawNineGrid: [CapabilitySetType.drawNineGrid, drawNineGridCapability],
    drawGdiPlus: [CapabilitySetType.drawGdiPlus, drawGdiPlusCapability],
    rail: [CapabilitySetType.rail, railCapability],
    windowList: [CapabilitySetType.windowList, windowListCapability],
    desktopComposition: [CapabilitySetType.desktopComposition, desktopCompositionCapability],
    multifragmentUpdate: [CapabilitySetType.multifragmentUpdate, multifragmentUpdateCapability],
    largePointer: [CapabilitySetType.largePointer, largePointerCapability],
    surfaceCommands: [CapabilitySetType.surfaceCommands, surfaceCommandsCapability],
    bitmapCodecs: [CapabilitySetType.bitmapCodecs, codecs],
    frameAcknowledge: [CapabilitySetType.frameAcknowledge, frameAcknowledgeCapability],
  }),
});

const serverShape = capabilitySetShape(serverBitmapCodecsCapability);
const clientShape = capabilitySetShape(clientBitmapCodecsCapability);

/** One capability set, as an element of the list in a Demand Active. */
export const serverCapabilitySet = block(serverShape);
/** One capability set, as an element of the list in a Confirm Active. */
export const clientCapabilitySet = block(clientShape);

/** A capability set by itself, as the server sends it in its Demand Active. */
export const ServerCapabilitySet = pdu("TS_CAPS_SET", "[MS-RDPBCGR] 2.2.1.13.1.1.1", serverShape, {
  sentBy: "server",
});
export type ServerCapabilitySet = Infer<typeof ServerCapabilitySet>;

/** A capability set by itself, as the client sends it in its Confirm Active. */
export const ClientCapabilitySet = pdu("TS_CAPS_SET", "[MS-RDPBCGR] 2.2.1.13.1.1.1", clientShape, {
  sentBy: "client",
});
export type ClientCapabilitySet = Infer<typeof ClientCapabilitySet>;
