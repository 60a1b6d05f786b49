import { expect, test } from "vitest";
import { brokenRules, clientAfter, received, serverAfter, start } from "../testing/rail-pair.js";
import { railRules, type RailClientInput, type RailServerInput } from "./index.js";

const opened = { type: "opened", railSupportLevel: 0, now: 0 } as const;
const shake = received("handshake", { buildNumber: 1 });
const shakeEx = received("handshakeEx", { buildNumber: 1, railHandshakeFlags: 7 });
const status = received("clientStatus", { flags: 0x101 });
const exec = (id: number, name = "xterm") => ({ type: "exec", id, exec: start(name), now: 0 }) as const;
const move = (isMoveSizeStart: number, windowId = 1) =>
  received("localMoveSize", { windowId, isMoveSizeStart, moveSizeType: 8, posX: 0, posY: 0 });
const startMove = { type: "startMoveSize", windowId: 1, moveSizeType: 8, posX: 0, posY: 0 } as const;
const moves = { clientFlags: 1 };

/** Inputs whose last one breaks the rule; the options make limits small. */
const client = (rule: string, by: "peer" | "local", inputs: readonly RailClientInput[], options = {}) =>
  [
    rule,
    by,
    "client",
    () => clientAfter(inputs, { maxExecs: 1, maxLateExecs: 0, maxAppIdRequests: 1, ...options }),
  ] as const;
const server = (rule: string, by: "peer" | "local", inputs: readonly RailServerInput[]) =>
  [rule, by, "server", () => serverAfter(inputs, { maxExecs: 1, maxAppIdRequests: 1 })] as const;

const cases = [
  client("not-open", "peer", [shake]),
  client("not-open", "local", [opened, { type: "activate", value: { windowId: 1, enabled: 1 } }]),
  client("not-open", "local", [{ type: "proceed", now: 0 }]),
  client("not-open", "local", [exec(1)]),
  client("already-open", "local", [opened, opened]),
  client("before-handshake", "peer", [opened, received("zOrderSync", { windowIdMarker: 1 })]),
  client("handshake-again", "peer", [opened, shake, shakeEx]),
  client("handshake-silence", "peer", [opened, { type: "tick", now: 10_000 }]),
  client("wrong-direction", "peer", [opened, shake, status]),
  client("unknown-order", "peer", [opened, { type: "unknown", orderType: 0x1b }]),
  client("not-announced", "peer", [opened, shake, received("zOrderSync", { windowIdMarker: 1 })]),
  client("not-announced", "local", [opened, shake, { type: "cloak", value: { windowId: 1, cloaked: 1 } }]),
  client("out-of-range", "local", [{ type: "textScaleInfo", value: { textScaleFactor: 226 } }]),
  client("out-of-range", "local", [
    opened,
    shake,
    { type: "place", windowId: 1, rectangle: { left: 0, top: 0, right: 32_768, bottom: 1 } },
  ]),
  client("exec-text", "local", [opened, exec(1, "")]),
  client("too-many-execs", "local", [opened, exec(1), exec(2)]),
  client("exec-id-in-use", "local", [opened, exec(1), exec(1)]),
  client("exec-unmatched", "peer", [
    opened,
    shake,
    received("execResult", { flags: 0, execResult: 0, rawResult: 0, exeOrFile: "x" }),
  ]),
  client("results-forgotten", "local", [opened, shake, exec(1), { type: "tick", now: 60_000 }]),
  client("too-many-requests", "local", [
    opened,
    shake,
    { type: "requestAppId", windowId: 1 },
    { type: "requestAppId", windowId: 2 },
  ]),
  client("not-requested", "peer", [opened, shake, received("getAppIdResp", { windowId: 1, applicationId: "x" })]),
  client("move-running", "peer", [opened, shake, move(1), move(1, 2)], moves),
  client("no-move", "peer", [opened, shake, move(0)], moves),
  client("closing-move-missing", "local", [opened, shake, move(1), move(0)], moves),
  client("no-marker", "local", [opened, shake, { type: "activateLocal" }]),
  server("not-open", "peer", [shake]),
  server("not-open", "peer", [{ type: "unknown", orderType: 1 }]),
  server("not-open", "local", [opened, startMove]),
  server("already-open", "local", [opened, opened]),
  server("before-handshake", "peer", [opened, status]),
  server("handshake-again", "peer", [opened, shake, shake]),
  server("handshake-silence", "peer", [opened, { type: "tick", now: 10_000 }]),
  server("wrong-direction", "peer", [opened, shake, shakeEx]),
  server("unknown-order", "peer", [opened, shake, { type: "unknown", orderType: 0x1b }]),
  server("not-announced", "peer", [opened, shake, received("textScaleInfo", { textScaleFactor: 100 })]),
  server("not-announced", "local", [opened, shake, startMove]),
  server("not-announced", "local", [opened, shake, { type: "powerDisplayRequest", value: { active: 1 } }]),
  server("before-status", "peer", [opened, shake, received("exec", start("x"))]),
  server("status-again", "peer", [opened, shake, status, status]),
  server("out-of-range", "peer", [
    opened,
    shake,
    received("clientSysParam", { parameter: { type: "caretWidth", width: 0 } }),
  ]),
  server("exec-text", "peer", [opened, shake, status, received("exec", start("x".repeat(261)))]),
  server("too-many-execs", "peer", [opened, shake, status, received("exec", start("x")), received("exec", start("x"))]),
  server("exec-unknown", "local", [opened, shake, { type: "execResult", serial: 1, execResult: 0, rawResult: 0 }]),
  server("too-many-requests", "peer", [
    opened,
    shake,
    received("getAppIdReq", { windowId: 1 }),
    received("getAppIdReq", { windowId: 2 }),
  ]),
  server("not-requested", "local", [opened, shake, { type: "appId", windowId: 1, applicationId: "x" }]),
  server("move-running", "local", [opened, shake, status, startMove, startMove]),
  server("no-move", "local", [opened, shake, status, { type: "endMoveSize", windowId: 1, left: 0, top: 0 }]),
];

test.each(cases)("%s, by the %s, is told by the %s", (rule, by, _, run) => {
  expect(brokenRules(run().outputs)).toContain(`${by}: ${rule}`);
});

test("every rule can be broken", () => {
  expect(new Set(cases.map(([rule]) => rule))).toEqual(new Set(Object.keys(railRules)));
});

/** Rules after which the input counts all the same. */
const counts: ReadonlySet<string> = new Set([
  "not-announced",
  "before-status",
  "status-again",
  "out-of-range",
  "exec-text",
  "exec-unmatched",
  "too-many-requests",
  "results-forgotten",
  "not-requested",
  "move-running",
  "no-move",
  "closing-move-missing",
  "handshake-silence",
]);

test("what does not count leaves the same state", () => {
  const again = { type: "unknown", orderType: 9 } as const;
  const before = clientAfter([opened, shake]).state;
  expect(clientAfter([opened, shake, again]).state).toEqual(before);
  for (const [rule, by, end, run] of cases) {
    if (by === "peer" && counts.has(rule)) continue;
    const { outputs } = run();
    const events = outputs.filter(({ type }) => type !== "violation" && type !== "wake" && type !== "send");
    expect({ rule, end, events: events.map(({ type }) => type) }).toEqual({
      rule,
      end,
      events: rule === "results-forgotten" ? ["execSilent"] : rule === "closing-move-missing" ? ["moveSizeEnded"] : [],
    });
  }
});
