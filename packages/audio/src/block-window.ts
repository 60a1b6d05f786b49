import { figuresOf, noSamples, withSample, type LatencyReport, type Samples } from "./latency.js";

/** Block numbers are one byte and wrap. */
const blockNumbers = 256;

/** What a confirm of the client meant. */
export type Confirmed =
  /** The first one of a block: it arrived. */
  | { readonly kind: "received"; readonly latency: number }
  /** The second one: it was played. */
  | { readonly kind: "played"; readonly latency: number }
  /** A block that was not sent, or was confirmed twice already: it counts for nothing. */
  | { readonly kind: "unexpected" };

/** The latest block that was sent with its number. */
interface SentBlock {
  /** How many were sent before it. */
  readonly order: number;
  readonly submitted: number;
  /** As the message has it. */
  readonly wTimeStamp: number;
  /** When a client that plays what it gets, one block after the other, is done with it. */
  readonly ends: number;
  readonly confirms: 0 | 1 | 2;
  /** Its credit is out. */
  readonly inFlight: boolean;
  /** Sent before the last reset: its times say nothing about now. */
  readonly stale: boolean;
}

/**
 * Latency and flow of audio output: which blocks are on their way, how long they take to arrive and to be
 * played. Clients confirm a block once, twice (see `WaveConfirm`) or never. There is no clock: times are handed
 * in, in milliseconds, and need not start at 0. It is plain data that never changes, of 256 blocks.
 */
export interface BlockWindow {
  /** By number. */
  readonly blocks: readonly (SentBlock | undefined)[];
  /**
   * The confirm that takes a block out of flight: the only one, as [MS-RDPEA] 3.2.5.2.1.6 has it, until the client
   * confirms a block twice; then the second, which says that it was played. WSLg's server waits for the second from
   * the beginning: from a client that confirms once it gets no block back.
   */
  readonly confirmsNeeded: 1 | 2;
  /** Blocks submitted and not yet back, 0 to 256; for flow control. */
  readonly inFlight: number;
  readonly sent: number;
  /** When a client that plays what it gets is done with all of it. */
  readonly playedUntil: number;
  /** When the last confirm came that takes a block out of flight. */
  readonly lastBack: number;
  /** A block had to come back by time, and no such confirm came since: none is waited for. */
  readonly late: boolean;
  readonly network: Samples;
  readonly played: Samples;
  /** That of the last report. */
  readonly latency: number;
}

/** A window in which nothing was sent. */
export const blockWindow = (confirmsNeeded: 1 | 2 = 1): BlockWindow => ({
  blocks: Array.from({ length: blockNumbers }, () => undefined),
  confirmsNeeded,
  inFlight: 0,
  sent: 0,
  playedUntil: -Infinity,
  lastBack: -Infinity,
  late: false,
  network: noSamples,
  played: noSamples,
  latency: 0,
});

/** The block number after this one. */
export const blockAfter = (blockNo: number): number => (blockNo + 1) % blockNumbers;

export const isInFlight = (window: BlockWindow, blockNo: number): boolean =>
  window.blocks[blockNo % blockNumbers]?.inFlight === true;

/**
 * A block is sent, or its data was handed over, at this time; it plays for `duration`. If its number is
 * still in flight from 256 blocks ago, that older block is given up.
 */
export function withBlock(window: BlockWindow, blockNo: number, at: number, duration = 0, wTimeStamp = 0): BlockWindow {
  const playedUntil = Math.max(at, window.playedUntil) + duration;
  const block: SentBlock = {
    order: window.sent,
    submitted: at,
    wTimeStamp,
    ends: playedUntil,
    confirms: 0,
    inFlight: true,
    stale: false,
  };
  const inFlight = window.inFlight + (isInFlight(window, blockNo) ? 0 : 1);
  return {
    ...window,
    blocks: window.blocks.with(blockNo % blockNumbers, block),
    inFlight,
    sent: window.sent + 1,
    playedUntil,
  };
}

/**
 * The client confirmed a block at this time. If that takes the block out of flight, it takes those out that were sent
 * before it: they are played in order.
 */
export function confirmBlock(
  window: BlockWindow,
  blockNo: number,
  at: number,
): { readonly window: BlockWindow; readonly confirmed: Confirmed } {
  const index = blockNo % blockNumbers;
  const block = window.blocks[index];
  if (block === undefined || block.confirms === 2) return { window, confirmed: { kind: "unexpected" } };
  const kind = block.confirms === 0 ? "received" : "played";
  const confirms = kind === "received" ? 1 : 2;
  const latency = at - block.submitted;
  const measure = (samples: Samples): Samples => (block.stale ? samples : withSample(samples, latency));
  const counted: BlockWindow = {
    ...window,
    blocks: window.blocks.with(index, { ...block, confirms }),
    ...(kind === "received"
      ? { network: measure(window.network) }
      : { played: measure(window.played), confirmsNeeded: 2 }),
  };
  const confirmed = { kind, latency } as const;
  if (confirms < counted.confirmsNeeded) return { window: counted, confirmed };
  const without = back(counted, ({ order }) => order <= block.order);
  return { window: { ...without, lastBack: at, late: false }, confirmed };
}

/** The blocks for which it holds are in flight no more. */
function back(window: BlockWindow, holds: (block: SentBlock) => boolean): BlockWindow {
  let { inFlight } = window;
  const blocks = window.blocks.map((block) => {
    if (block === undefined || !block.inFlight || !holds(block)) return block;
    inFlight--;
    return { ...block, inFlight: false };
  });
  return { ...window, blocks, inFlight };
}

/** A client whose confirms keep coming has time. */
const overdueAt = ({ lastBack, late }: BlockWindow, block: SentBlock, grace: number): number =>
  Math.max(block.ends, lastBack) + (late ? 0 : grace);

/**
 * Without the blocks that should have been played `grace` ago; the same window if there are none. From then on a block
 * comes back when it should have been played, until confirms come again.
 */
export function withoutOverdue(window: BlockWindow, now: number, grace: number): BlockWindow {
  if (nextOverdue(window, grace) > now) return window;
  const late = { ...window, late: true };
  return back(late, (block) => overdueAt(late, block, grace) <= now);
}

/** When the next block is overdue; Infinity if nothing is in flight. */
export function nextOverdue(window: BlockWindow, grace: number): number {
  let next = Infinity;
  if (window.inFlight === 0) return next;
  for (const block of window.blocks)
    if (block?.inFlight === true) next = Math.min(next, overdueAt(window, block, grace));
  return next;
}

/** The figures since the last report; the next one starts anew. */
export function reportLatency(window: BlockWindow): {
  readonly window: BlockWindow;
  readonly report: LatencyReport;
} {
  const [network, played] = [figuresOf(window.network), figuresOf(window.played)];
  let { latency } = window;
  if (played !== undefined && network !== undefined) {
    if (played.mean > network.mean) latency = played.mean - network.mean;
  } else if (network !== undefined && window.confirmsNeeded === 1) latency = network.mean;
  return {
    window: { ...window, network: noSamples, played: noSamples, latency },
    report: { network, played, latency },
  };
}

/**
 * Forgets all samples, and ignores those of blocks that are on their way: playing starts anew. They still come
 * back.
 */
export const withLatencyReset = (window: BlockWindow): BlockWindow => ({
  ...window,
  blocks: window.blocks.map((block) => (block === undefined ? undefined : { ...block, stale: true })),
  network: noSamples,
  played: noSamples,
  latency: 0,
});
