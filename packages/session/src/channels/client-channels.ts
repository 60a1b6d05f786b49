import { Channels, type ChannelsHost } from "./channels.js";
import { ClientDynamicEnds, type ClientDynamicOptions, type Listener } from "./client-dynamic-ends.js";

/**
 * All virtual channels of a client's connection.
 *
 * The order of things: `add` static ends and `listen` to names of dynamic channels; `open` once the
 * connection is active; hand on each `channelData`; `closed` at the end.
 */
export class ClientChannels extends Channels<ClientDynamicEnds> {
  constructor(host: ChannelsHost, options: ClientDynamicOptions = {}) {
    super(host.send, new ClientDynamicEnds(host.violation, options));
  }

  /** Accepts dynamic channels of this name from now on; without a listener no more. */
  listen(name: string, listener: Listener | undefined): void {
    this.dynamics.listen(name, listener);
  }
}
