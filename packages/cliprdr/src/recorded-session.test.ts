import { sourceOf } from "@railvail/wire";
import { beforeAll, expect, test } from "vitest";
import { walkChannel } from "../../../test/recordings.js";
import {
  cliprdrClient,
  cliprdrFeatures,
  cliprdrServer,
  cliprdrVocabulary,
  stepCliprdrClient,
  stepCliprdrServer,
  type CliprdrInput,
  type CliprdrMessage,
  type CliprdrState,
} from "./index.js";

interface Recorded {
  readonly from: "client" | "server";
  readonly bytes: Uint8Array;
}
const recorded: Recorded[] = [];

beforeAll(async () => {
  await walkChannel("wslg-clipboard", "cliprdr", ({ direction, source, offset, end }) => {
    recorded.push({ from: direction === "c2s" ? "client" : "server", bytes: source.bytes.slice(offset, end) });
  });
});

/** What the recorded application did so that its end sent this; undefined for what an end sends by itself. */
function commandOf({ message, value }: CliprdrMessage, wanted: number): CliprdrInput | undefined {
  if (message === "formatListShort" && value.formats.length > 0) return { type: "offer", formats: value.formats };
  if (message === "formatDataRequest")
    return { type: "request", requestId: 1, formatId: value.requestedFormatId, now: 0 };
  if (message !== "formatDataResponse") return undefined;
  return { type: "provide", requestId: wanted, data: value.requestedFormatData, now: 0 };
}

/** Our end in the place of the recorded one: what it sends, and what it says. */
function replay(side: "client" | "server"): { sent: string[]; said: string[] } {
  const step = side === "client" ? stepCliprdrClient : stepCliprdrServer;
  let state: CliprdrState = side === "client" ? cliprdrClient({ generalFlags: 0 }) : cliprdrServer({ compat: "wslg" });
  const sent: string[] = [];
  const said: string[] = [];
  let wanted = 0;
  const does = (input: CliprdrInput): void => {
    const after = step(state, input);
    state = after.state;
    for (const output of after.outputs) {
      if (output.type === "send") sent.push(Buffer.from(cliprdrVocabulary.encode(output.message)).toString("hex"));
      else if (output.type === "violation") said.push(`${output.by}: ${output.rule}`);
      else if (output.type !== "wake") said.push(output.type);
      if (output.type === "wanted") wanted = output.requestId;
    }
  };
  does({ type: "opened" });
  for (const { from, bytes } of recorded) {
    const { longNames } = cliprdrFeatures(state);
    const message = cliprdrVocabulary.read(sourceOf(bytes), 0, bytes.length, from, longNames) as CliprdrMessage;
    const input = from === side ? commandOf(message, wanted) : ({ type: "received", message, now: 0 } as const);
    if (input !== undefined) does(input);
  }
  return { sent, said };
}

const recordedFrom = (side: "client" | "server"): string[] =>
  recorded.filter(({ from }) => from === side).map(({ bytes }) => Buffer.from(bytes).toString("hex"));

test("our client sends the bytes of the recorded client, and finds nothing wrong with WSLg", () => {
  const { sent, said } = replay("client");
  expect(sent).toEqual(recordedFrom("client"));
  // WSLg asks for the data of the last offer before it responds to its list.
  const offering = ["offering", "offerReleased", "wanted", "offerAnswered"];
  expect(said).toEqual([
    "ready",
    "offerAnswered",
    "offering",
    "offerAnswered",
    "wanted",
    "offered",
    "received",
    ...offering,
  ]);
});

test("our server sends the bytes of WSLg, but the response to a list before the request of its data", () => {
  const { sent, said } = replay("server");
  const theirs = recordedFrom("server");
  expect(theirs.slice(-2).map((hex) => hex.slice(0, 4))).toEqual(["0400", "0300"]);
  expect(sent).toEqual([...theirs.slice(0, -2), ...theirs.slice(-2).toReversed()]);
  expect(said).toEqual([
    "ready",
    "offered",
    "offered",
    "received",
    "offering",
    "offerAnswered",
    "wanted",
    "offered",
    "received",
  ]);
});
