import { generate } from "@railvail/wire";
import fc from "fast-check";
import { expect, test } from "vitest";
import { choices } from "../../../test/laws.js";
import { caps, everything, ready } from "../testing/clipboard-story.js";
import {
  cliprdrClient,
  cliprdrServer,
  cliprdrVocabulary,
  stepCliprdrClient,
  stepCliprdrServer,
  type ClipboardFormat,
  type CliprdrInput,
  type CliprdrMessage,
  type CliprdrState,
} from "./index.js";

/** Any message; its numbers are often such that they hit what is there. */
const names = Object.keys(cliprdrVocabulary.pdus) as CliprdrMessage["message"][];
const anyMessage = fc.tuple(fc.constantFrom(...names), fc.gen()).map(([name, draw]): CliprdrMessage => {
  const choice = choices(draw);
  const value: Record<string, unknown> = { ...generate(cliprdrVocabulary.pdus[name] as never, choice) };
  for (const [field, given] of Object.entries(value))
    if (typeof given === "number" && choice.int(0, 9) > 0) value[field] = choice.int(0, 3);
  if ("formats" in value)
    value["formats"] = (value["formats"] as ClipboardFormat[]).map((format) => ({
      ...format,
      formatId: choice.int(0, 3),
    }));
  return { message: name, value } as CliprdrMessage;
});

const formats = fc.constantFrom(
  [{ formatId: 2, formatName: "" }],
  [
    { formatId: 1, formatName: "" },
    { formatId: 3, formatName: "FileGroupDescriptorW" },
  ],
);
const small = fc.nat({ max: 3 });
/** Applications that answer and ask at random, too. */
const anyInput: fc.Arbitrary<(now: number) => CliprdrInput> = fc.oneof(
  anyMessage.map((message) => (now: number) => ({ type: "received", message, now }) as const),
  anyMessage.map((message) => (now: number) => ({ type: "received", message, now }) as const),
  anyMessage.map((message) => (now: number) => ({ type: "received", message, now }) as const),
  fc
    .constantFrom(undefined, 2, 4, 5)
    .map((msgType) => (now: number) => ({ type: "unreadable", msgType, now }) as const),
  formats.map((formats) => () => ({ type: "offer", formats }) as const),
  fc
    .nat({ max: 30 })
    .map((requestId) => (now: number) => ({ type: "provide", requestId, data: new Uint8Array(1), now }) as const),
  fc.tuple(fc.nat({ max: 30 }), fc.constantFrom(undefined, 5n, new Uint8Array(1))).map(
    ([requestId, content]) =>
      (now: number) =>
        ({ type: "provideFile", requestId, content, now }) as const,
  ),
  fc.tuple(small, small).map(
    ([requestId, formatId]) =>
      (now: number) =>
        ({ type: "request", requestId, formatId, now }) as const,
  ),
  fc.tuple(small, small).map(
    ([requestId, lindex]) =>
      (now: number) =>
        ({ type: "requestFile", requestId, lindex, now }) as const,
  ),
  small.map((clipDataId) => () => ({ type: "lock", clipDataId }) as const),
  small.map((clipDataId) => () => ({ type: "unlock", clipDataId }) as const),
  fc
    .constantFrom("opened", "closed", "opened", undefined, undefined, undefined)
    .map((type) => (now: number) => (type === undefined ? ({ type: "tick", now } as const) : { type })),
);

const times = { answerTimeout: 1000, lateTimeout: 1000 };
const limits = { maxFormats: 2, maxQueued: 1, maxWanted: 1, maxLocks: 2, maxDataSize: 3, filesInFlight: 2, ...times };

function holdsWithin({ serving, asking }: CliprdrState): boolean {
  const { maxFormats, maxQueued, maxWanted, maxLocks, filesInFlight } = limits;
  const bounds: readonly (readonly [number, number])[] = [
    [serving.queued.length, maxWanted - 1],
    [serving.owed, maxWanted],
    [serving.files.length, maxWanted],
    [serving.locks.length, maxLocks],
    [serving.kept.length, maxLocks],
    [asking.offered?.length ?? 0, maxFormats],
    [asking.data.queued.length, maxQueued],
    [asking.files.queued.length, maxQueued],
    [asking.data.flying.length, 1],
    [asking.files.flying.length, filesInFlight],
    [asking.locks.length, maxLocks],
  ];
  return bounds.every(([is, most]) => is <= most);
}

test.each(["client", "server"] as const)("a peer never makes the %s throw or grow past its limits", (side) => {
  const step = side === "client" ? stepCliprdrClient : stepCliprdrServer;
  const rules = new Set<string>();
  fc.assert(
    fc.property(fc.array(anyInput, { minLength: 40, maxLength: 80, size: "max" }), fc.boolean(), (inputs, isReady) => {
      let state = (side === "client" ? cliprdrClient : cliprdrServer)(limits);
      let now = 0;
      const begin = isReady ? ready(side) : [{ type: "opened" } as const, caps(everything)];
      for (const input of [...begin, ...inputs.map((make) => make((now += 300)))]) {
        const after = step(state, input);
        const isRefusal = after.outputs.every((output) => output.type === "violation" && output.by === "local");
        if (isRefusal && after.outputs.length > 0) expect(after.state).toBe(state);
        for (const output of after.outputs) {
          if (output.type === "send") cliprdrVocabulary.encode(output.message);
          if (output.type === "received") expect(output.data.length).toBeLessThanOrEqual(4 << 20);
          if (output.type === "violation") rules.add(output.rule);
        }
        state = after.state;
        if (!holdsWithin(state)) expect.fail(JSON.stringify(state, (_, value: unknown) => String(value)));
      }
      const closed = step(state, { type: "closed" }).state;
      const { serving, ...fresh } = (side === "client" ? cliprdrClient : cliprdrServer)(limits);
      const { offer, nextRequestId } = state.serving;
      expect(closed).toEqual({ ...fresh, serving: { ...serving, offer: { ...offer, listed: false }, nextRequestId } });
    }),
    { numRuns: 100 },
  );
  const reached = ["not-negotiated", "too-many-formats", "unasked-answer", "too-many-requests", "too-many-locks"];
  reached.push(
    "list-silence",
    "lock-unknown",
    "unreadable",
    "format-not-offered",
    "not-wanted",
    "request-id-in-use",
    "not-open",
  );
  expect(reached.filter((rule) => !rules.has(rule))).toEqual([]);
});
