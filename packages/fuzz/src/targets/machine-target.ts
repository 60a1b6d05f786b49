import type { Choice } from "@railvail/wire";
import { chance } from "../choice.js";
import { channelMessage } from "../generators/channel-messages.js";
import type { ChannelName } from "../generators/channels.js";
import { sessionTraffic } from "../generators/session-traffic.js";
import { machineLaws, type FuzzMachine } from "../oracles/machine-laws.js";
import type { FuzzInput, Packet, Side } from "../packet.js";
import type { Target } from "./target.js";

/** Messages of any content that an input has beside legal ones. */
const mostMade = 12;

/** One end of a channel: given what the peer says on it in a session, changed, and messages with any content. */
export function machineTarget<State, Input, Output extends { readonly type: string }>(
  channel: ChannelName,
  peer: Side,
  machine: FuzzMachine<State, Input, Output>,
): Target {
  const path = channel === "egfx" ? "egfx" : channel === "gfxredir" ? "vail" : undefined;
  return {
    name: machine.name,
    about: `the machine ${machine.name} given messages of a ${peer} on ${channel}`,
    make(choice) {
      const legal = chance(choice, 2) ? sessionTraffic(choice, path).messages : [];
      return withMade(
        legal.filter((each) => each.channel === channel && each.from === peer),
        choice,
        channel,
        peer,
      );
    },
    check: (input) =>
      machineLaws(
        machine,
        input.map(({ bytes }) => bytes),
      ),
  };
}

function withMade(legal: FuzzInput, choice: Choice, channel: ChannelName, peer: Side): Packet[] {
  const packets = [...legal];
  for (let left = choice.int(0, mostMade); left > 0; left--) {
    packets.splice(choice.int(0, packets.length), 0, channelMessage(choice, channel, peer));
  }
  return packets;
}
