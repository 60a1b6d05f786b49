import { EncodeError } from "@railvail/wire";
import { expect, test } from "vitest";
import { brief, caps, everything, files, list, ok, ready, received, story, text } from "../testing/clipboard-story.js";
import {
  ClipboardGeneralFlags,
  cliprdrFeatures,
  fileSizeRequest,
  type ClipboardFormat,
  type CliprdrInput,
  type CliprdrOutput,
} from "./index.js";

const opened: CliprdrInput = { type: "opened" };
const monitorReady = received("monitorReady", {});
const offer = (...formats: ClipboardFormat[]): CliprdrInput => ({ type: "offer", formats });
const sent = (outputs: readonly CliprdrOutput[]) =>
  outputs.flatMap((output) => (output.type === "send" ? [output.message] : []));
const rtf: ClipboardFormat = { formatId: 0xc09d, formatName: "Rich Text Format" };

test("the server begins; the client says what it can do, where its files go, and what it offers", () => {
  const server = story("server", [opened]);
  expect(sent(server.outputs)).toMatchObject([
    {
      message: "clipCaps",
      value: { capabilitySets: [{ capabilityData: { type: "general", version: 2, generalFlags: 0x3e } }] },
    },
    { message: "monitorReady" },
  ]);
  expect(story("client", [opened]).outputs).toEqual([]);
  const client = story("client", [opened, caps(everything), offer(text), monitorReady], { tempDirectory: "C:\\Temp" });
  expect(brief(client)).toEqual(["send clipCaps", "send tempDirectory", "ready", "send formatListLong", "wake"]);
  expect(sent(client.outputs)).toMatchObject([
    {},
    { value: { wszTempDir: "C:\\Temp" } },
    { value: { formats: [text] } },
  ]);
  const told = story("server", [opened, received("tempDirectory", { wszTempDir: "C:\\Temp" })]);
  expect(told.outputs).toEqual([{ type: "tempDirectory", path: "C:\\Temp" }]);
});

test("a client with nothing to offer and no directory sends an empty list, which ends the initialization", () => {
  const client = story("client", [opened, monitorReady]);
  expect(brief(client)).toEqual(["send clipCaps", "ready", "send formatListShort", "wake"]);
  const server = story("server", [opened, caps(0), received("formatListShort", { formats: [] })]);
  expect(brief(server)).toEqual(["ready", "send formatListResponse ok", "offered"]);
});

test("the server keeps its newest offer until the client is there", () => {
  const told = story("server", [opened, offer(text), offer(files), caps(everything), list([])]);
  expect(brief(told)).toEqual(["ready", "send formatListResponse ok", "offered", "send formatListLong", "wake"]);
  expect(sent(told.outputs)[1]).toMatchObject({ value: { formats: [files] } });
  expect(brief(story("server", [opened, offer(text), offer(files)]))).toEqual(["offering", "offerReleased"]);
});

test("what both announced counts; capabilities of other types and a side without any announce nothing", () => {
  const { useLongFormatNames, hugeFileSupportEnabled, streamFileclipEnabled } = ClipboardGeneralFlags;
  const generalFlags = useLongFormatNames | streamFileclipEnabled;
  const told = story("server", [opened, caps(useLongFormatNames | hugeFileSupportEnabled)], { generalFlags });
  const all = { files: false, hugeFiles: false, locks: false, longNames: true, noFilePaths: false };
  expect(cliprdrFeatures(told.state)).toEqual(all);
  expect(cliprdrFeatures(story("server", [opened]).state)).toEqual({ ...all, longNames: false });
  const unknown = received("clipCaps", {
    capabilitySets: [{ capabilityData: { type: "unknown", tag: 9, data: new Uint8Array(4) } }],
  });
  expect(cliprdrFeatures(story("server", [opened, unknown]).state)).toEqual({ ...all, longNames: false });
  // Stated late, they count from then on.
  const late = story("server", [opened, list([]), caps(everything)]);
  expect(late.outputs.at(-1)).toMatchObject({ type: "ready", features: { files: true, hugeFiles: true } });
});

test("a short list cuts names to 15 units and a NUL; compat wslg uses the place of the NUL", () => {
  const namesOf = (compat: { compat?: "wslg" }, generalFlags: number) =>
    sent(story("server", [opened, caps(generalFlags), list([]), offer(rtf)], compat).outputs).map(
      ({ message, value }) => [message, "formats" in value && value.formats[0]?.formatName],
    );
  expect(namesOf({}, 0)).toEqual([["formatListShort", "Rich Text Forma"]]);
  expect(namesOf({ compat: "wslg" }, 0)).toEqual([["formatListShort", "Rich Text Format"]]);
  expect(namesOf({}, everything)).toEqual([["formatListLong", "Rich Text Format"]]);
});

test("compat wslg announces locks alone, and takes a lock that is set for its unlock", () => {
  const { outputs } = story("server", [opened], { compat: "wslg" });
  expect(sent(outputs)[0]).toMatchObject({ value: { capabilitySets: [{ capabilityData: { generalFlags: 0x10 } }] } });
  const told = story("server", [opened], { compat: "wslg", generalFlags: 2 });
  expect(sent(told.outputs)[0]).toMatchObject({
    value: { capabilitySets: [{ capabilityData: { generalFlags: 2 } }] },
  });
  const lock = received("lockClipData", { clipDataId: 4 });
  expect(brief(story("client", [...ready("client"), lock], { compat: "wslg" }))).toEqual(["locked"]);
  const again = story("client", [...ready("client"), lock, lock], { compat: "wslg" });
  expect(brief(again)).toEqual(["unlocked"]);
  expect(again.state.serving.locks).toEqual([]);
});

test("a second Monitor Ready ends all that went on, and the client offers anew", () => {
  const before: CliprdrInput[] = [
    ...ready("client"),
    offer(text, files),
    received("formatListResponse", { msgFlags: ok }),
    received("lockClipData", { clipDataId: 1 }),
    offer(text),
    { type: "lock", clipDataId: 3 },
    received("formatDataRequest", { requestedFormatId: 13 }),
    { type: "request", requestId: 1, formatId: 13, now: 0 },
  ];
  const { state, outputs } = story("client", [...before, monitorReady]);
  expect(brief({ outputs })).toEqual([
    "peer: ready-again",
    "failed: closed",
    "cancelled: closed",
    "unlocked",
    "offerReleased",
    "offered",
    "send clipCaps",
    "ready",
    "send formatListLong",
    "wake",
  ]);
  // What is waited for is the response to the list.
  expect(outputs.at(-1)).toEqual({ type: "wake", at: 20_000 });
  expect(state.serving).toMatchObject({ kept: [], locks: [], unanswered: 1, offer: { offerId: 2, formats: [text] } });
  expect(state.asking).toMatchObject({ offered: undefined, locks: [], data: { flying: [] } });
});

test("an answer of the server before is not taken for one of the server that follows", () => {
  const askFile = (requestId: number): CliprdrInput => ({ type: "requestFile", requestId, lindex: 0, now: 0 });
  const answer = (streamId: number): CliprdrInput =>
    received("fileContentsResponse", { msgFlags: ok, streamId, requestedFileContentsData: new Uint8Array(8) });
  const asked = [...ready("client"), askFile(1), monitorReady, list([files]), askFile(2)];
  expect(brief(story("client", [...asked, answer(1)]))).toEqual(["peer: unasked-answer"]);
  expect(brief(story("client", [...asked, answer(2)]))).toEqual(["receivedSize", "wake"]);
});

test("closing ends all that goes on, and leaves what is offered; what comes later is no news", () => {
  const busy: CliprdrInput[] = [
    ...ready("server"),
    offer(text, files),
    received("formatDataRequest", { requestedFormatId: 13 }),
    { type: "request", requestId: 1, formatId: 13, now: 0 },
    { type: "request", requestId: 2, formatId: 13, now: 0 },
    { type: "closed" },
  ];
  const told = story("server", busy);
  expect(brief(told)).toEqual(["failed: closed", "failed: closed", "cancelled: closed", "wake"]);
  const again = story("server", [...busy, { type: "closed" }]);
  expect(again.outputs).toEqual([]);
  expect(again.state).toBe(again.before);
});

test.each(["client", "server"] as const)("the %s offers what it was given before the channel was open", (side) => {
  const told = story(side, [offer(files), offer(text)]);
  expect(told.outputs).toEqual([
    { type: "offering", offerId: 2 },
    { type: "offerReleased", offerId: 1 },
  ]);
  const begun = ready(side).slice(0, 3);
  expect(sent(story(side, [offer(files), offer(text), ...begun]).outputs).at(-1)).toMatchObject({
    message: "formatListLong",
    value: { formats: [text] },
  });
});

test.each(["client", "server"] as const)("the %s offers the same to each peer, in the form for that peer", (side) => {
  const listFor = (generalFlags: number): CliprdrInput[] =>
    side === "server"
      ? [opened, caps(generalFlags), received("formatListShort", { formats: [] })]
      : [opened, caps(generalFlags), monitorReady];
  const closed: CliprdrInput = { type: "closed" };
  const lists = [
    [...listFor(0), offer(rtf)],
    [offer(rtf), closed, ...listFor(0)],
    [...listFor(everything), offer(rtf), closed, ...listFor(0), closed, ...listFor(everything)],
    [opened, offer(rtf), closed, ...listFor(0)],
  ].map((inputs) => sent(story(side, inputs).outputs).at(-1));
  const short = { message: "formatListShort", value: { formats: [{ formatName: "Rich Text Forma" }] } };
  const long = { message: "formatListLong", value: { formats: [rtf] } };
  expect(lists).toMatchObject([short, short, long, short]);
});

test("an offer that was taken back is not told to the next client: that would empty its clipboard", () => {
  const begun: CliprdrInput[] = [opened, caps(everything), list([text])];
  const answered = ["ready", "send formatListResponse ok", "offered"];
  expect(brief(story("server", [offer(text), offer(), ...begun]))).toEqual(answered);
  expect(brief(story("server", [...begun, offer(text), offer(), { type: "closed" }, ...begun]))).toEqual(answered);
});

test("what the peer before knew of an offer that stays is not known to the next", () => {
  const lock = received("lockClipData", { clipDataId: 1 });
  const wanted = received("formatDataRequest", { requestedFormatId: files.formatId });
  const before: CliprdrInput[] = [
    ...ready("server"),
    offer(text),
    lock,
    offer(files),
    lock,
    wanted,
    { type: "provide", requestId: 1, data: new Uint8Array(1), now: 0 },
    received("formatListResponse", {}),
    received("formatListResponse", { msgFlags: 2 }),
    { type: "closed" },
  ];
  const gone = story("server", before);
  expect(gone.outputs).toEqual([{ type: "unlocked", clipDataId: 1, offerId: 2 }]);
  expect(gone.state.serving).toMatchObject({ kept: [], locks: [], refused: false, unanswered: 0 });
  const file = received("fileContentsRequest", fileSizeRequest({ streamId: 1, lindex: 0 }));
  expect(brief(story("server", [...before, ...ready("server"), file]))).toEqual(["send fileContentsResponse fail"]);
  // An answer for the peer before would pass for one for the next, if requests had the same numbers.
  expect(story("server", [...before, ...ready("server"), wanted]).outputs[0]).toMatchObject({
    type: "wanted",
    requestId: 2,
    offerId: 2,
  });
});

test("an offer that cannot be sent is found out when it is made, not when a peer comes", () => {
  const bad = offer({ formatId: -1, formatName: "" });
  expect(() => story("server", [bad])).toThrow(EncodeError);
  expect(() => story("client", [opened, bad])).toThrow(EncodeError);
  expect(brief(story("server", [offer({ formatId: 1, formatName: "a\0b" })]))).toEqual(["offering"]);
});
