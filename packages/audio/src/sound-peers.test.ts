import { generate } from "@railvail/wire";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { choices } from "../../../test/laws.js";
import { clientAfter, clientReady, mono, play, serverAfter, serverReady, stereo } from "../testing/sound-pair.js";
import { soundVocabulary, stepSoundClient, stepSoundServer, type SoundMessage } from "./index.js";

const compat = fc.constantFrom<"wslg" | undefined>(undefined, "wslg");
const trainingSize = fc.constantFrom(undefined, 0, 20);
const confirms = fc.constantFrom("played" as const, "received" as const, "both" as const, "never" as const);

/** Any message; numbers are often such that they hit what is there. */
const anyMessage = fc.gen().map((draw): SoundMessage => {
  const choice = choices(draw);
  const names = Object.keys(soundVocabulary.pdus) as SoundMessage["message"][];
  const name = names[choice.int(0, names.length - 1)] as SoundMessage["message"];
  const value: Record<string, unknown> = { ...generate(soundVocabulary.pdus[name] as never, choice) };
  for (const [field, given] of Object.entries(value)) {
    if (typeof given !== "number" || choice.int(0, 9) === 0) continue;
    value[field] = field === "wVersion" ? choice.int(5, 8) : choice.int(0, 3);
  }
  if ("sndFormats" in value && choice.int(0, 3) > 0) value["sndFormats"] = [stereo, mono];
  return { message: name, value } as unknown as SoundMessage;
});

const times = fc.nat(2000);

describe("a peer that misbehaves", () => {
  test("never makes the client throw, or grow past 256 blocks", () => {
    const steps = fc.array(fc.tuple(anyMessage, times), { minLength: 10, maxLength: 40 });
    fc.assert(
      fc.property(confirms, compat, steps, (when, like, messages) => {
        let { state } = clientAfter(clientReady, { confirms: when, compat: like, formats: [stereo, mono] });
        let now = 0;
        for (const [message, later] of messages) {
          now += later;
          const step = stepSoundClient(state, { type: "received", message, now });
          const isWave = message.message === "wave2" || message.message === "waveInfo" || state.firstHalf !== undefined;
          if (!isWave && step.outputs.length > 0 && step.outputs.every(({ type }) => type === "violation"))
            expect(step.state).toBe(state);
          for (const output of step.outputs) if (output.type === "send") soundVocabulary.encode(output.message);
          state = step.state;
          expect(state.pending.length).toBeLessThanOrEqual(256);
          expect(new Set(state.pending.map(({ blockNo }) => blockNo)).size).toBe(state.pending.length);
        }
      }),
      { numRuns: 60 },
    );
  });

  test("never makes the server throw, or give more credits than there are", () => {
    const input = fc.oneof(
      fc.record({ type: fc.constant("received" as const), message: anyMessage, now: times }),
      times.map((now) => play(now)),
      times.map((now) => ({ type: "tick", now }) as const),
      times.map((now) => ({ type: "restart", now }) as const),
    );
    fc.assert(
      fc.property(compat, trainingSize, fc.array(input, { maxLength: 60 }), (like, size, inputs) => {
        let { state } = serverAfter(serverReady, { compat: like, trainingSize: size, credits: 4 });
        for (const each of inputs) {
          const step = stepSoundServer(state, each);
          if (step.outputs.length > 0 && step.outputs.every(({ type }) => type === "violation") && each.type === "play")
            expect(step.state).toBe(state);
          for (const output of step.outputs) if (output.type === "send") soundVocabulary.encode(output.message);
          state = step.state;
          expect(state.window.inFlight).toBeGreaterThanOrEqual(0);
          expect(state.window.inFlight).toBeLessThanOrEqual(4);
          expect(state.window.blocks.length).toBe(256);
        }
      }),
      { numRuns: 200 },
    );
  });
});
