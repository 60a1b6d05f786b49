import { describe, expect, test } from "vitest";
import { brokenRules, received } from "../testing/drdynvc-pair.js";
import {
  CreationStatus,
  drdynvcClient,
  drdynvcRules,
  drdynvcServer,
  stepDrdynvcClient,
  stepDrdynvcServer,
  type DrdynvcClientInput,
  type DrdynvcClientOptions,
  type DrdynvcServerInput,
  type DrdynvcServerOptions,
} from "./index.js";

function serverAfter(inputs: readonly DrdynvcServerInput[], options: Partial<DrdynvcServerOptions> = {}) {
  let step: ReturnType<typeof stepDrdynvcServer> = { state: drdynvcServer(options), outputs: [] };
  for (const input of inputs) step = stepDrdynvcServer(step.state, input);
  return step;
}

function clientAfter(inputs: readonly DrdynvcClientInput[], options: Partial<DrdynvcClientOptions> = {}) {
  let step: ReturnType<typeof stepDrdynvcClient> = { state: drdynvcClient(options), outputs: [] };
  for (const input of inputs) step = stepDrdynvcClient(step.state, input);
  return step;
}

const noBytes = new Uint8Array(0);
const data = (channelId: number) => received("data", { sp: 0, channelId, data: noBytes });
const squeezed = (channelId: number) => received("dataCompressed", { sp: 0, channelId, data: noBytes });
const close = (channelId: number) => received("close", { sp: 0, channelId });
const response = (channelId: number, creationStatus = 0) =>
  received("createResponse", { sp: 0, channelId, creationStatus });
const request = (channelId: number, channelName = "one", priority = 0) =>
  received("createRequest", { channelId, channelName, priority });
const answer = (version: number) => received("capabilitiesResponse", { cbId: 0, sp: 0, version });
const charges = { priorityCharge0: 1, priorityCharge1: 2, priorityCharge2: 3, priorityCharge3: 4 };
const offer = (version: number) =>
  received("capabilitiesRequest", { cbId: 0, sp: 0, version, ...(version > 1 ? { priorityCharges: charges } : {}) });

const create: DrdynvcServerInput = { type: "create", name: "one" };
const opened: DrdynvcServerInput = { type: "opened", now: 0 };
const ready: DrdynvcServerInput[] = [opened, answer(3)];
const open: DrdynvcServerInput[] = [...ready, create, response(1)];
const silent: DrdynvcServerInput[] = [opened, { type: "tick", now: 10_000 }];
const started: DrdynvcClientInput[] = [{ type: "opened" }, offer(3)];
const listening = { listeners: ["one"] };

/** Histories of a server whose last input breaks the rule, and nothing else comes of it. */
const serverBreaks: Record<string, [rule: string, history: DrdynvcServerInput[], changes?: Partial<DrdynvcServerOptions>][]> = {
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

  test("names can be taken from the list, and what is open stays", () => {
    const { state, outputs } = clientAfter(
      [...started, request(1), { type: "listen", listeners: ["two"] }, request(2)],
      listening,
    );
    expect(outputs.at(-1)).toMatchObject({ type: "refused", channelId: 2 });
    expect([...state.channels.keys()]).toEqual([1]);
  });

  test("requests wait for the version, and go out in order; a positive status accepts", () => {
    const two: DrdynvcServerInput = { type: "create", name: "two", priority: 3 };
    const { state, outputs } = serverAfter([opened, create, two, answer(2)]);
    expect(outputs).toMatchObject([
      { type: "ready", version: 2, priorityCharges: [936, 3276, 9362, 21_845] },
      { type: "send", message: { message: "createRequest", value: { channelId: 1, channelName: "one", priority: 0 } } },
      { type: "send", message: { message: "createRequest", value: { channelId: 2, channelName: "two", priority: 3 } } },
      { type: "wake", at: undefined },
    ]);
    const created = stepDrdynvcServer(state, response(2, 7)).outputs;
    expect(created).toEqual([{ type: "created", channelId: 2, name: "two", priority: 3 }]);
    const refused = stepDrdynvcServer(state, response(2, -7));
    expect(refused.outputs).toEqual([{ type: "refused", channelId: 2, name: "two", creationStatus: -7 }]);
    expect([...refused.state.channels.keys()]).toEqual([1]);
  });

  test("a client that is silent for ten seconds refuses all that waits", () => {
    const waiting = serverAfter([{ type: "opened", now: 500 }]);
    expect(waiting.outputs).toMatchObject([{ type: "send" }, { type: "wake", at: 10_500 }]);
    const asked = stepDrdynvcServer(waiting.state, create).state;
    expect(stepDrdynvcServer(asked, { type: "tick", now: 10_499 })).toEqual({ state: asked, outputs: [] });
    const { state, outputs } = stepDrdynvcServer(asked, { type: "tick", now: 10_500 });
    expect(outputs).toEqual([
      { type: "unavailable" },
      { type: "refused", channelId: 1, name: "one", creationStatus: undefined },
      { type: "wake", at: undefined },
    ]);
    expect(state.channels.size).toBe(0);
  });

  test("with WSLg's ways version 1 is offered, as its bytes were recorded", () => {
    expect(stepDrdynvcServer(drdynvcServer({ compat: "wslg" }), opened).outputs[0]).toEqual({
      type: "send",
      message: {
        message: "capabilitiesRequest",
        value: { cbId: 0, sp: 0, version: 1, priorityCharges: undefined },
      },
    });
  });
});

describe("closing", () => {
  test("the client answers a close, and not one of a channel that is not open", () => {
    const { state, outputs } = clientAfter([...started, request(1), close(1)], listening);
    expect(outputs).toMatchObject([
      { type: "closed", channelId: 1, by: "peer" },
      { type: "send", message: { message: "close", value: { channelId: 1 } } },
    ]);
    expect(stepDrdynvcClient(state, close(1))).toEqual({ state, outputs: [] });
  });

  test("the server does not answer a close; data that is still on its way is passed over", () => {
    const { state, outputs } = serverAfter([...open, close(1)]);
    expect(outputs).toEqual([{ type: "closed", channelId: 1, name: "one", by: "peer" }]);
    expect(state.channels.size).toBe(0);
    const ended = serverAfter([...open, { type: "close", channelId: 1 }]).state;
    expect(stepDrdynvcServer(ended, data(1))).toEqual({ state: ended, outputs: [] });
    const done = stepDrdynvcServer(ended, close(1));
    expect([done.outputs, done.state.closing]).toEqual([[], []]);
  });

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

  test("a request that is taken back is closed, whatever the client answers", () => {
    const back: DrdynvcServerInput[] = [...ready, create, { type: "close", channelId: 1 }];
    expect(serverAfter(back).outputs).toMatchObject([
      { type: "closed", by: "local" },
      { type: "send", message: { message: "close" } },
    ]);
    expect(serverAfter([...back, response(1)]).state.closing).toEqual([1]);
    expect(serverAfter([...back, response(1), close(1)]).state.closing).toEqual([]);
    expect(serverAfter([...back, response(1, -1)])).toMatchObject({ outputs: [], state: { closing: [] } });
  });
});

test("a client asked to move channels to other transports says that there are none", () => {
  const { state } = clientAfter(started);
  const softSync = received("softSyncRequest", { flags: 1, channelLists: [{ tunnelType: 1, channelIds: [1] }] });
  const { state: after, outputs } = stepDrdynvcClient(state, softSync);
  expect(after).toBe(state);
  expect(outputs).toEqual([
    { type: "send", message: { message: "softSyncResponse", value: { tunnels: [] } } },
    { type: "softSync" },
  ]);
});

test("each rule of the table was broken above", () => {
  expect([...seen].toSorted()).toEqual(Object.keys(drdynvcRules).toSorted());
});
