import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  ack,
  create,
  draw,
  fill,
  frame,
  noTime,
  pixels,
  rect,
  serverAfter,
  serverReady,
} from "../testing/egfx-pair.js";
import { mayStartFrame, QueueDepth, stepEgfxServer, type EgfxServerOutput } from "./index.js";

const sent = (outputs: readonly EgfxServerOutput[]) =>
  outputs.flatMap((output) => (output.type === "send" ? [output.message] : []));
const types = (outputs: readonly EgfxServerOutput[]): string[] =>
  outputs.map((output) => (output.type === "violation" ? output.rule : output.type));

describe("frames", () => {
  const commands = [
    create(2, 4, 4),
    draw("wireToSurface1", pixels(2, rect(0, 0, 4, 4))),
    { type: "mapToWindow", surfaceId: 2, windowId: 5n },
    { type: "deleteSurface", surfaceId: 1 },
  ] as const;

  test("a frame is its commands between a start and an end, in order", () => {
    const { state, outputs } = serverAfter([...serverReady, create(), frame(0, ...commands)]);
    expect(sent(outputs).map(({ message }) => message)).toEqual([
      "startFrame",
      "createSurface",
      "wireToSurface1",
      "mapSurfaceToWindow",
      "deleteSurface",
      "endFrame",
    ]);
    expect(sent(outputs)[0]?.value).toEqual({ frameId: 1, timestamp: noTime });
    expect(sent(outputs)[2]?.value).toBe(commands[1].message.value);
    expect(outputs.at(-1)).toEqual({ type: "wake", at: 5000 });
    expect([...state.graphics.surfaces.keys()]).toEqual([2]);
  });

  test("of a frame that cannot be sent nothing is sent", () => {
    const before = serverAfter([...serverReady, create()]).state;
    const step = stepEgfxServer(before, frame(0, ...commands, draw("solidFill", fill(1, rect(0, 0, 1, 1)))));
    expect(types(step.outputs)).toEqual(["surface-unknown"]);
    expect(step.state).toBe(before);
  });

  test("frame ids go on from the last, and over the end of their 32 bits", () => {
    const last = 0xffff_ffff;
    const { state } = serverAfter([...serverReady, { ...frame(), frameId: last }, ack(last), frame()]);
    expect(state.pacing.outstanding).toEqual([{ frameId: 0, dueAt: 5000 }]);
  });

  test("while the client's queue is long, one frame waits at most", () => {
    const may = (queueDepth: number): boolean =>
      mayStartFrame(serverAfter([...serverReady, frame(), ack(1, queueDepth), frame()], { maxQueueDepth: 100 }).state);
    expect([may(100), may(101)]).toEqual([true, false]);
    const { state } = serverAfter([...serverReady, frame(), ack(1, 101), frame(), ack(2, 101)], { maxQueueDepth: 100 });
    expect(mayStartFrame(state)).toBe(true);
  });

  test("acknowledgements may come in any order", () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([1, 2, 3, 4, 5], { minLength: 5 }), (order) => {
        const frames = order.map(() => frame());
        const { state, outputs } = serverAfter([...serverReady, ...frames, ...order.map((id) => ack(id))], {
          maxFrames: 5,
        });
        expect(state.pacing.outstanding).toEqual([]);
        expect(types(outputs)).toEqual(["acknowledged", "wake"]);
      }),
    );
  });
});

describe("a client that does not acknowledge", () => {
  const never = QueueDepth.suspendFrameAcknowledgement;

  test("because it said so: frames are not waited for, until it takes it up with one of them", () => {
    const suspended = serverAfter([...serverReady, frame(), frame(), ack(1, never)]);
    expect(types(suspended.outputs)).toEqual(["acknowledged", "acknowledgementsSuspended", "wake"]);
    const many = Array.from({ length: 400 }, () => frame());
    let { state } = serverAfter([...serverReady, frame(), frame(), ack(1, never), ...many]);
    expect([mayStartFrame(state), state.pacing.outstanding.length]).toEqual([true, 0]);
    expect(state.pacing.unawaited).toHaveLength(256);
    const resumed = stepEgfxServer(state, ack(400));
    expect(types(resumed.outputs)).toEqual(["acknowledged", "acknowledgementsResumed"]);
    // The frames that were under way are still known, and the frames before are not.
    expect(resumed.state.pacing.unawaited).toEqual([401, 402]);
    ({ state } = resumed);
    expect(types(stepEgfxServer(state, ack(401)).outputs)).toEqual(["acknowledged"]);
    expect(types(stepEgfxServer(state, ack(399)).outputs)).toEqual(["ack-unknown"]);
  });

  test("a suspension and its end that crossed with a frame", () => {
    const { outputs, state } = serverAfter([...serverReady, frame(), frame(), ack(1, never), ack(2)]);
    expect(types(outputs)).toEqual(["acknowledged", "acknowledgementsResumed"]);
    expect(state.pacing).toMatchObject({ acknowledgements: "wanted", outstanding: [], unawaited: [] });
  });

  test("without a word: it is said once, and no frame is waited for until it does", () => {
    const inputs = [...serverReady, frame(), frame(1), { type: "tick", now: 5000 }] as const;
    const { state, outputs } = serverAfter(inputs);
    expect(types(outputs)).toEqual(["never-acknowledges", "wake"]);
    expect([mayStartFrame(state), state.pacing.outstanding.length]).toEqual([true, 0]);
    const after = serverAfter([...inputs, frame(5001), { type: "tick", now: 99_999 }]);
    expect(after.outputs).toEqual([]);
    const resumed = stepEgfxServer(after.state, ack(2));
    expect(types(resumed.outputs)).toEqual(["acknowledged", "acknowledgementsResumed"]);
    expect(types(serverAfter([...inputs, ack(2), frame(6000), frame(6000), frame(6000)]).outputs)).toEqual([
      "too-many-frames",
    ]);
  });

  test("for once: a frame whose time is over is given up, the others wait on", () => {
    const inputs = [...serverReady, frame(), ack(1), frame(0), frame(10), { type: "tick", now: 5000 }] as const;
    const { state, outputs } = serverAfter(inputs);
    expect(types(outputs)).toEqual(["ack-overdue", "wake"]);
    expect(outputs[1]).toEqual({ type: "wake", at: 5010 });
    expect(state.pacing.outstanding).toEqual([{ frameId: 3, dueAt: 5010 }]);
    // It was only late.
    expect(types(stepEgfxServer(state, ack(2)).outputs)).toEqual(["acknowledged"]);
  });
});
