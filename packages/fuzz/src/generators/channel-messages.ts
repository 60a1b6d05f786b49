import { generate, type Choice } from "@railvail/wire";
import fc from "fast-check";
import { drawn, pick } from "../choice.js";
import type { Packet, Side } from "../packet.js";
import { membersOf, type ChannelName } from "./channels.js";

/** A message of a channel that its declaration allows; what it says need not make sense where it comes. */
export function channelMessage(choice: Choice, channel: ChannelName, from: Side): Packet {
  const pdu = pick(choice, membersOf(channel, from));
  const bytes = pdu === undefined ? new Uint8Array(0) : pdu.encode(generate(pdu, choice));
  return { from, channel, bytes };
}

/** Messages that a side may send on a channel, as bytes. They shrink. */
export const channelMessages = (channel: ChannelName, from: Side): fc.Arbitrary<Uint8Array> =>
  fc.gen().map((draw) => channelMessage(drawn(draw, fc.integer), channel, from).bytes);
