import type { StaticChannel } from "../connection/shared-state.js";
import type { ChannelEnd } from "./channel-end.js";
import { ClientDynamicEnds, type ClientDynamicOptions, type Listener } from "./client-dynamic-ends.js";
import type { ChannelsHost } from "./server-channels.js";
import { StaticEnds, type ChannelData } from "./static-ends.js";

/**
 * All virtual channels of a client's connection. Times are milliseconds on the caller's clock.
 *
 * The order of things: `add` static ends and `listen` to names of dynamic channels; `open` once the
 * connection is active; hand on each `channelData`; `closed` at the end.
 */
export class ClientChannels {
  private readonly statics: StaticEnds;
  private readonly dynamics: ClientDynamicEnds;

  constructor(host: ChannelsHost, options: ClientDynamicOptions = {}) {
    this.statics = new StaticEnds(host.send);
    this.dynamics = new ClientDynamicEnds(host.violation, options);
    this.statics.add("drdynvc", this.dynamics);
  }

  /** The end of the static channel of this name, if there will be one. */
  add(name: string, end: ChannelEnd): void {
    this.statics.add(name, end);
  }

  /** Accepts dynamic channels of this name from now on; without a listener no more. */
  listen(name: string, listener: Listener | undefined): void {
    this.dynamics.listen(name, listener);
  }

  /** The static channels can be used, for the first time or still. */
  open(channels: readonly StaticChannel[], now: number): void {
    this.statics.open(channels, now);
  }

  /** Closes the dynamic channel of an end; false if it has none. */
  close(end: ChannelEnd, now: number): boolean {
    this.statics.passTo(now);
    return this.dynamics.close(end, now);
  }

  received(data: ChannelData, now: number): void {
    this.statics.received(data, now);
  }

  /** See `DynamicEnds.allow`. */
  allow(bytes: number, now: number): void {
    this.statics.passTo(now);
    this.dynamics.allow(bytes, now);
  }

  /** Bytes of dynamic channels' data that wait until they may be written. */
  get waiting(): number {
    return this.dynamics.waiting;
  }

  get wakeAt(): number | undefined {
    return this.statics.wakeAt;
  }

  tick(now: number): void {
    this.statics.tick(now);
  }

  /** The connection is gone, or its channels are. */
  closed(now: number): void {
    this.statics.closed(now);
  }
}
