import {
  stepWindowingServer,
  windowingServer,
  type ServerDesktop,
  type WindowingClient,
  type WindowingOrder,
  type WindowingServerInput,
  type WindowingServerState,
  type WindowingViolation,
} from "@railvail/rail";

/** What becomes of the windowing machine's outputs. */
export interface OrdersSink {
  orders(orders: readonly WindowingOrder[]): void;
  violation(violation: WindowingViolation): void;
}

/** What a client is told of the windows. */
export class WindowsTold {
  private readonly sink: OrdersSink;
  private state: WindowingServerState;

  constructor(compat: "wslg" | undefined, sink: OrdersSink) {
    this.sink = sink;
    this.state = windowingServer({ compat });
  }

  get isOpen(): boolean {
    return this.state.connection !== undefined;
  }

  /** The client is ready for orders, or begins anew: it is told everything. */
  open(client: WindowingClient): void {
    this.step({ type: "opened", client });
  }

  close(): void {
    this.step({ type: "closed" });
  }

  /** Tells what changed, if the client is there. */
  desktop(desktop: ServerDesktop): void {
    if (desktop !== this.state.desktop) this.step({ type: "desktop", desktop });
  }

  private step(input: WindowingServerInput): void {
    const { state, outputs } = stepWindowingServer(this.state, input);
    this.state = state;
    for (const output of outputs) {
      if (output.type === "orders") this.sink.orders(output.orders);
      else this.sink.violation(output);
    }
  }
}
