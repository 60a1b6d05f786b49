import { CreateBuffer } from "@railvail/gfxredir";
import { WindowMove } from "@railvail/rail";
import { sourceOf } from "@railvail/wire";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  channelMessages,
  channelNames,
  channels,
  legalSequences,
  messagesOf,
  seeded,
  sessionTraffic,
  valuesOf,
} from "../index.js";
import { PlainSections } from "./plain-sections.js";
import { act } from "./session-actions.js";
import { SessionPair } from "./session-pair.js";
import { splitFrames } from "./split-frames.js";

describe("messages of a declaration", () => {
  test("are what it decodes to", () => {
    fc.assert(
      fc.property(valuesOf(CreateBuffer), (value) => {
        expect(CreateBuffer.decode(CreateBuffer.encode(value))).toEqual(value);
      }),
    );
    fc.assert(fc.property(messagesOf(WindowMove), (bytes) => void WindowMove.decode(bytes)));
  });

  test("shrink", () => {
    const found = fc.check(
      fc.property(valuesOf(WindowMove), ({ left }) => left < 1000),
      { numRuns: 1000 },
    );
    expect(found.failed).toBe(true);
    // What does not matter goes to its least value.
    expect(found.counterexample?.[0].windowId).toBe(0);
    expect(found.numShrinks).toBeGreaterThan(0);
  });
});

describe("messages of a channel", () => {
  test.each(channelNames)("%s: all are known", (name) => {
    for (const from of ["client", "server"] as const) {
      fc.assert(
        fc.property(channelMessages(name, from), (bytes) => {
          if (bytes.length > 0) expect(channels[name].match(bytes, from)).toBeDefined();
        }),
        { numRuns: 20 },
      );
    }
  });
});

describe("sessions", () => {
  test("keep to the rules: no machine of either side finds fault", () => {
    const violations = new Set<string>();
    for (let seed = 0; seed < 3; seed++) {
      const choice = seeded(seed);
      const sections = new PlainSections();
      const pair = new SessionPair(
        { sections, appList: { providerName: "fuzz" } },
        { sections, remoteApp: { program: undefined, arguments: "", workingDirectory: "" } },
      );
      const told = pair.compositor.flush.bind(pair.compositor);
      pair.compositor.flush = (now) => {
        const outputs = told(now);
        for (const output of outputs) {
          if (output.type === "violation" && output.violation.by === "peer") violations.add(output.violation.rule);
        }
        return outputs;
      };
      pair.settle();
      for (let left = 8; left > 0; left--) {
        act(pair, choice);
        pair.settle();
      }
    }
    expect([...violations]).toEqual([]);
  });

  test.each(["vail", "egfx", "composed"] as const)("over %s have all channels that it needs", (path) => {
    const { messages, frames } = sessionTraffic(seeded(5), path);
    const names = new Set(messages.map(({ channel }) => channel));
    expect(names.has("rail") && names.has("windowing") && names.has("cliprdr") && names.has("rdpapplist")).toBe(true);
    expect([names.has("gfxredir"), names.has("egfx")]).toEqual([path === "vail", path === "egfx"]);
    for (const { bytes } of frames) expect(splitFrames(bytes)).toEqual([bytes]);
  });

  test("are read as messages of their channels", () => {
    const sample = fc.sample(legalSequences("rail"), { numRuns: 2, seed: 4 });
    for (const { bytes, from } of sample.flat()) {
      channels.rail.match(bytes, from)?.read(sourceOf(bytes), 0, bytes.length);
    }
    expect(sample.flat().length).toBeGreaterThan(10);
  });
});
