import type { ChannelName } from "../generators/channels.js";
import { sessionTraffic } from "../generators/session-traffic.js";
import { streamChannel, type Side } from "../packet.js";
import type { Target } from "./target.js";

/** An implementation of somebody else, and what it is given. */
export interface Delivery {
  readonly name: string;
  /** Who sends: `client` to fuzz a server, and the other way round. */
  readonly from: Side;
  /** Messages of one channel, or `stream`: frames of a whole connection from its first byte on. */
  readonly channel: ChannelName | typeof streamChannel;
  /** Before the first bytes of each input: starts from nothing. */
  begin?(): void | Promise<void>;
  /** Takes a message or frame. What it throws, or rejects with, is a finding. */
  deliver(bytes: Uint8Array): void | Promise<void>;
  /** After the last ones: throws if something does not hold. */
  end?(): void | Promise<void>;
}

/** A target that hands its bytes to a callback, which may write them to a socket. */
export function deliveryTarget(delivery: Delivery): Target {
  const { name, from, channel } = delivery;
  const path = channel === "gfxredir" ? "vail" : channel === "egfx" ? "egfx" : undefined;
  return {
    name,
    about: `${channel} as a ${from} sends it`,
    make(choice) {
      const { frames, messages } = sessionTraffic(choice, path);
      const all = channel === streamChannel ? frames : messages;
      return all.filter((packet) => packet.from === from && packet.channel === channel);
    },
    async check(input) {
      await delivery.begin?.();
      for (const { bytes } of input) await delivery.deliver(bytes);
      await delivery.end?.();
    },
  };
}
