import { cliprdrOptions, featuresOf, type CliprdrFeatures, type CliprdrOptions } from "./cliprdr-options.js";
import type { FileRange } from "./file-range.js";
import { emptyLane, type Lane } from "./request-lane.js";

/** A format of an offer. A format without a name has the empty string. */
export interface ClipboardFormat {
  readonly formatId: number;
  readonly formatName: string;
}

/** An offer of this end that may still be asked for. */
export interface Offer {
  readonly offerId: number;
  readonly formats: readonly ClipboardFormat[];
  /** The peer has read the list of its files, so that their numbers mean this list. */
  readonly listed: boolean;
}

/** A lock of the peer's, and the offer that it keeps. */
export interface OfferLock {
  readonly clipDataId: number;
  readonly offerId: number;
}

/** Data that the application is to provide. */
export interface WantedData {
  readonly requestId: number;
  readonly formatId: number;
  /** When it fails. */
  readonly deadline: number;
}

/** The size or bytes of a file that the application is to provide. */
export interface WantedFile {
  readonly requestId: number;
  readonly streamId: number;
  readonly offerId: number;
  /** Bytes at most; undefined if it is the size that is wanted. */
  readonly length: number | undefined;
  readonly deadline: number;
}

/** What this end offers, and what the peer wants of it. */
export interface Serving {
  /** The newest, whether the channel is open or not; number 0, without formats, before there is one. */
  readonly offer: Offer;
  /** Older ones that are locked. */
  readonly kept: readonly Offer[];
  /** The peer could not take the newest. */
  readonly refused: boolean;
  /** Format lists without a response. */
  readonly unanswered: number;
  /** When they are forgotten; undefined until an input tells the time. */
  readonly listDeadline: number | undefined;
  readonly locks: readonly OfferLock[];
  /** Answers with data have no number: they go out in the order of the requests, so one is wanted at a time. */
  readonly data: WantedData | undefined;
  /** The formats that are asked for after that; undefined: it is not offered, and fails when it is its turn. */
  readonly queued: readonly (number | undefined)[];
  /** Failures that the peer gets after that, for requests beyond the bound. */
  readonly owed: number;
  readonly files: readonly WantedFile[];
  readonly nextRequestId: number;
}

export interface DataAsk {
  readonly requestId: number;
  readonly formatId: number;
  /** The largest answer in bytes. */
  readonly limit: number;
}

export interface FileAsk {
  readonly requestId: number;
  readonly streamId: number;
  readonly lindex: number;
  /** Undefined: the size. */
  readonly range: FileRange | undefined;
  readonly clipDataId: number | undefined;
}

/** What the peer offers, and what is asked of it. */
export interface Asking {
  /** Undefined until the first list. */
  readonly offered: readonly ClipboardFormat[] | undefined;
  readonly data: Lane<DataAsk>;
  readonly files: Lane<FileAsk>;
  /** The locks that are set at the peer. */
  readonly locks: readonly number[];
  readonly nextStreamId: number;
}

/** One end of the channel. It does not hold any data: that passes through. */
export interface CliprdrState {
  readonly phase: "closed" | "waiting" | "ready";
  readonly options: CliprdrOptions;
  /** What the peer announced. */
  readonly peerFlags: number | undefined;
  readonly serving: Serving;
  readonly asking: Asking;
}

/** Before anything was offered or wanted. */
export const noServing: Serving = {
  offer: { offerId: 0, formats: [], listed: false },
  kept: [],
  refused: false,
  unanswered: 0,
  listDeadline: undefined,
  locks: [],
  data: undefined,
  queued: [],
  owed: 0,
  files: [],
  nextRequestId: 1,
};

/** Before anything was offered by the peer. */
export const noAsking: Asking = { offered: undefined, data: emptyLane, files: emptyLane, locks: [], nextStreamId: 1 };

/** An end before the channel is open. */
export const cliprdrState = (options: Partial<CliprdrOptions>): CliprdrState => ({
  phase: "closed",
  options: cliprdrOptions(options),
  peerFlags: undefined,
  serving: noServing,
  asking: noAsking,
});

/** What both sides announced so far. */
export const cliprdrFeatures = ({ options, peerFlags }: CliprdrState): CliprdrFeatures =>
  featuresOf(options.generalFlags & (peerFlags ?? 0));

export const withServing = (state: CliprdrState, changes: Partial<Serving>): CliprdrState => ({
  ...state,
  serving: { ...state.serving, ...changes },
});

export const withAsking = (state: CliprdrState, changes: Partial<Asking>): CliprdrState => ({
  ...state,
  asking: { ...state.asking, ...changes },
});
