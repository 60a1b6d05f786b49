import { sourceOf } from "@railvail/wire";
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  displayClient,
  displayServer,
  displayVocabulary,
  layoutRules,
  layoutViolations,
  stepDisplayClient,
  stepDisplayServer,
  type DisplayClientInput,
  type DisplayClientOutput,
  type DisplayMessage,
  type DisplayServerInput,
  type DisplayServerOutput,
  type MonitorDefinition,
} from "./index.js";

const monitor = (changes: Partial<MonitorDefinition>): MonitorDefinition => ({
  flags: 0,
  left: 0,
  top: 0,
  width: 1920,
  height: 1080,
  physicalWidth: 600,
  physicalHeight: 340,
  orientation: 0,
  desktopScaleFactor: 100,
  deviceScaleFactor: 100,
  ...changes,
});

const part = fc.record({
  width: fc.constantFrom(1920, 2560, 640, 1921),
  height: fc.constantFrom(1080, 1440, 8193),
  gap: fc.constantFrom(0, 0, 0, 0, 9),
});

/** Rows of monitors, with a fault now and then. */
const layouts = fc.array(part, { maxLength: 4 }).map((parts) => {
  let left = 0;
  return parts.map(({ width, height, gap }, index) => {
    const of = monitor({ flags: index === 0 ? 1 : 0, left, width, height });
    left += width + gap;
    return of;
  });
});

const isVoid = (monitors: readonly MonitorDefinition[]): boolean =>
  layoutViolations(monitors).some(({ rule }) => layoutRules[rule].voids === "layout");

/** A client and a server; what they send waits until it is delivered. */
class Pair {
  client = displayClient();
  server = displayServer();
  readonly learnt: (readonly MonitorDefinition[])[] = [];
  readonly violations: string[] = [];
  private readonly toClient: Uint8Array[] = [];
  private readonly toServer: Uint8Array[] = [];

  clientDoes(input: DisplayClientInput): void {
    const { state, outputs } = stepDisplayClient(this.client, input);
    this.client = state;
    for (const output of outputs) this.take(output, this.toServer);
  }

  serverDoes(input: DisplayServerInput): void {
    const { state, outputs } = stepDisplayServer(this.server, input);
    this.server = state;
    for (const output of outputs) this.take(output, this.toClient);
  }

  /** Delivers the next message that waits, if there is one. */
  deliver(to: "client" | "server"): void {
    const bytes = (to === "client" ? this.toClient : this.toServer).shift();
    if (bytes === undefined) return;
    const sender = to === "client" ? "server" : "client";
    const message = displayVocabulary.read(sourceOf(bytes), 0, bytes.length, sender) as DisplayMessage;
    if (to === "client") this.clientDoes({ type: "received", message });
    else this.serverDoes({ type: "received", message });
  }

  private take(output: DisplayClientOutput | DisplayServerOutput, queue: Uint8Array[]): void {
    if (output.type === "send") queue.push(displayVocabulary.encode(output.message));
    else if (output.type === "layout") this.learnt.push(output.monitors);
    else if (output.type === "violation") this.violations.push(`${output.by}: ${output.rule}`);
  }
}

const actions = fc.oneof(layouts, fc.constantFrom("client" as const, "server" as const));

test("the server ends with the client's last layout that is not void, however messages are delayed", () => {
  fc.assert(
    fc.property(fc.array(actions, { maxLength: 30 }), (history) => {
      const pair = new Pair();
      pair.clientDoes({ type: "opened" });
      pair.serverDoes({ type: "opened" });
      for (const action of history) {
        if (typeof action === "string") pair.deliver(action);
        else pair.clientDoes({ type: "setLayout", monitors: action });
      }
      for (let left = 0; left <= history.length; left++) {
        pair.deliver("client");
        pair.deliver("server");
      }
      const wanted = history.filter((action) => typeof action !== "string");
      // What waits for the limits is replaced by what comes later, void or not.
      const last = wanted.findLast((monitors) => !isVoid(monitors));
      if (wanted.length > 0 && wanted.at(-1) === last) expect(pair.learnt.at(-1)).toEqual(last);
      expect(pair.learnt.every((monitors) => !isVoid(monitors))).toBe(true);
      expect(pair.violations.filter((violation) => violation.startsWith("peer"))).toEqual([]);
      expect(pair.violations.length).toBeLessThanOrEqual(wanted.filter(isVoid).length);
    }),
  );
});

test("a layout is sent once the limits are known, and only if it obeys them", () => {
  const open = stepDisplayClient(displayClient(), { type: "opened" }).state;
  const two = [monitor({ flags: 1 }), monitor({ left: 1920 })];
  const waiting = stepDisplayClient(open, { type: "setLayout", monitors: two });
  expect(waiting.outputs).toEqual([]);
  const limits = { maxNumMonitors: 1, maxMonitorAreaFactorA: 4096, maxMonitorAreaFactorB: 4096 };
  const caps: DisplayMessage = { message: "displayCaps", value: limits };
  expect(stepDisplayClient(waiting.state, { type: "received", message: caps }).outputs).toMatchObject([
    { type: "caps", caps: limits },
    { type: "violation", by: "local", rule: "layout-void", layout: [{ rule: "too-many-monitors" }] },
  ]);
});

test("a void layout is reported with each rule it breaks, and changes nothing", () => {
  const { state } = stepDisplayServer(displayServer(), { type: "opened" });
  const message: DisplayMessage = { message: "monitorLayout", value: { monitors: [monitor({ width: 1921 })] } };
  const { outputs, state: after } = stepDisplayServer(state, { type: "received", message });
  expect(after).toBe(state);
  expect(outputs).toMatchObject([
    { type: "violation", by: "peer", rule: "layout-void", layout: [{ rule: "width-odd" }, { rule: "primary-count" }] },
  ]);
});

test("a layout of too many monitors is one violation, however much is wrong with each", () => {
  const { state } = stepDisplayServer(displayServer(), { type: "opened" });
  const monitors = Array.from({ length: 100_000 }, () => monitor({ width: 1 }));
  const layout: DisplayMessage = { message: "monitorLayout", value: { monitors } };
  const { outputs } = stepDisplayServer(state, { type: "received", message: layout });
  expect(outputs).toMatchObject([
    { type: "violation", by: "peer", rule: "layout-void", layout: [{ rule: "too-many-monitors", value: 100_000 }] },
  ]);
});

test("what is out of place is a violation and changes nothing", () => {
  const layout: DisplayMessage = { message: "monitorLayout", value: { monitors: [monitor({ flags: 1 })] } };
  const caps: DisplayMessage = { message: "displayCaps", value: displayServer().caps };
  const [client, server] = [displayClient(), displayServer()];
  expect(stepDisplayClient(client, { type: "received", message: caps })).toMatchObject({
    state: client,
    outputs: [{ by: "peer", rule: "not-open" }],
  });
  expect(stepDisplayClient(client, { type: "setLayout", monitors: [] })).toMatchObject({
    state: client,
    outputs: [{ by: "local", rule: "not-open" }],
  });
  expect(stepDisplayServer(server, { type: "received", message: layout })).toMatchObject({
    state: server,
    outputs: [{ by: "peer", rule: "not-open" }],
  });
  const open = { ...server, channel: "open" } as const;
  expect(stepDisplayServer(open, { type: "received", message: caps })).toMatchObject({
    state: open,
    outputs: [{ rule: "wrong-direction" }],
  });
  const known = stepDisplayClient({ ...client, channel: "open" }, { type: "received", message: caps }).state;
  expect(stepDisplayClient(known, { type: "received", message: layout })).toMatchObject({
    state: known,
    outputs: [{ rule: "wrong-direction" }],
  });
  expect(stepDisplayClient(known, { type: "received", message: caps }).outputs).toMatchObject([
    { type: "caps" },
    { rule: "caps-again" },
  ]);
});
