import { expect, test } from "vitest";
import { brief, caps, everything, files, list, ok, ready, received, story, text } from "../testing/clipboard-story.js";
import {
  ClipboardGeneralFlags,
  cliprdrFeatures,
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

test("closing ends all that goes on and lets go of all offers; what comes later is no news", () => {
  const busy: CliprdrInput[] = [
    ...ready("server"),
    offer(text, files),
    received("formatDataRequest", { requestedFormatId: 13 }),
    { type: "request", requestId: 1, formatId: 13, now: 0 },
    { type: "request", requestId: 2, formatId: 13, now: 0 },
    { type: "closed" },
  ];
  const told = story("server", busy);
  expect(brief(told)).toEqual(["failed: closed", "failed: closed", "cancelled: closed", "offerReleased", "wake"]);
  const again = story("server", [...busy, { type: "closed" }]);
  expect(again.outputs).toEqual([]);
  expect(again.state).toBe(again.before);
});
