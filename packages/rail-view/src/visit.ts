import type { ExitCode, Surroundings } from "@railvail/command-line";
import type { ConduitError } from "@railvail/node";
import { firstExec, type SectionStore, type Viewer, type ViewerEvent } from "@railvail/session";
import type { Arguments } from "./arguments.js";
import { perform } from "./deeds.js";
import { eventJson } from "./event-json.js";
import { endingText, eventText, execResult, isLogoff, isSectionFault } from "./event-text.js";
import type { PictureFolder } from "./output-files.js";
import { picturePng } from "./picture-png.js";
import { isPlainWish, refusalText } from "./refusal.js";
import { SeenFrames } from "./seen-frames.js";
import { Timers } from "./timers.js";
import { openSession, viewerSettings, type ViewedSession } from "./viewed-session.js";

/** What a visit needs. */
export interface VisitPlan {
  readonly args: Arguments;
  readonly security: "rdp" | "tls";
  readonly sections: SectionStore | undefined;
  readonly folder: PictureFolder | undefined;
  readonly io: Surroundings;
}

/** What became of a visit. */
export interface VisitResult {
  readonly code: ExitCode;
  /** Nothing was done, because the server takes no TLS. */
  readonly wantsPlain: boolean;
}

/** Milliseconds from one deed to the next, and without anything new before the first. */
const pause = 300;
/** Milliseconds after which something is done though there always is something new. */
const longPause = 2000;
/** Milliseconds that a server may take to close the stream. */
const farewell = 3000;

/** One connection: it does what is to be done, and leaves. */
export class Visit {
  private readonly plan: VisitPlan;
  private readonly began = performance.now();
  private readonly frames = new SeenFrames();
  private readonly timers = new Timers();
  private session: ViewedSession | undefined;
  private wantsPlain = false;
  private trouble = false;
  private leaving = false;
  /** There was a session that can be left in order. */
  private isActive = false;
  private isSeen = false;
  private sectionsFailed = false;
  private acting = false;
  /** Deeds that are still to be done. */
  private undone: number;
  private ending: Extract<ViewerEvent, { readonly type: "ended" }> | undefined;
  /** When something was seen first. */
  private settling: number | undefined;
  private quiet: NodeJS.Timeout | undefined;

  constructor(plan: VisitPlan) {
    this.plan = plan;
    this.undone = plan.args.deeds.length;
  }

  /** Rejects with `ConduitError` or `OutputError`. */
  async run(): Promise<VisitResult> {
    const { args, security, sections, io } = this.plan;
    let resolve: (error: ConduitError | undefined) => void = () => {};
    const over = new Promise<ConduitError | undefined>((done) => {
      resolve = done;
    });
    const settings = { ...viewerSettings(args, sections), security };
    const session = await openSession(args, settings, { told: (event) => this.told(event), ended: resolve });
    this.session = session;
    const ignore = io.onInterrupt(() => this.interrupted());
    try {
      session.act((viewer, now) => viewer.connect(now));
      this.timers.after(args.wait, () => this.waited());
      const error = await over;
      if (!this.leaving && !this.wantsPlain) this.endedEarly(session.viewer, error);
      if (!this.wantsPlain) this.report(session.viewer);
      return { code: this.trouble ? 1 : 0, wantsPlain: this.wantsPlain };
    } finally {
      ignore();
      this.timers.clear();
      session.conduit.abort();
      session.recording?.close();
    }
  }

  private told(event: ViewerEvent): void {
    const { args, security } = this.plan;
    if (security === "tls" && args.tls === "auto" && isPlainWish(event)) this.wantsPlain = true;
    if (this.wantsPlain) return;
    if (event.type === "frame" && args.format === "lines" && this.frames.isFirst(event)) {
      this.line(`${event.windowId === undefined ? "desktop" : `window ${event.windowId}`} seen (${event.path})`);
    }
    this.print(event);
    this.took(event);
    const { viewer } = this.session ?? {};
    const isSeen = this.frames.total > 0 && (args.desktop || (viewer?.windows.windows.size ?? 0) > 0);
    if (isSeen) this.seen();
  }

  /** What there is to be seen comes in parts: what is to be done waits until they are all there. */
  private seen(): void {
    this.isSeen = true;
    if (this.acting || this.leaving) return;
    this.settling ??= performance.now();
    const left = this.settling + longPause - performance.now();
    this.timers.drop(this.quiet);
    this.quiet = this.timers.after(Math.max(0, Math.min(pause, left)), () => this.act());
  }

  private took(event: ViewerEvent): void {
    switch (event.type) {
      case "active":
        this.isActive = true;
        break;
      case "frame":
        this.frames.count(event);
        break;
      case "violation":
        if (isSectionFault(event)) this.sectionFailed();
        break;
      case "connection":
        if (event.event.type === "refused") this.complain(refusalText(event.event.failureCode));
        break;
      case "audioOutput": {
        const { event: sound } = event;
        if (sound.type === "wave") this.session?.act((viewer, now) => viewer.channels.played(sound.serial, now));
        break;
      }
      case "rail":
        if (event.event.type === "execEnded" && event.event.id === firstExec && event.event.execResult !== 0) {
          this.complain(`${this.plan.args.program ?? ""} was not started: ${execResult(event.event.execResult)}`);
        }
        break;
      case "ended":
        this.ending = event;
        break;
      default:
    }
  }

  private act(): void {
    const { deeds, quitAfter } = this.plan.args;
    this.acting = true;
    let at = 0;
    for (const deed of deeds) {
      this.timers.after(at, () => {
        this.undone--;
        let problem: string | undefined;
        this.session?.act((viewer, now) => {
          problem = perform(viewer, deed, now);
        });
        if (problem !== undefined) this.complain(problem);
      });
      at += pause;
    }
    if (quitAfter !== undefined) this.timers.after(at + quitAfter, () => this.leave());
  }

  private waited(): void {
    if (this.isSeen) return;
    this.complain(`nothing was seen in ${this.plan.args.wait / 1000} seconds`);
    this.leave();
  }

  /** The user wants the end. Whoever wants it twice does not wait for the server. */
  private interrupted(): void {
    if (this.leaving) this.session?.conduit.abort();
    else if (!this.isSeen) this.complain("interrupted before anything was seen");
    else if (this.undone > 0) this.complain(`interrupted before all was done: ${this.undone} left to do`);
    this.leave();
  }

  private leave(): void {
    if (this.leaving) return;
    this.leaving = true;
    // What is still to be done is not done to a session that is being left.
    this.timers.clear();
    if (!this.isActive) {
      this.session?.conduit.abort();
      return;
    }
    this.session?.act((viewer, now) => viewer.disconnect(now));
    this.timers.after(farewell, () => this.session?.conduit.abort());
  }

  /** Nobody here wanted the end. Throws `ConduitError` if there was no session. */
  private endedEarly({ state }: Viewer, error: ConduitError | undefined): void {
    // Where the stream failed, its error is the cause; the viewer only knows that nothing comes any more.
    if (error !== undefined && state.phase !== "closed") {
      if (!this.isActive) throw error;
      this.complain(error.message);
      return;
    }
    const { ending } = this;
    if (ending === undefined || this.trouble) return;
    // A server with nothing left to show, as after --close, has done all that was wanted of it.
    if (isLogoff(ending.errorInfo) && this.isSeen && this.undone === 0) return;
    this.complain(`the session ended too early: ${endingText(ending)}`);
  }

  /** Without a folder that was named, pixels may come in other ways: that is no trouble. */
  private sectionFailed(): void {
    if (this.sectionsFailed) return;
    this.sectionsFailed = true;
    const { sections } = this.plan.args;
    const where = sections === undefined ? "where it usually is, and no --sections was given" : `in ${sections}`;
    const line = `the server's shared memory is not ${where}: give --sections the folder that the server has`;
    if (sections === undefined) this.plan.io.complain(line);
    else this.complain(line);
  }

  /** Whoever names a folder wants pixels that come through it. */
  private checkSections(): void {
    const { args, sections } = this.plan;
    if (args.sections === undefined || sections === undefined || this.sectionsFailed) return;
    if (this.frames.total === 0 || this.frames.came("vail")) return;
    this.complain(`no pixels came through the shared memory in ${args.sections}: the server did not use it`);
  }

  /** What was seen in all, and what there is to be seen at the end. */
  private report(viewer: Viewer): void {
    const { args, folder, io } = this.plan;
    this.checkSections();
    if (args.format === "lines") for (const line of this.frames.lines()) io.print(line);
    if (folder === undefined) return;
    for (const windowId of viewer.windows.windows.keys()) {
      const picture = viewer.picture(windowId);
      if (picture === undefined) io.complain(`no picture of window ${windowId}: nothing of it is to be seen`);
      else io.complain(`saved ${folder.write(`window-${windowId}.png`, picturePng(picture))}`);
    }
    const { desktop } = viewer;
    if (desktop !== undefined) io.complain(`saved ${folder.write("desktop.png", picturePng(desktop))}`);
  }

  private print(event: ViewerEvent): void {
    const { args, io } = this.plan;
    if (args.format === "ndjson") io.print(eventJson(this.seconds(), event));
    else if (args.format === "lines") {
      const text = eventText(event);
      if (text !== undefined) this.line(text);
    }
  }

  private line(text: string): void {
    this.plan.io.print(`${this.seconds().toFixed(3).padStart(8)}  ${text}`);
  }

  private complain(line: string): void {
    this.trouble = true;
    this.plan.io.complain(line);
  }

  private seconds(): number {
    return (performance.now() - this.began) / 1000;
  }
}
