import { ErrorInfo } from "@railvail/transport";
import { describe, expect, test } from "vitest";
import { activePair, Pair } from "../../testing/pair.js";
import { errorInfoName, type Phase, type ServerSettings } from "../index.js";

const errorInfo = ErrorInfo.ERRINFO_DISCONNECTED_BY_OTHERCONNECTION;

/** A pair whose server has just come to a phase. */
function serverIn(phase: Phase): Pair {
  const settings: Partial<ServerSettings> =
    phase === "tls" ? { security: ["tls"] } : phase === "logon" ? { logon: "ask" } : {};
  const pair = new Pair({ skipChannelJoin: false, ...settings }, { security: phase === "tls" ? "tls" : "rdp" });
  pair.startsTls = false;
  pair.connect();
  for (let left = 5000; left > 0 && pair.server.state.phase !== phase; left--) {
    // One byte at a time, so that no phase is passed over.
    if (pair.wire.server.length > 0) pair.deliver("server", 1);
    else pair.deliver("client");
  }
  expect(pair.server.state.phase).toBe(phase);
  return pair;
}

describe("a client that has to leave for another one", () => {
  test.each([
    ["start", "local"],
    ["tls", "local"],
    ["settings", "local"],
    ["joining", "told"],
    ["logon", "told why"],
    ["capabilities", "told why"],
    ["finalization", "told why"],
    ["active", "told why"],
  ] as const)("during %s: %s", (phase, how) => {
    const pair = serverIn(phase);
    const before = pair.wire.client.length;
    const outputs = pair.server.command({ type: "disconnect", errorInfo }, 0);
    pair.take("server", outputs);
    expect(pair.server.state.phase).toBe("closed");
    expect(outputs.at(-1)).toEqual({ type: "close", because: "local" });
    if (how === "local") expect(pair.wire.client.length).toBe(before);
    pair.settle();
    const closes = pair.of("client", "close");
    if (how === "told") expect(closes).toEqual([{ type: "close", because: "peer" }]);
    if (how === "told why") {
      expect(closes).toEqual([{ type: "close", because: "peer", errorInfo }]);
      expect(pair.of("client", "errorInfo")).toEqual([
        { type: "errorInfo", errorInfo, name: "ERRINFO_DISCONNECTED_BY_OTHERCONNECTION" },
      ]);
    }
    expect(pair.violations).toEqual([]);
  });

  test("is told no more than that it is over if it does not understand the reason", () => {
    const pair = activePair({ logon: "ask" }, { core: { earlyCapabilityFlags: 0 } });
    pair.take("server", pair.server.command({ type: "disconnect", errorInfo }, 0));
    pair.settle();
    expect(pair.of("client", "close")).toEqual([{ type: "close", because: "peer" }]);
  });
});

test("a reason that the specification does not know has no name", () => {
  expect(errorInfoName(0)).toBe("ERRINFO_NONE");
  expect(errorInfoName(0x7777)).toBeUndefined();
});
