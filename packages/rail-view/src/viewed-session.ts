import { connect, drive, type Conduit, type ConduitError, type Driven, type Driver } from "@railvail/node";
import { Viewer, type SectionStore, type ViewerEvent, type ViewerOutput, type ViewerSettings } from "@railvail/session";
import type { Arguments } from "./arguments.js";
import { Recording } from "./output-files.js";

/** Who follows a session. */
export interface SessionListener {
  told(event: ViewerEvent): void;
  /** The stream is closed; nothing comes after it. */
  ended(error: ConduitError | undefined): void;
}

/** A connection to a server, with its viewer. */
export interface ViewedSession {
  readonly viewer: Viewer;
  readonly conduit: Conduit;
  readonly recording: Recording | undefined;
  /** Does something with the viewer, and sends what came of it. */
  act(action: (viewer: Viewer, now: number) => void): void;
}

/** What the command line says about a viewer. */
export function viewerSettings(args: Arguments, sections: SectionStore | undefined): Partial<ViewerSettings> {
  const { user, password, domain, size, desktop, program, programArguments, workingDirectory, egfx, remoteFx, compat } =
    args;
  const remoteApp = { program, arguments: programArguments, workingDirectory };
  return {
    name: user,
    password,
    domain,
    size,
    egfx,
    remoteFx,
    compat,
    sections,
    // Nothing is played, so that all is confirmed when it comes; WSLg's server wants to hear of both.
    audioOutput: compat === "wslg" ? {} : { confirms: "received" },
    remoteApp: desktop ? undefined : remoteApp,
  };
}

/** Connects; rejects with `ConduitError` or `OutputError`. */
export async function openSession(
  args: Arguments,
  settings: Partial<ViewerSettings>,
  listener: SessionListener,
): Promise<ViewedSession> {
  const conduit = await connect(args.address, { tls: { trust: args.trust } });
  const recording = args.record === undefined ? undefined : new Recording(args.record);
  const viewer = new Viewer(settings);
  const flush = (now: number): ViewerOutput[] => {
    const outputs = viewer.flush(now);
    for (const output of outputs) if (output.type === "bytes") recording?.sent(output.segments);
    return outputs;
  };
  const after = (action: (now: number) => void, now: number): ViewerOutput[] => {
    action(now);
    return flush(now);
  };
  const machine: Driven<ViewerOutput> = {
    receive(bytes, now) {
      recording?.received(bytes);
      return after(() => viewer.receive(bytes, now), now);
    },
    tick: (now) => after(() => viewer.tick(now), now),
    command: (_, now) => after(() => viewer.tlsStarted(now), now),
    closed: (now) => after(() => viewer.closed(now), now),
  };
  const driver: Driver<ViewerOutput> = drive(conduit, machine, {
    // The driver has done what else there is.
    told: (output) => {
      if (output.type !== "close") listener.told(output as ViewerEvent);
    },
    ended: (error) => listener.ended(error),
  });
  const act = (action: (viewer: Viewer, now: number) => void): void =>
    driver.run((now) => after(() => action(viewer, now), now));
  return { viewer, conduit, recording, act };
}
