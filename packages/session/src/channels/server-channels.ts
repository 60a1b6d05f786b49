import type { StaticChannel } from "../connection/shared-state.js";
import type { ChannelEnd } from "./channel-end.js";
import type { ChannelsViolation } from "./channels-violation.js";
import { ServerDynamicEnds, type ChannelRequest, type ServerDynamicOptions } from "./server-dynamic-ends.js";
import { StaticEnds, type ChannelData, type SendOnChannel } from "./static-ends.js";

/** What channels need of the connection that they belong to. */
export interface ChannelsHost {
  readonly send: SendOnChannel;
  /** Something was out of place on `drdynvc`. */
  readonly violation: (violation: ChannelsViolation) => void;
}

/**
 * All virtual channels of a server's connection. Times are milliseconds on the caller's clock.
 *
 * The order of things: `add` static ends; `open` once the connection is active; `request` dynamic channels;
 * hand on each `channelData`; `closed` at the end. An end may be used again after that.
 */
export class ServerChannels {
  private readonly statics: StaticEnds;
  private readonly dynamics: ServerDynamicEnds;

  constructor(host: ChannelsHost, options: ServerDynamicOptions = {}) {
    this.statics = new StaticEnds(host.send);
    this.dynamics = new ServerDynamicEnds(host.violation, options);
    this.statics.add("drdynvc", this.dynamics);
  }

  /** The end of the static channel of this name, if the client has that. */
  add(name: string, end: ChannelEnd): void {
    this.statics.add(name, end);
  }

  /** The static channels can be used, for the first time or still. */
  open(channels: readonly StaticChannel[], now: number): void {
    this.statics.open(channels, now);
  }

  /**
   * Asks the client for a dynamic channel: the end opens, or `refused` is called. False if it cannot be
   * asked for: there is no `drdynvc`, the client is silent, the name is void, or there are too many.
   */
  request(name: string, end: ChannelEnd, now: number, request: ChannelRequest = {}): boolean {
    this.statics.passTo(now);
    return this.dynamics.request(name, end, request, now);
  }

  /** Closes the dynamic channel of an end, or takes its request back; false if there is none. */
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
