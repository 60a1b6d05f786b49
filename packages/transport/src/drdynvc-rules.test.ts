import { describe, expect, test } from "vitest";
import {
  serverAfter,
  clientAfter,
  data,
  squeezed,
  close,
  response,
  request,
  answer,
  offer,
  create,
  open,
  opened,
  ready,
  silent,
  started,
  listening,
} from "../testing/drdynvc-inputs.js";
import { brokenRules, received } from "../testing/drdynvc-pair.js";
import {
  CreationStatus,
  drdynvcRules,
  stepDrdynvcClient,
  stepDrdynvcServer,
  type DrdynvcClientInput,
  type DrdynvcClientOptions,
  type DrdynvcServerInput,
  type DrdynvcServerOptions,
} from "./index.js";

/** Histories of a server whose last input breaks the rule, and nothing else comes of it. */
const serverBreaks: Record<
  string,
  [rule: string, history: DrdynvcServerInput[], changes?: Partial<DrdynvcServerOptions>][]
> = {
  peer: [
    ["not-open", [answer(1)]],
    ["wrong-direction", [...ready, offer(1)]],
    ["caps-again", [...ready, answer(1)]],
    ["caps-late", [...silent, answer(1)]],
    ["unasked-response", [...ready, response(1)]],
    ["unasked-response", [...open, response(1)]],
    ["not-created", [...ready, create, data(1)]],
    ["not-created", [...ready, create, close(1)]],
    ["unknown-channel", [...ready, data(1)]],
    ["unasked-soft-sync", [...ready, received("softSyncResponse", { tunnels: [] })]],
  ],
  local: [
    ["not-open", [create]],
    ["already-open", [opened, opened]],
    ["unavailable", [...silent, create]],
    ["name", [...ready, { type: "create", name: "" }]],
    ["name", [...ready, { type: "create", name: "a\0b" }]],
    ["name", [...ready, { type: "create", name: "\u0416" }]],
    ["name", [...ready, { type: "create", name: "n".repeat(1595) }]],
    ["too-many-channels", [...ready, create, create], { maxChannels: 1 }],
    ["unknown-channel", [...ready, { type: "close", channelId: 1 }]],
    ["unknown-channel", [...ready, create, { type: "data", channelId: 1, message: [] }]],
  ],
};

const clientBreaks: typeof serverBreaks extends unknown
  ? Record<string, [rule: string, history: DrdynvcClientInput[], changes?: Partial<DrdynvcClientOptions>][]>
  : never = {
  peer: [
    ["not-open", [offer(1)]],
    ["wrong-direction", [...started, answer(1)]],
    ["unknown-channel", [...started, data(1)]],
  ],
  local: [
    ["already-open", [...started, { type: "opened" }]],
    ["unknown-channel", [...started, { type: "close", channelId: 1 }]],
    ["unknown-channel", [...started, { type: "data", channelId: 1, message: [] }]],
  ],
};

const seen = new Set<string>();

describe("what is out of place is a violation and changes nothing", () => {
  test.each(Object.entries(serverBreaks))("of the server's: %s", (by, cases) => {
    for (const [rule, history, changes] of cases) {
      const before = serverAfter(history.slice(0, -1), changes).state;
      const { state, outputs } = stepDrdynvcServer(before, history.at(-1) as DrdynvcServerInput);
      expect([rule, brokenRules(outputs), outputs.length]).toEqual([rule, [`${by}: ${rule}`], 1]);
      expect(state).toBe(before);
      seen.add(rule);
    }
  });

  test.each(Object.entries(clientBreaks))("of the client's: %s", (by, cases) => {
    for (const [rule, history, changes] of cases) {
      const before = clientAfter(history.slice(0, -1), changes).state;
      const { state, outputs } = stepDrdynvcClient(before, history.at(-1) as DrdynvcClientInput);
      expect([rule, brokenRules(outputs), outputs.length]).toEqual([rule, [`${by}: ${rule}`], 1]);
      expect(state).toBe(before);
      seen.add(rule);
    }
  });
});

describe("what is out of place and is taken all the same", () => {
  test.each([
    [0, 1],
    [4, 3],
  ])("a client's version %i counts as %i", (stated, agreed) => {
    const { state, outputs } = serverAfter([opened, answer(stated)]);
    expect(brokenRules(outputs)).toEqual(["peer: version"]);
    expect([state.phase, state.version]).toEqual(["ready", agreed]);
    seen.add("version");
  });

  test("a server's version 0 counts as 1, and a later one is the client's own", () => {
    const { state, outputs } = clientAfter([{ type: "opened" }, offer(0)]);
    expect(brokenRules(outputs)).toEqual(["peer: version"]);
    expect(state.version).toBe(1);
    expect(clientAfter([{ type: "opened" }, offer(9)]).outputs).toMatchObject([
      { type: "send", message: { message: "capabilitiesResponse", value: { version: 3 } } },
      { type: "ready", version: 3, priorityCharges: [1, 2, 3, 4] },
    ]);
  });

  test("a version stated again is confirmed as before", () => {
    const { state, outputs } = clientAfter([{ type: "opened" }, offer(1), offer(3)]);
    expect(outputs).toMatchObject([
      { by: "peer", rule: "caps-again" },
      { type: "send", message: { message: "capabilitiesResponse", value: { version: 1 } } },
    ]);
    expect(state.version).toBe(1);
    seen.add("caps-again");
  });

  test("a server that states no version gets the client's with the first channel", () => {
    const { state, outputs } = clientAfter([{ type: "opened" }, request(1)], listening);
    expect(outputs).toMatchObject([
      { by: "peer", rule: "not-ready" },
      { message: { message: "capabilitiesResponse", value: { version: 3 } } },
      { type: "ready", version: 3, priorityCharges: undefined },
      { message: { message: "createResponse", value: { channelId: 1, creationStatus: 0 } } },
      { type: "created", channelId: 1, name: "one" },
    ]);
    expect(state.phase).toBe("ready");
    seen.add("not-ready");
  });

  test("compressed data below version 3 is a part like any other", () => {
    const server = serverAfter([opened, answer(2), create, response(1), squeezed(1)]);
    expect(server.outputs).toMatchObject([
      { by: "peer", rule: "not-negotiated", channelId: 1 },
      { type: "part", compressed: true },
    ]);
    const client = clientAfter([{ type: "opened" }, offer(2), request(1), squeezed(1)], listening);
    expect(client.outputs).toMatchObject([{ rule: "not-negotiated" }, { type: "part", compressed: true }]);
    expect(serverAfter([...open, squeezed(1)]).outputs).toMatchObject([{ type: "part" }]);
    seen.add("not-negotiated");
  });
});

describe("creation", () => {
  test("a client refuses what it does not listen to, what is too much and an id that is in use", () => {
    const refusals = (inputs: DrdynvcClientInput[]) => {
      const { outputs, state } = clientAfter([...started, ...inputs], { ...listening, maxChannels: 1 });
      const status = outputs.flatMap((output) => (output.type === "refused" ? [output.creationStatus] : []));
      expect(outputs).toContainEqual({
        type: "send",
        message: { message: "createResponse", value: { sp: 0, channelId: 1, creationStatus: status[0] } },
      });
      return [...brokenRules(outputs), ...status, [...state.channels.keys()]];
    };
    expect(refusals([request(1, "nobody")])).toEqual([CreationStatus.notFound, []]);
    expect(CreationStatus.notFound).toBe(-0x3fff_fddb);
    expect(refusals([request(2), request(1)])).toEqual(["peer: too-many-channels", CreationStatus.noMemory, [2]]);
    expect(refusals([request(1), request(1)])).toEqual(["peer: channel-id-in-use", CreationStatus.unsuccessful, [1]]);
    seen.add("too-many-channels").add("channel-id-in-use");
  });
});

describe("closing", () => {
  test("ids of channels closed from here are kept in mind up to a bound", () => {
    const one = clientAfter(
      [...started, request(1), request(2), { type: "close", channelId: 1 }, { type: "close", channelId: 2 }],
      { ...listening, maxClosing: 1 },
    );
    expect(brokenRules(one.outputs)).toEqual(["local: closes-forgotten"]);
    expect(one.state.closing).toEqual([2]);
    expect(stepDrdynvcClient(one.state, data(2)).outputs).toEqual([]);
    expect(stepDrdynvcClient(one.state, request(2)).state.closing).toEqual([]);
    seen.add("closes-forgotten");
  });
});

test("each rule of the table was broken above", () => {
  expect([...seen].toSorted()).toEqual(Object.keys(drdynvcRules).toSorted());
});
