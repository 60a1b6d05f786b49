import type { ChannelEnd } from "./channel-end.js";
import { Channels, type ChannelsHost } from "./channels.js";
import { ServerDynamicEnds, type ChannelRequest, type ServerDynamicOptions } from "./server-dynamic-ends.js";

/**
 * All virtual channels of a server's connection.
 *
 * The order of things: `add` static ends; `open` once the connection is active; `request` dynamic channels;
 * hand on each `channelData`; `closed` at the end. An end may be used again after that.
 */
export class ServerChannels extends Channels<ServerDynamicEnds> {
  constructor(host: ChannelsHost, options: ServerDynamicOptions = {}) {
    super(host.send, new ServerDynamicEnds(host.violation, options));
  }

  /**
   * Asks the client for a dynamic channel: the end opens, or `refused` is called. False if it cannot be
   * asked for: there is no `drdynvc`, the client is silent, the name is void, or there are too many.
   */
  request(name: string, end: ChannelEnd, now: number, request: ChannelRequest = {}): boolean {
    this.statics.passTo(now);
    return this.dynamics.request(name, end, request, now);
  }
}
