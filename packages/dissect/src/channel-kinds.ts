import { applistChannel, applistMessageLength, applistMessages } from "@railvail/applist";
import { audioInput, audioInputChannel, soundChannels } from "@railvail/audio";
import { displayChannel, displayMessageLength, displayMessages } from "@railvail/display";
import { egfxChannel } from "@railvail/egfx";
import { gfxredirChannel, gfxredirMessageLength, gfxredirMessages } from "@railvail/gfxredir";
import { railOrderLength, railOrders } from "@railvail/rail";
import { deviceMessageLength, deviceMessages } from "@railvail/rdpdr";
import { FramedChannel, wholeMessage, type ChannelReader } from "./channel-reader.js";
import { ClipboardReader } from "./clipboard-reader.js";
import type { Emitter } from "./emitter.js";
import { GraphicsReader } from "./graphics-reader.js";
import type { SegmentHistories } from "./segment-history.js";
import { SoundReader } from "./sound-reader.js";

/** What is known of a channel that has a reader. `path` is that of the channel around it. */
export interface ChannelKind {
  /** The last part of the path of its messages. */
  readonly channel: string;
  readonly open: (emit: Emitter, path: string, histories: SegmentHistories) => ChannelReader;
}

const applist = (emit: Emitter) => new FramedChannel(emit, applistMessages, applistMessageLength);
const audioInputs = (emit: Emitter) => new FramedChannel(emit, audioInput, wholeMessage);
const devices = (emit: Emitter) => new FramedChannel(emit, deviceMessages, deviceMessageLength);
const display = (emit: Emitter) => new FramedChannel(emit, displayMessages, displayMessageLength);
const gfxredir = (emit: Emitter) => new FramedChannel(emit, gfxredirMessages, gfxredirMessageLength);
const rail = (emit: Emitter) => new FramedChannel(emit, railOrders, railOrderLength);
const sound = (emit: Emitter) => new SoundReader(emit);

/** Static channels by name, other than `drdynvc`, which knows this table. */
export const staticKinds: ReadonlyMap<string, ChannelKind> = new Map<string, ChannelKind>([
  ["rail", { channel: "rail", open: rail }],
  ["cliprdr", { channel: "cliprdr", open: (emit) => new ClipboardReader(emit) }],
  [soundChannels.static, { channel: "rdpsnd", open: sound }],
  ["rdpdr", { channel: "rdpdr", open: devices }],
]);

/** Dynamic channels by name. */
export const dynamicKinds: ReadonlyMap<string, ChannelKind> = new Map<string, ChannelKind>([
  [egfxChannel, { channel: "egfx", open: (emit, path, histories) => new GraphicsReader(emit, path, histories) }],
  [gfxredirChannel, { channel: "gfxredir", open: gfxredir }],
  [applistChannel, { channel: "rdpapplist", open: applist }],
  [displayChannel, { channel: "disp", open: display }],
  [soundChannels.dynamic, { channel: "rdpsnd-dvc", open: sound }],
  [soundChannels.lossy, { channel: "rdpsnd-dvc", open: sound }],
  [audioInputChannel, { channel: "audin", open: audioInputs }],
]);
