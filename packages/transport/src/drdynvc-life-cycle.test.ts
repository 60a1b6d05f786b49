import { describe, expect, test } from "vitest";
import {
  serverAfter,
  clientAfter,
  data,
  close,
  response,
  request,
  answer,
  offer,
  create,
  open,
  opened,
  ready,
  started,
  listening,
} from "../testing/drdynvc-inputs.js";
import { received } from "../testing/drdynvc-pair.js";
import { drdynvcServer, stepDrdynvcClient, stepDrdynvcServer, type DrdynvcServerInput } from "./index.js";

describe("creation", () => {
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

  test("goes after the data of its class, if there are classes", () => {
    const urgent: DrdynvcServerInput = { type: "create", name: "one", priority: 2 };
    const close1 = { type: "close", channelId: 1 } as const;
    const data1 = { type: "data", channelId: 1, message: [] } as const;
    for (const [version, priority] of [
      [1, 0],
      [3, 2],
    ] as const) {
      const server = serverAfter([opened, answer(version), urgent, response(1)]).state;
      const client = clientAfter([{ type: "opened" }, offer(version), request(1, "one", 2)], listening).state;
      const closes = [{ type: "closed" }, { type: "send", priority }];
      expect(stepDrdynvcServer(server, close1).outputs).toMatchObject(closes);
      expect(stepDrdynvcClient(client, close1).outputs).toMatchObject(closes);
      expect(stepDrdynvcServer(server, data1).outputs).toMatchObject([{ type: "write", priority }]);
      expect(stepDrdynvcClient(client, data1).outputs).toMatchObject([{ type: "write", priority }]);
    }
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
