import { Dissector, type Record } from "@railvail/dissect";
import { windowingOrderOf } from "@railvail/rail";
import type { PixelPathName } from "@railvail/session";
import type { Choice } from "@railvail/wire";
import fc from "fast-check";
import { drawn, pick } from "../choice.js";
import type { Packet, Side } from "../packet.js";
import { channelNamed, type ChannelName } from "./channels.js";
import { PlainSections } from "./plain-sections.js";
import { act } from "./session-actions.js";
import { SessionPair } from "./session-pair.js";

/** What happened between a server and a client that both keep to the rules. */
export interface SessionTraffic {
  /** How pixels went. */
  readonly path: PixelPathName;
  /** The frames of both byte streams, in the order in which they were written. */
  readonly frames: readonly Packet[];
  /** The messages of all channels that were in them. */
  readonly messages: readonly Packet[];
}

const paths: readonly PixelPathName[] = ["vail", "egfx", "composed"];
const mostActions = 24;
const remoteApp = { program: "xterm", arguments: "", workingDirectory: "" };

/**
 * A whole session between the compositor and the viewer of `@railvail/session`: logon, channels, windows that come,
 * change, are painted and go, clipboard, audio, applications. `path` is chosen unless given.
 */
export function sessionTraffic(choice: Choice, path?: PixelPathName): SessionTraffic {
  const way = path ?? pick(choice, paths) ?? "composed";
  const sections = way === "vail" ? new PlainSections() : undefined;
  const pair = new SessionPair(
    {
      sections,
      mapsSurfaces: way === "egfx" ? "always" : "announced",
      appList: { providerName: "fuzz" },
      audioInput: {},
    },
    { sections, remoteApp, egfx: way === "egfx", audioInput: {}, size: { width: 160, height: 120 } },
  );
  pair.settle();
  for (let left = choice.int(0, 2); left >= 0; left--) {
    pair.compositor.windows.add({ left: 20 * left, top: 10, width: 40, height: 30, title: `window ${left}` });
  }
  for (let left = choice.int(1, mostActions); left > 0; left--) {
    act(pair, choice);
    pair.settle(choice.int(0, 6));
  }
  pair.settle();
  return { path: way, frames: pair.packets, messages: messagesIn(pair.packets) };
}

/** The messages of channels, and windowing orders, that a connection's frames hold. */
export function messagesIn(frames: readonly Packet[]): Packet[] {
  const messages: Packet[] = [];
  const sink = (record: Record): void => {
    if (record.type !== "message" || record.envelope || record.trouble !== undefined) return;
    const isOrder = record.pdu !== undefined && windowingOrderOf(record.pdu, record.value) !== undefined;
    const channel = isOrder ? "windowing" : record.channel;
    if (channelNamed(channel) === undefined) return;
    const from: Side = record.direction === "c2s" ? "client" : "server";
    messages.push({ from, channel, bytes: record.source.bytes.slice(record.offset, record.end) });
  };
  const dissector = new Dissector({ connection: 0, sink });
  let packet = 0;
  for (const { from, bytes } of frames) {
    dissector.data(from === "client" ? "c2s" : "s2c", bytes, { time: 0n, packet: ++packet });
  }
  dissector.end({ time: 0n, packet });
  return messages;
}

/** Sessions that keep to the rules. They shrink. */
export const sessions: fc.Arbitrary<SessionTraffic> = fc.gen().map((draw) => sessionTraffic(drawn(draw, fc.integer)));

/** What the sides say on one channel in sessions that keep to the rules. */
export const legalSequences = (channel: ChannelName): fc.Arbitrary<Packet[]> =>
  sessions.map(({ messages }) => messages.filter((each) => each.channel === channel));
