import { generate } from "@railvail/wire";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { choices } from "../../../test/laws.js";
import { AudioInputPair, clientAfter, heard, serverAfter } from "../testing/audio-input-pair.js";
import {
  audioInputVocabulary,
  FormatTag,
  inputFormats,
  pcmFormat,
  stepAudioInputClient,
  stepAudioInputServer,
  type AudioInputMessage,
  type AudioInputServerOptions,
} from "./index.js";

const mono = pcmFormat(1, 44_100, 16);
const stereo = pcmFormat(2, 44_100, 16);
const aac = { ...stereo, wFormatTag: FormatTag.aac, data: Uint8Array.of(1, 2, 3) };

const formats = fc.constantFrom([mono], [stereo, mono], [aac, mono], [mono, aac, stereo]);
const versions = fc.constantFrom(1, 2);
const serverOptions: fc.Arbitrary<Partial<AudioInputServerOptions>> = fc.record({
  formats,
  version: versions,
  compat: fc.constantFrom<"wslg" | undefined>(undefined, "wslg"),
});
const clientOptions = fc.record({ formats, version: versions });

const some = fc.constantFrom(1, 2, 9);
const actions = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constantFrom("client" as const, "server" as const), count: some }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant("record" as const), count: some }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("changeFormat" as const), count: fc.nat(3) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom("opens" as const, "fails" as const) }) },
  fc.record({ do: fc.constant("wait" as const), count: fc.constantFrom(5, 4999, 5000) }),
  fc.record({ do: fc.constantFrom("open" as const, "cut" as const) }),
);
type Action = typeof actions extends fc.Arbitrary<infer A> ? A : never;

/** What the client's application recorded on this connection and the server's has not yet heard. */
type Recorded = { readonly data: number; readonly formatNo: number }[];
let made = 0;

function act(pair: AudioInputPair, action: Action, recorded: Recorded): void {
  switch (action.do) {
    case "client":
    case "server":
      return pair.deliver(action.do, action.count);
    case "record":
      for (let each = 0; each < action.count; each++) {
        made = (made + 1) % 251;
        const { phase, formatNo } = pair.client;
        if (phase === "recording") recorded.push({ data: made, formatNo });
        pair.clientDoes({ type: "record", data: Uint8Array.of(made) });
      }
      return;
    case "changeFormat":
      return pair.serverDoes({ type: "changeFormat", formatNo: action.count });
    case "opens":
      return pair.answer(0);
    case "fails":
      return pair.answer(0x8000_4005);
    case "wait":
      return pair.wait(action.count);
    case "open":
      return pair.serverDoes({ type: "open", now: pair.now });
    case "cut":
      recorded.splice(0);
      pair.cut();
      return pair.open();
  }
}

/** What is heard is what was recorded, in the format it was recorded in. */
function holdsAlways(pair: AudioInputPair, recorded: Recorded): void {
  for (const { data, formatNo } of pair.heard.splice(0)) expect({ data: data[0], formatNo }).toEqual(recorded.shift());
  expect(pair.wake).toBe(pair.server.deadline);
  const waits = ["version", "formats", "opening"].includes(pair.server.phase);
  expect(pair.wake !== undefined).toBe(waits);
}

/** From the start, or from when all is set up. */
const histories = fc.record({ begun: fc.boolean(), history: fc.array(actions, { maxLength: 50 }) });

const peerFaults = (pair: AudioInputPair): string[] => pair.violations.filter((rule) => rule.includes(": peer: "));

describe("server and client", () => {
  test("hear what is recorded in its format, and break no rule, whatever is delayed, refused or cut", () => {
    fc.assert(
      fc.property(serverOptions, clientOptions, histories, (server, client, { begun, history }) => {
        const pair = new AudioInputPair(server, client);
        const recorded: Recorded = [];
        pair.open();
        if (begun) pair.settle();
        for (const action of history) {
          act(pair, action, recorded);
          holdsAlways(pair, recorded);
        }
        pair.settle();
        holdsAlways(pair, recorded);
        if (pair.server.phase === "recording") expect(recorded).toEqual([]);
        if (pair.server.phase !== "recording" && pair.server.phase !== "refused") {
          pair.cut();
          pair.open();
          pair.settle();
        }
        if (pair.server.phase === "refused") {
          pair.serverDoes({ type: "open", now: pair.now });
          pair.settle();
        }
        expect(pair.server.phase).toBe("recording");
        expect(pair.client.phase).toBe("recording");
        expect(pair.server.formatNo).toBe(pair.client.formatNo);
        expect(pair.server.asked).toBeUndefined();
        expect(peerFaults(pair)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});

/** Any message; numbers are often such that they hit what is there. */
const anyMessage = fc.gen().map((draw): AudioInputMessage => {
  const choice = choices(draw);
  const names = Object.keys(audioInputVocabulary.pdus) as AudioInputMessage["message"][];
  const name = names[choice.int(0, names.length - 1)] as AudioInputMessage["message"];
  const value: Record<string, unknown> = { ...generate(audioInputVocabulary.pdus[name] as never, choice) };
  for (const [field, given] of Object.entries(value))
    if (typeof given === "number" && choice.int(0, 9) > 0) value[field] = choice.int(0, 2);
  if ("soundFormats" in value && choice.int(0, 3) > 0) value["soundFormats"] = [mono, aac];
  return { message: name, value } as unknown as AudioInputMessage;
});

describe("a peer that misbehaves", () => {
  const messages = fc.array(fc.tuple(anyMessage, fc.boolean()), { minLength: 10, maxLength: 50 });

  test("never makes the client throw, or keep more than its own formats", () => {
    fc.assert(
      fc.property(messages, (list) => {
        let { state } = clientAfter([{ type: "opened" }], { formats: [mono, aac] });
        for (const [message, opens] of list) {
          const step = stepAudioInputClient(state, { type: "received", message });
          if (step.outputs.length > 0 && step.outputs.every(({ type }) => type === "violation"))
            expect(step.state).toBe(state);
          for (const output of step.outputs) if (output.type === "send") audioInputVocabulary.encode(output.message);
          state = stepAudioInputClient(step.state, { type: opens ? "deviceOpened" : "closed" }).state;
          if (state.phase === "closed") state = stepAudioInputClient(state, { type: "opened" }).state;
          expect(state.formats.length).toBeLessThanOrEqual(2);
        }
      }),
      { numRuns: 80 },
    );
  });

  test("never makes the server throw, or keep more formats than it may", () => {
    fc.assert(
      fc.property(messages, (list) => {
        let { state } = serverAfter([{ type: "opened", now: 0 }], { formats: [mono, aac], maxFormats: 1 });
        for (const [message, other] of list) {
          const step = stepAudioInputServer(state, { type: "received", message, now: 0 });
          for (const output of step.outputs) if (output.type === "send") audioInputVocabulary.encode(output.message);
          state = step.state;
          if (other) state = stepAudioInputServer(state, { type: "changeFormat", formatNo: 0 }).state;
          if (other) state = stepAudioInputServer(state, { type: "open", now: 0 }).state;
          expect(state.formats.length).toBeLessThanOrEqual(1);
        }
      }),
      { numRuns: 80 },
    );
  });

  test("with a hundred thousand formats costs no more than looking at them", () => {
    const soundFormats = Array.from({ length: 100_000 }, () => stereo);
    const message = heard("audioInputFormats", inputFormats(soundFormats));
    const open = [{ type: "opened" as const }, heard("audioInputVersion", { version: 2 })];
    expect(clientAfter([...open, message], { formats: [mono, stereo] }).state.formats).toEqual([stereo]);
  });
});
