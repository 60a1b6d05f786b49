import { expect, test } from "vitest";
import type { Side } from "../testing/clipboard-app.js";
import {
  brief,
  caps,
  everything,
  fail,
  files,
  list,
  ok,
  ready,
  received,
  story,
  text,
} from "../testing/clipboard-story.js";
import { cliprdrRules, fileRangeRequest, type CliprdrInput, type CliprdrOptions, type CliprdrRule } from "./index.js";

interface Example {
  readonly inputs: readonly CliprdrInput[];
  readonly by?: "peer" | "local";
  readonly side?: Side;
  readonly options?: Partial<CliprdrOptions>;
  /** What follows the violation. */
  readonly after?: readonly string[];
  /** Nothing comes of it. */
  readonly same?: boolean;
}

const opened: CliprdrInput = { type: "opened" };
const ask = (requestId: number, formatId = text.formatId): CliprdrInput => ({
  type: "request",
  requestId,
  formatId,
  now: 0,
});
const askFile = (requestId: number, length?: number): CliprdrInput => ({
  type: "requestFile",
  requestId,
  lindex: 0,
  ...(length === undefined ? {} : { range: { position: 0n, length } }),
  now: 0,
});
const wanted = (formatId: number): CliprdrInput => received("formatDataRequest", { requestedFormatId: formatId });
const bytes = (size: number): Uint8Array => new Uint8Array(size);
const data = (size: number, msgFlags = ok): CliprdrInput =>
  received("formatDataResponse", { msgFlags, requestedFormatData: bytes(size) });
const file = (streamId: number, size: number): CliprdrInput =>
  received("fileContentsResponse", { msgFlags: ok, streamId, requestedFileContentsData: bytes(size) });
const fileWanted = (lindex: number, clipDataId?: number): CliprdrInput =>
  received("fileContentsRequest", fileRangeRequest({ streamId: 5, lindex, clipDataId }, { position: 0n, length: 4 }));
const lock = (clipDataId: number): CliprdrInput => received("lockClipData", { clipDataId });
const offer: CliprdrInput = { type: "offer", formats: [text, files] };
const accepted = received("formatListResponse", { msgFlags: ok });
const provide = (requestId: number): CliprdrInput => ({ type: "provide", requestId, data: bytes(1), now: 0 });
const server = ready("server");
/** The server's files can be asked for. */
const shown: CliprdrInput[] = [...server, offer, accepted, wanted(files.formatId), provide(1)];

const examples: Readonly<Record<CliprdrRule, readonly Example[]>> = {
  "not-open": [
    { inputs: [list([])], same: true, after: [] },
    { inputs: [provide(1)], by: "local", same: true, after: [] },
    { inputs: [offer, { type: "lock", clipDataId: 1 }], by: "local", same: true, after: [] },
    { inputs: [ask(1)], by: "local", same: true, after: ["failed: closed"] },
  ],
  "already-open": [{ inputs: [opened, opened], by: "local", same: true, after: [] }],
  "not-ready": [
    { inputs: [opened, list([])], side: "client", after: ["send formatListResponse ok", "offered"] },
    { inputs: [opened, caps(everything), { type: "lock", clipDataId: 1 }], by: "local", same: true },
  ],
  "wrong-direction": [
    { inputs: [opened, received("monitorReady", {})], same: true, after: [] },
    { inputs: [opened, received("tempDirectory", { wszTempDir: "C:\\" })], side: "client", same: true, after: [] },
  ],
  "ready-again": [
    {
      inputs: [...ready("client"), ask(1), received("monitorReady", {})],
      side: "client",
      after: ["failed: closed", "offered", "send clipCaps", "ready", "send formatListLong", "wake"],
    },
  ],
  "caps-again": [{ inputs: [opened, caps(0), caps(2)], after: [] }],
  "caps-late": [{ inputs: [opened, list([]), caps(2)], after: ["ready"] }],
  "not-negotiated": [
    { inputs: [opened, list([]), lock(1)], after: ["locked"] },
    { inputs: [opened, list([]), fileWanted(0)], same: true },
    { inputs: [opened, list([]), { type: "lock", clipDataId: 1 }], by: "local", same: true, after: [] },
    { inputs: [opened, list([files]), askFile(1)], by: "local", same: true, after: ["failed: not-negotiated"] },
  ],
  "list-form": [
    { inputs: [opened, caps(0), list([text])], after: ["ready", "send formatListResponse ok", "offered"] },
    {
      inputs: [...server, received("formatListShort", { formats: [text] })],
      after: ["send formatListResponse ok", "offered"],
    },
  ],
  "too-many-formats": [
    {
      inputs: [...server, ask(1), list([text, text, text])],
      options: { maxFormats: 2 },
      after: ["failed: replaced", "send formatListResponse fail", "offered", "wake"],
    },
  ],
  unreadable: [
    {
      inputs: [...server, { type: "unreadable", msgType: 2, now: 0 }],
      after: ["send formatListResponse fail", "offered"],
    },
    {
      inputs: [...server, { type: "unreadable", msgType: 4, now: 0 }],
      same: true,
      after: ["send formatDataResponse fail"],
    },
    { inputs: [...server, ask(1), { type: "unreadable", msgType: 5, now: 0 }], after: ["failed: malformed", "wake"] },
    { inputs: [...server, { type: "unreadable", msgType: undefined, now: 0 }], same: true, after: [] },
  ],
  "unasked-list-response": [{ inputs: [...server, accepted], same: true, after: [] }],
  "list-silence": [{ inputs: [...server, offer, list([]), { type: "tick", now: 20_000 }], after: ["wake"] }],
  "unasked-answer": [
    { inputs: [...server, data(1)], same: true, after: [] },
    { inputs: [...server, askFile(1), file(7, 1)], same: true, after: [] },
  ],
  "answer-flags": [
    { inputs: [...server, ask(1), data(1, 0)], after: ["received", "wake"] },
    { inputs: [...server, ask(1), data(1, ok | fail)], after: ["failed: refused", "wake"] },
    { inputs: [...server, offer, received("formatListResponse", {})], after: ["offerAnswered"] },
  ],
  "answer-size": [{ inputs: [...server, askFile(1), file(1, 4)], after: ["failed: malformed", "wake"] }],
  "answer-too-long": [{ inputs: [...server, askFile(1, 4), file(1, 5)], after: ["failed: too-large", "wake"] }],
  "format-not-offered": [{ inputs: [...server, wanted(13)], same: true, after: ["send formatDataResponse fail"] }],
  "files-not-offered": [{ inputs: [...server, fileWanted(0)], same: true, after: ["send fileContentsResponse fail"] }],
  "file-request": [
    { inputs: [...shown, fileWanted(-1)], same: true, after: ["send fileContentsResponse fail"] },
    {
      inputs: [...shown, received("fileContentsRequest", { ...request(), dwFlags: 3 })],
      same: true,
      after: ["send fileContentsResponse fail"],
    },
    {
      inputs: [...shown, received("fileContentsRequest", { ...request(), dwFlags: 0 })],
      same: true,
      after: ["send fileContentsResponse fail"],
    },
  ],
  "too-many-requests": [
    { inputs: [...server, offer, accepted, wanted(13), wanted(13), wanted(13)], options: { maxWanted: 2 }, after: [] },
    {
      inputs: [...shown, fileWanted(0), fileWanted(0)],
      options: { maxWanted: 1 },
      same: true,
      after: ["send fileContentsResponse fail"],
    },
    {
      inputs: [...server, ask(1), ask(2), ask(3)],
      options: { maxQueued: 1 },
      by: "local",
      same: true,
      after: ["failed: queue-full"],
    },
    {
      inputs: [...server, askFile(1), askFile(2), askFile(3)],
      options: { maxQueued: 1 },
      by: "local",
      same: true,
      after: ["failed: queue-full"],
    },
  ],
  "too-many-locks": [
    { inputs: [...server, lock(1), lock(2)], options: { maxLocks: 1 }, after: ["unlocked", "locked"] },
    { inputs: [...server, lock(1)], options: { maxLocks: 0 }, same: true, after: [] },
    {
      inputs: [...server, { type: "lock", clipDataId: 1 }],
      options: { maxLocks: 0 },
      by: "local",
      same: true,
      after: [],
    },
  ],
  "lock-id-in-use": [
    { inputs: [...server, lock(1), offer, accepted, lock(1)], after: ["unlocked", "locked"] },
    {
      inputs: [...server, { type: "lock", clipDataId: 1 }, { type: "lock", clipDataId: 1 }],
      by: "local",
      same: true,
      after: [],
    },
  ],
  "lock-unknown": [
    { inputs: [...server, received("unlockClipData", { clipDataId: 1 })], same: true, after: [] },
    { inputs: [...shown, fileWanted(0, 3)], same: true, after: ["send fileContentsResponse fail"] },
    { inputs: [...server, { type: "unlock", clipDataId: 1 }], by: "local", same: true, after: [] },
    {
      inputs: [...server, { type: "requestFile", requestId: 1, lindex: 0, clipDataId: 1, now: 0 }],
      by: "local",
      same: true,
      after: ["failed: not-locked"],
    },
  ],
  "request-id-in-use": [{ inputs: [...server, ask(1), askFile(1)], by: "local", same: true, after: [] }],
  "file-range": [
    { inputs: [...server, askFile(1, 0)], by: "local", same: true, after: ["failed: out-of-range"] },
    {
      inputs: [...server, askFile(1, 9)],
      options: { maxFileChunk: 8 },
      by: "local",
      same: true,
      after: ["failed: out-of-range"],
    },
    { inputs: [...server, askFile(1, 1.5)], by: "local", same: true, after: ["failed: out-of-range"] },
  ],
  "not-wanted": [
    { inputs: [...server, provide(1)], by: "local", same: true, after: [] },
    {
      inputs: [...server, { type: "provideFile", requestId: 1, content: 1n, now: 0 }],
      by: "local",
      same: true,
      after: [],
    },
  ],
  "wrong-answer": [5n, bytes(5)].map((content) => ({
    inputs: [...shown, fileWanted(0), { type: "provideFile", requestId: 2, content, now: 0 }],
    by: "local",
    same: true,
    after: [],
  })),
};

function request() {
  return fileRangeRequest({ streamId: 5, lindex: 0 }, { position: 0n, length: 4 });
}

const rules = Object.keys(cliprdrRules) as CliprdrRule[];

test.each(rules.flatMap((rule) => examples[rule].map((example, index) => ({ rule, index, example }))))(
  "rule $rule, example $index",
  ({ rule, example }) => {
    const { inputs, side = "server", by = "peer", options = {}, same = false, after } = example;
    const told = story(side, inputs, options);
    const said = brief(told);
    const at = said.indexOf(`${by}: ${rule}`);
    expect(said).toContain(`${by}: ${rule}`);
    expect(told.state === told.before).toBe(same);
    if (after !== undefined) expect(said.slice(at + 1)).toEqual(after);
    expect(told.outputs.find((output) => output.type === "violation" && output.rule === rule)).toMatchObject({
      message: cliprdrRules[rule],
    });
  },
);
