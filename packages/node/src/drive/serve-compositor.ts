import type { Compositor, CompositorEvent, CompositorOutput, CompositorPeer } from "@railvail/session";
import type { Address } from "../sockets/address.js";
import type { ConduitError } from "../sockets/conduit-error.js";
import type { Conduit } from "../sockets/conduit.js";
import { listen, type ListenerOptions } from "../sockets/listen.js";
import { WakeTimer } from "./wake-timer.js";

export interface ServeOptions extends ListenerOptions {
  /** Gets what the compositor tells, in order; it may change the compositor. */
  readonly told: (event: CompositorEvent) => void;
  /** A connection is closed; undefined: in order. */
  readonly ended?: (peer: CompositorPeer, error: ConduitError | undefined) => void;
}

/** A compositor that clients can connect to. */
export interface CompositorServer {
  /** With the port that was chosen. */
  readonly address: Address;
  /** Milliseconds of the compositor's clock, which began with the process. */
  readonly now: number;
  /** To be called after the compositor was changed or drawn: what came of it goes out soon. */
  update(): void;
  /** Takes no more clients, and ends those that are there; resolves when all are gone. */
  close(): Promise<void>;
}

const clock = (): number => performance.now();

/** Lets clients of a compositor in. Rejects with `ConduitError`. */
export async function serveCompositor(
  compositor: Compositor,
  address: Address,
  { told, ended, ...options }: ServeOptions,
): Promise<CompositorServer> {
  const conduits = new Map<CompositorPeer, Conduit>();
  let scheduled = false;
  let allGone: (() => void) | undefined;

  const perform = (output: CompositorOutput): void => {
    switch (output.type) {
      case "bytes":
        return conduits.get(output.peer)?.write(output.segments);
      case "startTls":
        return conduits.get(output.peer)?.startTls(output.rest);
      case "close":
        return conduits.get(output.peer)?.close();
      case "wake":
        return timer.set(output.at);
      default:
        return told(output);
    }
  };
  /** What is told may lead to more. */
  const flush = (): void => {
    scheduled = false;
    for (const [peer, { congested }] of conduits) peer.congested = congested;
    for (const output of compositor.flush(clock())) perform(output);
  };
  const update = (): void => {
    if (scheduled) return;
    scheduled = true;
    setImmediate(flush);
  };
  const timer = new WakeTimer(clock, () => {
    compositor.tick(clock());
    flush();
    update();
  });

  const accept = (conduit: Conduit): void => {
    const peer = compositor.accept(clock());
    conduits.set(peer, conduit);
    conduit.on("received", (bytes) => {
      peer.receive(bytes, clock());
      update();
    });
    conduit.on("secured", () => {
      peer.tlsStarted(clock());
      update();
    });
    conduit.on("drained", update);
    conduit.on("closed", (error) => {
      peer.closed(clock());
      conduits.delete(peer);
      ended?.(peer, error);
      update();
      if (conduits.size === 0) allGone?.();
    });
    update();
  };
  const listener = await listen(address, options, accept);

  return {
    address: listener.address,
    get now() {
      return clock();
    },
    update,
    async close() {
      listener.close();
      compositor.disconnect(clock());
      flush();
      if (conduits.size > 0) await new Promise<void>((resolve) => (allGone = resolve));
      timer.set(undefined);
    },
  };
}
