import type { Wake } from "@railvail/wire";
import type { ConduitError } from "../sockets/conduit-error.js";
import type { Conduit } from "../sockets/conduit.js";
import { WakeTimer } from "./wake-timer.js";

/** What a machine may want of its driver; all other outputs are the application's. */
export type DriverOutput =
  /** To be written; the memory is not used again. */
  | { readonly type: "bytes"; readonly segments: readonly Uint8Array[] }
  /** TLS begins after the bytes before this; `rest` came already. */
  | { readonly type: "startTls"; readonly rest: Uint8Array }
  /** The stream ends after the bytes before this. The application is told this too. */
  | { readonly type: "close" }
  | Wake;

/** An object that does no I/O. Times are milliseconds of the driver's clock. */
export interface Driven<Output> {
  receive(bytes: Uint8Array, now: number): readonly Output[];
  tick(now: number): readonly Output[];
  /** TLS is up; connections of `session` learn it in this way. */
  command?(command: { readonly type: "tlsStarted" }, now: number): readonly Output[];
  /** Nothing comes any more, and nothing can be sent. */
  closed?(now: number): readonly Output[];
}

export interface DriveOptions<Output> {
  /** Gets each output that is the application's, in order; it may call the driver. */
  readonly told: (output: Output) => void;
  /** The stream is closed; undefined: in order. Comes last. */
  readonly ended?: (error: ConduitError | undefined) => void;
  /** Milliseconds that never go back; those since the process began unless said otherwise. */
  readonly clock?: () => number;
}

/** Carries bytes and time between a conduit and a machine. */
export interface Driver<Output> {
  readonly now: number;
  /**
   * Carries out what a command to the machine led to: `driver.run((now) => machine.command(…, now))`.
   * What it writes goes out after everything that the machine wanted to be written before.
   */
  run(action: (now: number) => readonly Output[]): void;
}

/** Drives a machine over a conduit until the conduit is closed. */
export function drive<Output extends { readonly type: string }>(
  conduit: Conduit,
  machine: Driven<Output>,
  { told, ended, clock = () => performance.now() }: DriveOptions<Output>,
): Driver<Output> {
  const queue: Output[] = [];
  let segments: Uint8Array[] = [];
  let performing = false;
  let over = false;

  const run = (action: (now: number) => readonly Output[]): void => {
    for (const output of action(clock())) queue.push(output);
    if (performing) return;
    performing = true;
    try {
      for (let index = 0; index < queue.length; index++) perform(queue[index] as Output & DriverOutput);
    } finally {
      queue.length = 0;
      performing = false;
      write();
    }
  };
  const timer = new WakeTimer(clock, () => run((now) => machine.tick(now)));

  const write = (): void => {
    if (segments.length === 0) return;
    const all = segments;
    segments = [];
    conduit.write(all);
  };

  const perform = (output: Output & DriverOutput): void => {
    switch (output.type) {
      case "bytes":
        for (const segment of output.segments) segments.push(segment);
        return;
      case "wake":
        timer.set(over ? undefined : output.at);
        return;
      case "startTls":
        write();
        conduit.startTls(output.rest);
        return;
      case "close":
        write();
        conduit.close();
        told(output);
        return;
      default:
        told(output);
    }
  };

  conduit.on("secured", () => run((now) => machine.command?.({ type: "tlsStarted" }, now) ?? []));
  conduit.on("closed", (error) => {
    over = true;
    timer.set(undefined);
    run((now) => machine.closed?.(now) ?? []);
    timer.set(undefined);
    ended?.(error);
  });
  conduit.on("received", (bytes) => run((now) => machine.receive(bytes, now)));
  return {
    get now() {
      return clock();
    },
    run,
  };
}
