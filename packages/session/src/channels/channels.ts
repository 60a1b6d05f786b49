import type { StaticChannel } from "../connection/shared-state.js";
import type { ChannelEnd } from "./channel-end.js";
import type { ChannelsViolation } from "./channels-violation.js";
import type { DynamicEnds } from "./dynamic-ends.js";
import { StaticEnds, type ChannelData, type SendOnChannel } from "./static-ends.js";

/** What channels need of the connection that they belong to. */
export interface ChannelsHost {
  readonly send: SendOnChannel;
  /** Something was out of place on `drdynvc`. */
  readonly violation: (violation: ChannelsViolation) => void;
}

/** All virtual channels of a connection, static ones and dynamic ones. Times are milliseconds on the caller's clock. */
export abstract class Channels<Dynamic extends DynamicEnds> {
  protected readonly statics: StaticEnds;
  protected readonly dynamics: Dynamic;

  constructor(send: SendOnChannel, dynamics: Dynamic) {
    this.statics = new StaticEnds(send);
    this.dynamics = dynamics;
    this.statics.add("drdynvc", dynamics);
  }

  /** The end of the static channel of this name, if the connection has that. */
  add(name: string, end: ChannelEnd): void {
    this.statics.add(name, end);
  }

  /** The static channels can be used, for the first time or still. */
  open(channels: readonly StaticChannel[], now: number): void {
    this.statics.open(channels, now);
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
