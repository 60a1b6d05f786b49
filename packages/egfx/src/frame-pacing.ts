import type { EgfxRule } from "./egfx-machine.js";
import { QueueDepth, type FrameAcknowledge } from "./pdu/frame.js";

/** A frame that the client has not acknowledged. */
export interface OutstandingFrame {
  readonly frameId: number;
  /** When it is not waited for any more, in milliseconds on the caller's clock. */
  readonly dueAt: number;
}

/** Which frames are waited for: a set and not a counter, [MS-RDPEGFX] 3.2.1.2. */
export interface FramePacing {
  /**
   * `wanted`: each frame is waited for. `suspended`: the client said that it acknowledges none. `waived`: it
   * never did, without a word. In the last two no frame is waited for, until one is acknowledged.
   */
  readonly acknowledgements: "wanted" | "suspended" | "waived";
  /** In the order in which they were sent. */
  readonly outstanding: readonly OutstandingFrame[];
  /** The latest frames that are not waited for, and whose acknowledgement may still come. */
  readonly unawaited: readonly number[];
  /** How many more there were; as many acknowledgements of unknown frames are no surprise. */
  readonly forgotten: number;
  readonly acknowledgedAny: boolean;
  /** The last one stated, in bytes; 0 if the client gives none. */
  readonly queueDepth: number;
}

export const freshPacing: FramePacing = {
  acknowledgements: "wanted",
  outstanding: [],
  unawaited: [],
  forgotten: 0,
  acknowledgedAny: false,
  queueDepth: QueueDepth.unavailable,
};

export interface PacingOptions {
  /** Frames that may wait for their acknowledgement. WSLg: 2. */
  readonly maxFrames: number;
  /** With more bytes than this in the client's queue, one frame waits at most. */
  readonly maxQueueDepth: number;
  /** Milliseconds after which a frame's acknowledgement is not waited for any more. */
  readonly acknowledgeTimeout: number;
  /** Frames that are not waited for and whose acknowledgement is still known. */
  readonly maxUnawaited: number;
}

/** Whether one more frame may be sent now. */
export function mayBegin({ acknowledgements, outstanding, queueDepth }: FramePacing, options: PacingOptions): boolean {
  if (acknowledgements !== "wanted") return true;
  const allowed = queueDepth > options.maxQueueDepth ? Math.min(1, options.maxFrames) : options.maxFrames;
  return outstanding.length < allowed;
}

export const isOutstanding = ({ outstanding }: FramePacing, frameId: number): boolean =>
  outstanding.some((frame) => frame.frameId === frameId);

export function frameSent(pacing: FramePacing, frameId: number, now: number, options: PacingOptions): FramePacing {
  if (pacing.acknowledgements !== "wanted") return withUnawaited(pacing, [frameId], options);
  const frame: OutstandingFrame = { frameId, dueAt: now + options.acknowledgeTimeout };
  return { ...pacing, outstanding: [...pacing.outstanding, frame] };
}

function withUnawaited(pacing: FramePacing, frameIds: readonly number[], options: PacingOptions): FramePacing {
  const all = [...pacing.unawaited, ...frameIds];
  const surplus = Math.max(0, all.length - options.maxUnawaited);
  return { ...pacing, unawaited: all.slice(surplus), forgotten: pacing.forgotten + surplus };
}

/** Adds the rules that the client broke by not acknowledging in time. */
export function framesOverdue(
  pacing: FramePacing,
  now: number,
  options: PacingOptions,
  faults: EgfxRule[],
): FramePacing {
  const overdue = pacing.outstanding.filter(({ dueAt }) => dueAt <= now);
  if (overdue.length === 0) return pacing;
  const waived = !pacing.acknowledgedAny;
  faults.push(...(waived ? (["never-acknowledges"] as const) : overdue.map(() => "ack-overdue" as const)));
  const gone = waived ? pacing.outstanding : overdue;
  const next = withUnawaited(
    pacing,
    gone.map(({ frameId }) => frameId),
    options,
  );
  const outstanding = waived ? [] : pacing.outstanding.filter((frame) => !overdue.includes(frame));
  return { ...next, outstanding, acknowledgements: waived ? "waived" : pacing.acknowledgements };
}

/** Adds a rule if the frame was not known. */
export function frameAcknowledged(
  pacing: FramePacing,
  ack: FrameAcknowledge,
  options: PacingOptions,
  faults: EgfxRule[],
): FramePacing {
  const known = withoutFrame(pacing, ack.frameId);
  const surprising = known === undefined && pacing.forgotten === 0;
  if (surprising) faults.push("ack-unknown");
  if (ack.queueDepth === QueueDepth.suspendFrameAcknowledgement) return suspended(known ?? pacing, options);
  if (surprising) return pacing;
  const next = known ?? { ...pacing, forgotten: pacing.forgotten - 1 };
  const { queueDepth } = ack;
  if (next.acknowledgements === "wanted") return { ...next, acknowledgedAny: true, queueDepth };
  // Frames before this one go without; those after it will be acknowledged.
  const unawaited = pacing.unawaited.slice(pacing.unawaited.indexOf(ack.frameId) + 1);
  const forgotten = known === undefined ? next.forgotten : 0;
  return { ...next, acknowledgements: "wanted", unawaited, forgotten, acknowledgedAny: true, queueDepth };
}

/** What was outstanding is not waited for; the client may take up its acknowledgements with any of it. 3.2.5.13. */
function suspended(pacing: FramePacing, options: PacingOptions): FramePacing {
  const { outstanding } = pacing;
  const next = withUnawaited(
    pacing,
    outstanding.map(({ frameId }) => frameId),
    options,
  );
  const { unavailable } = QueueDepth;
  return { ...next, acknowledgements: "suspended", outstanding: [], acknowledgedAny: true, queueDepth: unavailable };
}

/** Undefined if the frame is not known. */
function withoutFrame(pacing: FramePacing, frameId: number): FramePacing | undefined {
  const { outstanding, unawaited } = pacing;
  const index = outstanding.findIndex((frame) => frame.frameId === frameId);
  if (index >= 0) return { ...pacing, outstanding: outstanding.toSpliced(index, 1) };
  const late = unawaited.indexOf(frameId);
  return late < 0 ? undefined : { ...pacing, unawaited: unawaited.toSpliced(late, 1) };
}
