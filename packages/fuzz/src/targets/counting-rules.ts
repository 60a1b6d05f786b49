/**
 * Rules of machines after whose violation the state may be another one: of what was received something counts all
 * the same, as the tables of rules say, or a wait is over. After any other one the state is the same object.
 */
export const countingRules = {
  rail: new Set(["results-forgotten", "handshake-silence", "status-again"]),
  gfxredir: new Set(["acks-forgotten"]),
  // An acknowledgement that comes twice still tells how long the client's queue is.
  egfx: new Set(["ack-unknown", "ack-overdue", "never-acknowledges"]),
  cliprdr: new Set([
    "answer-flags",
    "answer-too-long",
    "caps-again",
    "caps-late",
    // While another request waits, the failure that this one gets is owed.
    "format-not-offered",
    "list-form",
    "list-silence",
    "lock-id-in-use",
    "not-negotiated",
    "not-ready",
    "ready-again",
    "too-many-locks",
    "too-many-requests",
  ]),
  // What is in a block counts for the numbers of those that follow.
  sound: new Set([
    "after-close",
    "block-number",
    "block-reused",
    "format-not-offered",
    "format-unknown",
    "not-confirmed",
    "not-ready",
    "second-half-alone",
    "second-half-missing",
    "setting-unsupported",
    "too-many-formats",
    "training-unanswered",
    "wave-size",
  ]),
  // Whatever comes after an announcement ends it.
  audioInput: new Set(["format-unasked", "nothing-announced", "not-announced", "out-of-sequence"]),
  display: new Set<string>(),
  // A message that is refused may still begin or end a list.
  applist: new Set([
    "app-twice",
    "field-missing",
    "icon-too-big",
    "sync-again",
    "sync-not-started",
    "text-forbidden",
    "text-too-long",
    "too-many-apps",
    "too-many-icon-bytes",
  ]),
} as const;
