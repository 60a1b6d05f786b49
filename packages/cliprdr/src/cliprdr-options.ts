import { ClipboardGeneralFlags } from "./pdu/clip-caps.js";

/** What an end announces and allows. Times are in milliseconds and may be `Infinity`; sizes are in bytes. */
export interface CliprdrOptions {
  /** What this end announces: {@link ClipboardGeneralFlags}. */
  readonly generalFlags: number;
  /**
   * `wslg`: only locks are announced unless `generalFlags` says otherwise; names in a short list may
   * take all 16 units, without a NUL, so that "Rich Text Format" can be told; a lock that is set a
   * second time is taken as its unlock, because the server of FreeRDP 2 sends no other.
   */
  readonly compat?: "wslg";
  /** What the client sends as its temporary directory, at most 259 units; none by default. */
  readonly tempDirectory?: string;
  /** How long the peer may take to answer a request, from the time it was sent, or to respond to a format list. */
  readonly answerTimeout: number;
  /**
   * How long after that a late answer is waited for, and nothing else is asked in its place: answers
   * with data have no number, so the late one would pass for the answer to the next request. The
   * same goes for format lists: their responses are counted, until none came for both times.
   */
  readonly lateTimeout: number;
  /** How long the application may take to provide what is wanted; then the peer gets a failure. */
  readonly provideTimeout: number;
  /** The largest answer to a request of data, unless the request has a limit of its own. */
  readonly maxDataSize: number;
  /** The largest run of bytes of a file in one message, in both directions. */
  readonly maxFileChunk: number;
  /** Formats that a peer may offer. */
  readonly maxFormats: number;
  /** Requests of data that are on their way at a time. */
  readonly dataInFlight: number;
  /** Requests of files that are on their way at a time. */
  readonly filesInFlight: number;
  /** Own requests that wait until they can be sent: this many of data, and this many of files. */
  readonly maxQueued: number;
  /**
   * Requests of the peer that wait for the application: this many of data, and this many of files. As many of data
   * again fail in their turn; with one more all of them fail at once.
   */
  readonly maxWanted: number;
  /** Locks that each side may have set. */
  readonly maxLocks: number;
}

const all = Object.values(ClipboardGeneralFlags).reduce((flags, flag) => flags | flag, 0);

/** FreeRDP gives up after 10 s, so what the application does not provide fails before that. */
const usualOptions: CliprdrOptions = {
  generalFlags: all,
  answerTimeout: 10_000,
  lateTimeout: 10_000,
  provideTimeout: 8000,
  maxDataSize: 64 << 20,
  maxFileChunk: 4 << 20,
  maxFormats: 1024,
  dataInFlight: 1,
  filesInFlight: 1,
  maxQueued: 32,
  maxWanted: 32,
  maxLocks: 16,
};

export function cliprdrOptions(given: Partial<CliprdrOptions>): CliprdrOptions {
  const announced = given.compat === "wslg" ? { generalFlags: ClipboardGeneralFlags.canLockClipdata } : {};
  return { ...usualOptions, ...announced, ...given };
}

/** What both sides announced: [MS-RDPECLIP] 2.2.2.1.1.1. */
export interface CliprdrFeatures {
  /** Format lists have the long form. */
  readonly longNames: boolean;
  /** Files can be copied. */
  readonly files: boolean;
  /** Names in a file list have no path of their source. */
  readonly noFilePaths: boolean;
  readonly locks: boolean;
  /** Files of 4 GiB and more. */
  readonly hugeFiles: boolean;
}

export function featuresOf(flags: number): CliprdrFeatures {
  const has = (flag: keyof typeof ClipboardGeneralFlags): boolean => (flags & ClipboardGeneralFlags[flag]) !== 0;
  return {
    longNames: has("useLongFormatNames"),
    files: has("streamFileclipEnabled"),
    noFilePaths: has("fileclipNoFilePaths"),
    locks: has("canLockClipdata"),
    hugeFiles: has("hugeFileSupportEnabled"),
  };
}
