import { applistChannel, applistMessages } from "@railvail/applist";
import { audioInput, audioInputChannel, rdpsnd, soundChannels } from "@railvail/audio";
import { clipboardMessages, clipboardPdu } from "@railvail/cliprdr";
import { displayChannel, displayMessages } from "@railvail/display";
import { egfxChannel, egfxCommands } from "@railvail/egfx";
import { gfxredirChannel, gfxredirMessages } from "@railvail/gfxredir";
import { railOrders, windowingOrder, windowingOrders } from "@railvail/rail";
import { deviceMessages } from "@railvail/rdpdr";
import { sourceOf, type Family, type Pdu } from "@railvail/wire";
import { streamChannel, type Packet, type Side } from "../packet.js";
import { frameLayers } from "./stream-layers.js";

/** A virtual channel, or what stands for one. */
export interface FuzzChannel {
  /** `static` and `dynamic` channels have a name on the wire; windowing orders come in updates. */
  readonly carrier: "static" | "dynamic" | "updates";
  readonly wireName: string;
  readonly members: readonly Pdu[];
  /** The declaration of a message; undefined if it is none of them. */
  match(bytes: Uint8Array, from: Side): Pdu | undefined;
}

const of = (carrier: FuzzChannel["carrier"], wireName: string, family: Family): FuzzChannel => ({
  carrier,
  wireName,
  members: family.members,
  match: (bytes, from) => family.match(sourceOf(bytes), 0, bytes.length, from),
});

/** All channels that are known, by the names that the dissector gives them. */
export const channels = {
  rail: of("static", "rail", railOrders),
  windowing: {
    carrier: "updates",
    wireName: "windowing",
    members: Object.values(windowingOrders),
    match: (bytes: Uint8Array) => windowingOrder(sourceOf(bytes), 0, bytes.length),
  },
  gfxredir: of("dynamic", gfxredirChannel, gfxredirMessages),
  egfx: of("dynamic", egfxChannel, egfxCommands),
  cliprdr: {
    ...of("static", "cliprdr", clipboardMessages),
    match: (bytes: Uint8Array, from: Side) => clipboardPdu(sourceOf(bytes), 0, bytes.length, from),
  },
  rdpsnd: of("static", soundChannels.static, rdpsnd),
  "rdpsnd-dvc": of("dynamic", soundChannels.dynamic, rdpsnd),
  audin: of("dynamic", audioInputChannel, audioInput),
  disp: of("dynamic", displayChannel, displayMessages),
  rdpapplist: of("dynamic", applistChannel, applistMessages),
  rdpdr: of("static", "rdpdr", deviceMessages),
} as const satisfies Readonly<Record<string, FuzzChannel>>;

export type ChannelName = keyof typeof channels;

export const channelNames = Object.keys(channels) as ChannelName[];

/** Undefined for a name that is none. */
export const channelNamed = (name: string): FuzzChannel | undefined =>
  Object.hasOwn(channels, name) ? channels[name as ChannelName] : undefined;

/** Messages that a side sends on a channel. */
export const membersOf = (name: ChannelName, from: Side): readonly Pdu[] =>
  channels[name].members.filter(({ sentBy }) => sentBy === "both" || sentBy === from);

/** The declaration that a packet can be read with: of its channel, or the innermost one of a frame. */
export function packetPdu({ from, channel, bytes }: Packet): Pdu | undefined {
  if (channel === streamChannel) return frameLayers(bytes, from).at(-1)?.pdu;
  return channelNamed(channel)?.match(bytes, from);
}
