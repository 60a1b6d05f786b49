import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { brief, fail, files, ok, ready, received, story, text } from "../testing/clipboard-story.js";
import {
  fileRangeRequest,
  fileSizeRequest,
  stepCliprdrServer,
  type CliprdrInput,
  type CliprdrOutput,
  type FileRange,
} from "./index.js";

const offer: CliprdrInput = { type: "offer", formats: [text, files] };
const offerText: CliprdrInput = { type: "offer", formats: [text] };
const accepted = received("formatListResponse", { msgFlags: ok });
const wanted = (formatId: number, now = 0): CliprdrInput =>
  received("formatDataRequest", { requestedFormatId: formatId }, now);
const provide = (requestId: number, data?: Uint8Array, now = 0): CliprdrInput => ({
  type: "provide",
  requestId,
  data,
  now,
});
const bytes = new Uint8Array([1, 2]);
const fileWanted = (streamId: number, range?: FileRange, clipDataId?: number): CliprdrInput => {
  const file = { streamId, lindex: 0, clipDataId };
  return received("fileContentsRequest", range === undefined ? fileSizeRequest(file) : fileRangeRequest(file, range));
};
const provideFile = (requestId: number, content: bigint | Uint8Array | undefined): CliprdrInput => ({
  type: "provideFile",
  requestId,
  content,
  now: 0,
});
const lock = (clipDataId: number): CliprdrInput => received("lockClipData", { clipDataId });
const unlock = (clipDataId: number): CliprdrInput => received("unlockClipData", { clipDataId });
const server = ready("server");
/** The peer has read the file list of offer 1. */
const shown: CliprdrInput[] = [...server, offer, accepted, wanted(files.formatId), provide(1, bytes)];

const answers = (outputs: readonly CliprdrOutput[]): unknown[] =>
  outputs.flatMap((output) => (output.type === "send" ? [output.message.value] : []));

describe("data that the peer wants", () => {
  test("is wanted one after the other, and answered in the order of the requests", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(13, files.formatId, 99), { minLength: 1, maxLength: 12 }), (formatIds) => {
        let inputs: CliprdrInput[] = [...server, offer, accepted];
        const sent: unknown[] = [];
        const take = (input: CliprdrInput): void => {
          inputs = [...inputs, input];
          sent.push(...answers(story("server", inputs).outputs));
        };
        for (const formatId of formatIds) take(wanted(formatId));
        for (let round = 0; round < formatIds.length; round++) {
          const { data } = story("server", inputs).state.serving;
          if (data === undefined) break;
          take(provide(data.requestId, Uint8Array.of(data.formatId & 255)));
        }
        expect(sent).toEqual(
          formatIds.map((formatId) =>
            formatId === 99
              ? { msgFlags: fail, requestedFormatData: new Uint8Array(0) }
              : { msgFlags: ok, requestedFormatData: Uint8Array.of(formatId & 255) },
          ),
        );
      }),
      { numRuns: 50 },
    );
  });

  test("beyond the bound fails in its turn", () => {
    const inputs = [...server, offer, accepted, wanted(13), wanted(13), wanted(13)];
    const options = { maxWanted: 2 };
    const first = story("server", [...inputs, provide(1, bytes)], options);
    expect(brief(first)).toEqual(["send formatDataResponse ok", "wanted"]);
    // There is room again, but what is owed comes before.
    const third = story("server", [...inputs, provide(1, bytes), wanted(13)], options);
    expect(third.state.serving).toMatchObject({ data: { requestId: 2 }, queued: [], owed: 2 });
    const second = story("server", [...inputs, provide(1, bytes), provide(2, undefined)], options);
    expect(brief(second)).toEqual([...Array.from({ length: 2 }, () => "send formatDataResponse fail"), "wake"]);
    expect(second.state.serving).toMatchObject({ data: undefined, queued: [], owed: 0 });
  });

  test("on and on is answered, each request once, and never much in one step", () => {
    const count = 1000;
    const maxWanted = 4;
    let answered = 0;
    let { state } = story("server", [...server, offer, accepted], { maxWanted });
    for (let index = 0; index < count; index++) {
      const { state: next, outputs } = stepCliprdrServer(state, wanted(13));
      state = next;
      answered += answers(outputs).length;
      expect(answers(outputs).length).toBeLessThanOrEqual(2 * maxWanted + 1);
      expect(state.serving.owed).toBeLessThanOrEqual(maxWanted);
    }
    const { data, queued, owed } = state.serving;
    expect(answered + (data === undefined ? 0 : 1) + queued.length + owed).toBe(count);
    const full = Array.from({ length: 2 * maxWanted }, () => wanted(13));
    expect(brief(story("server", [...server, offer, accepted, ...full, wanted(13)], { maxWanted }))).toEqual([
      "peer: too-many-requests",
      "cancelled: flooded",
      ...Array.from({ length: 2 * maxWanted + 1 }, () => "send formatDataResponse fail"),
      "wake",
    ]);
  });

  test("fails when a newer offer is made, whether it was handed over or not", () => {
    const told = story("server", [...server, offer, accepted, wanted(13), wanted(files.formatId), offerText]);
    expect(brief(told)).toEqual([
      "cancelled: replaced",
      "send formatDataResponse fail",
      "send formatDataResponse fail",
      "offering",
      "offerReleased",
      "send formatListLong",
      "wake",
    ]);
  });

  test("of a format that only the offer before had fails, without blame until the peer has seen the newest", () => {
    const crossing = [...server, offer, accepted, offerText];
    expect(brief(story("server", [...crossing, wanted(files.formatId)]))).toEqual(["send formatDataResponse fail"]);
    // WSLg asks for data before it responds to the list.
    expect(brief(story("server", [...crossing, wanted(13)]))).toEqual(["wanted", "wake"]);
    expect(brief(story("server", [...crossing, accepted, wanted(files.formatId)]))).toEqual([
      "peer: format-not-offered",
      "send formatDataResponse fail",
    ]);
  });

  test("of an offer that the peer refused fails; the response to an older list changes nothing", () => {
    const refused = received("formatListResponse", { msgFlags: fail });
    const told = story("server", [...server, offer, refused]);
    expect(told.outputs).toEqual([{ type: "offerAnswered", offerId: 1, accepted: false }]);
    expect(brief(story("server", [...server, offer, refused, wanted(13)]))).toContain("send formatDataResponse fail");
    const older = story("server", [...server, offer, offerText, refused]);
    expect(brief(older)).toEqual(["wake"]);
    expect(brief(story("server", [...server, offer, offerText, refused, accepted, wanted(13)]))[0]).toBe("wanted");
  });

  test("fails when the application takes too long, and the next has its own time", () => {
    const options = { provideTimeout: 100 };
    const inputs = [...server, offer, accepted, wanted(13, 5), wanted(files.formatId, 60)];
    expect(story("server", inputs.slice(0, -1), options).outputs.at(-1)).toEqual({ type: "wake", at: 105 });
    expect(story("server", [...inputs, { type: "tick", now: 104 }], options).outputs).toEqual([]);
    const late = story("server", [...inputs, { type: "tick", now: 120 }], options);
    expect(brief(late)).toEqual(["cancelled: timed-out", "send formatDataResponse fail", "wanted", "wake"]);
    expect(late.outputs.at(-1)).toEqual({ type: "wake", at: 220 });
  });
});

describe("a list without a response", () => {
  const refused = received("formatListResponse", { msgFlags: fail });
  const tick = (now: number): CliprdrInput => ({ type: "tick", now });
  /** Two offers, and the response to one of them. */
  const lost = [...server, offer, offerText, accepted];

  test("is forgotten after the time of an answer and of a late one: the next response is for the next offer", () => {
    const options = { answerTimeout: 100, lateTimeout: 50 };
    expect(story("server", lost, options).outputs).toEqual([{ type: "wake", at: 150 }]);
    expect(story("server", [...lost, tick(149)], options).outputs).toEqual([]);
    const over = story("server", [...lost, tick(150)], options);
    expect(brief(over)).toEqual(["peer: list-silence", "wake"]);
    expect(story("server", [...lost, offer, refused], options).outputs.slice(0, -1)).toEqual([]);
    const next = story("server", [...lost, tick(150), offer, refused], options);
    expect(next.outputs).toEqual([{ type: "offerAnswered", offerId: 3, accepted: false }]);
    expect(brief(story("server", [...lost, tick(150), refused], options))).toEqual(["peer: unasked-list-response"]);
  });

  test("is waited for from the last list or response, and by the next input that counts", () => {
    const options = { answerTimeout: 100, lateTimeout: 50 };
    const began = [...server, offer, wanted(13, 30)];
    expect(story("server", began, options).state.serving.listDeadline).toBe(180);
    expect(story("server", [...began, offerText], options).state.serving.listDeadline).toBeUndefined();
    expect(story("server", [...began, offerText, wanted(13, 70)], options).state.serving.listDeadline).toBe(220);
    expect(story("server", [...began, accepted], options).state.serving).toMatchObject({
      unanswered: 0,
      listDeadline: undefined,
    });
  });
});

describe("files that the peer wants", () => {
  const big: FileRange = { position: (1n << 40n) + 7n, length: 4 };

  test("are wanted by size and by range, also beyond 4 GiB, and answered in any order", () => {
    const size = story("server", [...shown, fileWanted(7)]);
    expect(size.outputs[0]).toEqual({ type: "fileWanted", requestId: 2, offerId: 1, lindex: 0, range: undefined });
    const range = story("server", [...shown, fileWanted(7), fileWanted(9, big)]);
    expect(range.outputs[0]).toEqual({ type: "fileWanted", requestId: 3, offerId: 1, lindex: 0, range: big });
    const both = [...shown, fileWanted(7), fileWanted(9, big)];
    const first = story("server", [...both, provideFile(3, bytes)]);
    expect(answers(first.outputs)).toEqual([{ msgFlags: ok, streamId: 9, requestedFileContentsData: bytes }]);
    const second = story("server", [...both, provideFile(3, bytes), provideFile(2, (1n << 40n) + 1n)]);
    const data = Uint8Array.of(1, 0, 0, 0, 0, 1, 0, 0);
    expect(answers(second.outputs)).toEqual([{ msgFlags: ok, streamId: 7, requestedFileContentsData: data }]);
    const failure = story("server", [...both, provideFile(2, undefined)]);
    const nothing = new Uint8Array(0);
    expect(answers(failure.outputs)).toEqual([{ msgFlags: fail, streamId: 7, requestedFileContentsData: nothing }]);
  });

  test("are wanted in runs that are not longer than allowed", () => {
    const options = { maxFileChunk: 64 };
    const told = story("server", [...shown, fileWanted(7, { position: 0n, length: 0xffff_ffff })], options);
    expect(told.outputs[0]).toMatchObject({ range: { position: 0n, length: 64 } });
    const long = story("server", [
      ...shown,
      fileWanted(7, { position: 0n, length: 9 }),
      provideFile(2, new Uint8Array(10)),
    ]);
    expect(brief(long)).toEqual(["local: wrong-answer"]);
    expect(brief(story("server", [...shown, fileWanted(7), provideFile(2, -1n)]))).toEqual(["local: wrong-answer"]);
    expect(brief(story("server", [...shown, fileWanted(7), provideFile(2, 1n << 64n)]))).toEqual([
      "local: wrong-answer",
    ]);
  });

  test("beyond 4 GiB are reported where that was not announced, and wanted all the same", () => {
    expect(brief(story("server", [...shown, fileWanted(7, big)], { generalFlags: 0x1e }))).toEqual([
      "peer: not-negotiated",
      "fileWanted",
      "wake",
    ]);
  });

  test("fail, without blame, where the peer can only mean a list of an older offer", () => {
    const crossing = [...shown, offerText];
    expect(brief(story("server", [...crossing, fileWanted(7)]))).toEqual(["send fileContentsResponse fail"]);
    // The newest offer has files, too, but the peer does not know them.
    const newer = [...shown, offer, accepted];
    expect(brief(story("server", [...newer, fileWanted(7)]))).toEqual(["send fileContentsResponse fail"]);
  });

  test("fail if the peer refused the offer, though it has read the list", () => {
    const refused = received("formatListResponse", { msgFlags: fail });
    const read = [...server, offer, wanted(files.formatId), provide(1, bytes)];
    expect(brief(story("server", [...read, fileWanted(7)]))).toEqual(["fileWanted", "wake"]);
    expect(brief(story("server", [...read, refused, fileWanted(7)]))).toEqual([
      "peer: files-not-offered",
      "send fileContentsResponse fail",
    ]);
  });

  test("are kept while they are locked, and not longer", () => {
    const kept = [...shown, lock(8), offerText, accepted];
    expect(brief(story("server", [...shown, lock(8), offerText]))).not.toContain("offerReleased");
    expect(story("server", [...kept, fileWanted(7, big, 8)]).outputs[0]).toMatchObject({ offerId: 1 });
    expect(brief(story("server", [...kept, fileWanted(7, big)]))[0]).toBe("peer: files-not-offered");
    const unlocked = story("server", [...kept, fileWanted(7, big, 8), unlock(8)]);
    expect(brief(unlocked)).toEqual([
      "unlocked",
      "cancelled: unlocked",
      "send fileContentsResponse fail",
      "offerReleased",
      "wake",
    ]);
    // Two locks of one offer: the second unlock lets go.
    const twice = [...shown, lock(8), lock(9), offerText, accepted, unlock(8)];
    expect(brief(story("server", twice))).toEqual(["unlocked"]);
    expect(brief(story("server", [...twice, unlock(9)]))).toEqual(["unlocked", "offerReleased"]);
  });

  test("that are locked outlive the newest offer; the others are cancelled with it", () => {
    const told = story("server", [...shown, lock(8), fileWanted(7, big, 8), offerText]);
    expect(brief(told)).toEqual(["offering", "send formatListLong"]);
    const free = story("server", [...shown, fileWanted(7, big), offerText]);
    expect(brief(free)).toEqual([
      "offering",
      "cancelled: replaced",
      "send fileContentsResponse fail",
      "offerReleased",
      "send formatListLong",
      "wake",
    ]);
  });

  test("of an evicted lock are gone: the bound is on what is kept", () => {
    const options = { maxLocks: 1 };
    const told = story("server", [...shown, lock(8), offerText, accepted, lock(9)], options);
    expect(brief(told)).toEqual(["peer: too-many-locks", "unlocked", "offerReleased", "locked"]);
  });

  test("name a lock that means nothing, if locks were not announced", () => {
    const told = story("server", [...shown, fileWanted(7, big, 0)], { generalFlags: 0x2e });
    expect(brief(told)).toEqual(["fileWanted", "wake"]);
  });

  test("fail when the application takes too long", () => {
    const options = { provideTimeout: 100 };
    const told = story("server", [...shown, fileWanted(7, big), { type: "tick", now: 100 }], options);
    expect(brief(told)).toEqual(["cancelled: timed-out", "send fileContentsResponse fail", "wake"]);
  });
});
