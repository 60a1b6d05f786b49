import {
  drdynvcClient,
  stepDrdynvcClient,
  type DrdynvcClientInput,
  type DrdynvcClientOptions,
  type DrdynvcClientOutput,
  type DrdynvcClientState,
  type DrdynvcMessage,
} from "@railvail/transport";
import type { ChannelEnd } from "./channel-end.js";
import type { ChannelsViolation } from "./channels-violation.js";
import { DynamicEnds, type DynamicEndsOptions } from "./dynamic-ends.js";

export interface ClientDynamicOptions extends DynamicEndsOptions {
  readonly drdynvc?: Partial<Omit<DrdynvcClientOptions, "listeners">>;
  /** A channel was refused, because nobody listens to the name or there are too many. */
  readonly refused?: (name: string, creationStatus: number) => void;
}

/** Makes the end of a channel that the server opens; a name can be opened several times. */
export type Listener = () => ChannelEnd;

/** The client's end of `drdynvc`: it accepts channels. */
export class ClientDynamicEnds extends DynamicEnds {
  protected readonly peer = "server";
  private readonly listeners = new Map<string, Listener>();
  private readonly refused: ((name: string, creationStatus: number) => void) | undefined;
  private state: DrdynvcClientState;

  constructor(report: (violation: ChannelsViolation) => void, options: ClientDynamicOptions = {}) {
    super(report, options);
    this.refused = options.refused;
    this.state = drdynvcClient(options.drdynvc);
  }

  /** Immutable. */
  get machine(): DrdynvcClientState {
    return this.state;
  }

  /** From now on channels of this name are accepted; without a listener refused. What is open stays. */
  listen(name: string, listener: Listener | undefined): void {
    if (listener === undefined) this.listeners.delete(name);
    else this.listeners.set(name, listener);
    this.step({ type: "listen", listeners: [...this.listeners.keys()] });
  }

  protected override begin(): void {
    this.step({ type: "opened" });
  }

  protected override finish(): void {
    this.step({ type: "closed" });
  }

  protected override take(message: DrdynvcMessage): void {
    this.step({ type: "received", message });
  }

  protected override command(command: Extract<DrdynvcClientInput, { readonly type: "data" | "close" }>): void {
    this.step(command);
  }

  protected override ownWake(): undefined {
    return undefined;
  }

  protected override ownTick(): void {
    // The client waits for nothing.
  }

  private step(input: DrdynvcClientInput): void {
    const { state, outputs } = stepDrdynvcClient(this.state, input);
    this.state = state;
    for (const output of outputs) this.told(output);
  }

  private told(output: DrdynvcClientOutput): void {
    switch (output.type) {
      case "created": {
        const end = this.listeners.get(output.name)?.();
        return end === undefined ? undefined : this.open(output.channelId, output.name, end);
      }
      case "refused":
        return this.refused?.(output.name, output.creationStatus);
      case "softSync":
        return undefined;
      default:
        return this.perform(output);
    }
  }
}
