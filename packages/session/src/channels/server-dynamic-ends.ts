import {
  drdynvcServer,
  stepDrdynvcServer,
  type DrdynvcMessage,
  type DrdynvcServerInput,
  type DrdynvcServerOptions,
  type DrdynvcServerOutput,
  type DrdynvcServerState,
} from "@railvail/transport";
import type { ChannelEnd } from "./channel-end.js";
import type { ChannelsViolation } from "./channels-violation.js";
import { DynamicEnds, type DynamicEndsOptions } from "./dynamic-ends.js";

export interface ServerDynamicOptions extends DynamicEndsOptions {
  readonly drdynvc?: Partial<DrdynvcServerOptions>;
}

/** How a dynamic channel is asked for. */
export interface ChannelRequest {
  /** The class, 0 to 3; 0 unless given. */
  readonly priority?: number;
  /** There will be no channel: the client's `CreationStatus`, undefined if it never got the request. */
  readonly refused?: (creationStatus: number | undefined, now: number) => void;
}

interface Asked extends ChannelRequest {
  readonly end: ChannelEnd;
}

/** The server's end of `drdynvc`: it asks for channels. */
export class ServerDynamicEnds extends DynamicEnds {
  protected readonly peer = "client";
  private readonly asked = new Map<number, Asked>();
  private state: DrdynvcServerState;
  /** The request that is being made. */
  private requested: Asked | undefined;

  constructor(report: (violation: ChannelsViolation) => void, options: ServerDynamicOptions = {}) {
    super(report, options);
    this.state = drdynvcServer({ ...options.drdynvc, compat: options.compat });
  }

  /** Immutable. */
  get machine(): DrdynvcServerState {
    return this.state;
  }

  /** Asks for a channel; false if that cannot be, which was reported. Else the end opens, or `refused` is called. */
  request(name: string, end: ChannelEnd, request: ChannelRequest, now: number): boolean {
    this.now = now;
    this.requested = { ...request, end };
    this.step({ type: "create", name, ...(request.priority === undefined ? {} : { priority: request.priority }) });
    const isTaken = this.requested === undefined;
    this.requested = undefined;
    return isTaken;
  }

  override close(end: ChannelEnd, now: number): boolean {
    for (const [channelId, asked] of this.asked) {
      if (asked.end !== end) continue;
      this.now = now;
      this.asked.delete(channelId);
      this.step({ type: "close", channelId });
      return true;
    }
    return super.close(end, now);
  }

  protected override begin(): void {
    this.step({ type: "opened", now: this.now });
  }

  protected override finish(): void {
    this.step({ type: "closed" });
  }

  protected override take(message: DrdynvcMessage): void {
    this.step({ type: "received", message });
  }

  protected override command(command: Extract<DrdynvcServerInput, { readonly type: "data" | "close" }>): void {
    this.step(command);
  }

  protected override ownWake(): number | undefined {
    return this.state.negotiateUntil;
  }

  protected override ownTick(): void {
    this.step({ type: "tick", now: this.now });
  }

  private step(input: DrdynvcServerInput): void {
    const { state, outputs } = stepDrdynvcServer(this.state, input);
    this.state = state;
    for (const output of outputs) this.told(output);
  }

  private told(output: DrdynvcServerOutput): void {
    switch (output.type) {
      case "creating":
        if (this.requested !== undefined) this.asked.set(output.channelId, this.requested);
        this.requested = undefined;
        return undefined;
      case "created": {
        const asked = this.takeAsked(output.channelId);
        return asked === undefined ? undefined : this.open(output.channelId, output.name, asked.end);
      }
      case "refused":
        return this.takeAsked(output.channelId)?.refused?.(output.creationStatus, this.now);
      case "closed":
        // A request that was on its way when the connection ended.
        if (output.by === "connection") this.takeAsked(output.channelId)?.refused?.(undefined, this.now);
        return this.perform(output);
      case "wake":
      case "unavailable":
        return undefined;
      default:
        return this.perform(output);
    }
  }

  private takeAsked(channelId: number): Asked | undefined {
    const asked = this.asked.get(channelId);
    this.asked.delete(channelId);
    return asked;
  }
}
