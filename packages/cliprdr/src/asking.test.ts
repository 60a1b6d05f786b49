import { describe, expect, test } from "vitest";
import { brief, fail, files, list, ok, ready, received, story, text } from "../testing/clipboard-story.js";
import type { CliprdrInput, CliprdrOptions } from "./index.js";

const ask = (requestId: number, now = 0, limit?: number): CliprdrInput => ({
  type: "request",
  requestId,
  formatId: 13,
  now,
  ...(limit === undefined ? {} : { limit }),
});
const data = (size: number, now = 0, msgFlags = ok): CliprdrInput =>
  received("formatDataResponse", { msgFlags, requestedFormatData: new Uint8Array(size) }, now);
const askFile = (requestId: number, position?: bigint, clipDataId?: number): CliprdrInput => ({
  type: "requestFile",
  requestId,
  lindex: 2,
  ...(position === undefined ? {} : { range: { position, length: 8 } }),
  ...(clipDataId === undefined ? {} : { clipDataId }),
  now: 0,
});
const file = (streamId: number, size: number): CliprdrInput =>
  received("fileContentsResponse", { msgFlags: ok, streamId, requestedFileContentsData: new Uint8Array(size) });
const tick = (now: number): CliprdrInput => ({ type: "tick", now });
const client = ready("client");
const last = (inputs: readonly CliprdrInput[], options: Partial<CliprdrOptions> = {}) =>
  story("client", [...client, ...inputs], options).outputs;
const said = (inputs: readonly CliprdrInput[], options: Partial<CliprdrOptions> = {}) =>
  brief({ outputs: last(inputs, options) });

describe("data of the peer", () => {
  test("is asked for one after the other by default; more can be on their way", () => {
    expect(last([ask(1)])).toEqual([
      { type: "send", message: { message: "formatDataRequest", value: { msgFlags: 0, requestedFormatId: 13 } } },
      { type: "wake", at: 10_000 },
    ]);
    expect(said([ask(1), ask(2)])).toEqual([]);
    expect(said([ask(1), ask(2), data(1, 7)])).toEqual(["received", "send formatDataRequest", "wake"]);
    expect(said([ask(1), ask(2)], { dataInFlight: 2 })).toEqual(["send formatDataRequest"]);
    const two = last([ask(1), ask(2), data(1), data(2)], { dataInFlight: 2 });
    expect(two[0]).toMatchObject({ type: "received", requestId: 2, data: new Uint8Array(2) });
  });

  test("is refused, not offered, or larger than the limit of the request or of the caller", () => {
    expect(said([ask(1), data(1, 0, fail)])).toEqual(["failed: refused", "wake"]);
    expect(said([{ ...ask(1), formatId: 99 } as CliprdrInput])).toEqual(["failed: not-offered"]);
    expect(last([ask(1, 0, 4), data(5)])[0]).toEqual({ type: "failed", requestId: 1, reason: "too-large", size: 5 });
    expect(last([ask(1), data(5)], { maxDataSize: 4 })[0]).toMatchObject({ reason: "too-large" });
    expect(said([ask(1, 0, 5), data(5)], { maxDataSize: 4 })[0]).toBe("received");
  });

  test("is given up after a time; a late answer is told from the answer to the next request", () => {
    const options = { answerTimeout: 100, lateTimeout: 50 };
    expect(said([ask(1), ask(2), tick(100)], options)).toEqual(["failed: timed-out", "wake"]);
    expect(last([ask(1), ask(2), tick(100)], options).at(-1)).toEqual({ type: "wake", at: 150 });
    const late = last([ask(1), ask(2), tick(100), data(6, 120)], options);
    expect(late[0]).toEqual({ type: "late", requestId: 1, size: 6 });
    expect(brief({ outputs: late })).toEqual(["late", "send formatDataRequest", "wake"]);
    expect(late.at(-1)).toEqual({ type: "wake", at: 220 });
    // An answer that never comes does not hold up the others for ever.
    expect(said([ask(1), ask(2), tick(100), tick(150)], options)).toEqual(["send formatDataRequest", "wake"]);
    expect(said([ask(1), tick(100), tick(150), data(1, 160)], options)).toEqual(["peer: unasked-answer"]);
    expect(said([ask(1), ask(2), tick(200)], options)).toEqual(["failed: timed-out", "send formatDataRequest", "wake"]);
  });

  test("of an offer that was replaced is given up, and its answer is not taken for another's", () => {
    const inputs = [ask(1), ask(2), list([text])];
    expect(said(inputs)).toEqual([
      "failed: replaced",
      "failed: replaced",
      "send formatListResponse ok",
      "offered",
      "wake",
    ]);
    expect(said([...inputs, ask(3)])).toEqual([]);
    expect(said([...inputs, ask(3), data(1)])).toEqual(["late", "send formatDataRequest", "wake"]);
    expect(last([...inputs, ask(3), data(1), data(2)])[0]).toMatchObject({ type: "received", requestId: 3 });
  });

  test("waits without a time-out if there is none", () => {
    expect(said([ask(1)], { answerTimeout: Infinity })).toEqual(["send formatDataRequest"]);
    expect(said([ask(1), tick(1e12)], { answerTimeout: Infinity })).toEqual([]);
  });
});

describe("files of the peer", () => {
  test("are asked for by size and by range, also beyond 4 GiB", () => {
    const common = { msgFlags: 0, streamId: 1, lindex: 2 };
    expect(last([askFile(1)])[0]).toMatchObject({
      message: { value: { ...common, dwFlags: 1, cbRequested: 8, nPositionLow: 0, nPositionHigh: 0 } },
    });
    expect(last([askFile(1, (3n << 32n) + 5n)])[0]).toMatchObject({
      message: { value: { ...common, dwFlags: 2, cbRequested: 8, nPositionLow: 5, nPositionHigh: 3 } },
    });
    expect(last([askFile(1), file(1, 8)])[0]).toEqual({ type: "receivedSize", requestId: 1, size: 0n });
    expect(last([askFile(1, 0n), file(1, 3)])[0]).toEqual({
      type: "received",
      requestId: 1,
      data: new Uint8Array(3),
    });
  });

  test("are told apart by their number, whatever the order of the answers", () => {
    const two = [askFile(1), askFile(2, 0n)];
    expect(last([...two, file(2, 1)], { filesInFlight: 2 })[0]).toMatchObject({ type: "received", requestId: 2 });
    expect(last([...two, file(2, 1), file(1, 8)], { filesInFlight: 2 })[0]).toMatchObject({ requestId: 1 });
    expect(said([...two, file(2, 1)])).toEqual(["peer: unasked-answer"]);
  });

  test("are asked for only within what was announced and offered", () => {
    expect(said([askFile(1, 1n << 32n)], { generalFlags: 0x1e })).toEqual([
      "local: not-negotiated",
      "failed: not-negotiated",
    ]);
    expect(said([askFile(1, (1n << 32n) - 1n)], { generalFlags: 0x1e })[0]).toBe("send fileContentsRequest");
    expect(said([askFile(1, -1n)])).toEqual(["local: file-range", "failed: out-of-range"]);
    expect(said([askFile(1, 1n << 64n)])).toEqual(["local: file-range", "failed: out-of-range"]);
    expect(said([list([text]), askFile(1)])).toEqual(["failed: not-offered"]);
    // The name as a short list has it.
    expect(said([list([{ formatId: 7, formatName: "FileGroupDescri" }]), askFile(1)])[0]).toMatch(/^send/);
  });

  test("can be asked for after the offer was replaced, if they are locked, until they are unlocked", () => {
    const locked: CliprdrInput[] = [{ type: "lock", clipDataId: 4 }, list([text])];
    expect(last(locked.slice(0, 1))).toMatchObject([
      { message: { message: "lockClipData", value: { clipDataId: 4 } } },
    ]);
    expect(last([...locked, askFile(1, 0n, 4)])[0]).toMatchObject({ message: { value: { clipDataId: 4 } } });
    const unlock: CliprdrInput = { type: "unlock", clipDataId: 4 };
    const asked = [...locked, askFile(1, 0n, 4), askFile(2, 0n, 4), unlock];
    expect(said(asked)).toEqual(["failed: unlocked", "failed: unlocked", "send unlockClipData", "wake"]);
    expect(said([...asked, file(1, 1)])).toEqual(["late", "wake"]);
    // Without a lock they go with the offer.
    expect(said([{ type: "lock", clipDataId: 4 }, askFile(1), askFile(2, 0n, 4), list([text])])).toEqual([
      "failed: replaced",
      "send formatListResponse ok",
      "offered",
      "wake",
    ]);
  });
});

test("an id can be used again once its request has ended", () => {
  expect(said([ask(1), data(1), ask(1)])).toEqual(["send formatDataRequest", "wake"]);
  expect(said([ask(1), list([text, files]), ask(1)])).toEqual([]);
});
