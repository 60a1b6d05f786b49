import { describe, expect, test } from "vitest";
import { recordedStreams, sessions } from "../../testing/recorded-streams.js";
import {
  ClientConnection,
  ServerConnection,
  type ClientConnectionOutput,
  type ServerConnectionOutput,
} from "../index.js";

/** The channels that the recorded client asked for, in its order. */
const channels = ["rdpdr", "rail", "rdpsnd", "cliprdr", "drdynvc"].map((name) => ({ name, options: 0xc000_0000 }));
/** Large enough that the test is fast, small enough to cut most messages. */
const cut = 1000;

function* pieces(bytes: Uint8Array): Iterable<Uint8Array> {
  for (let at = 0; at < bytes.length; at += cut) yield bytes.subarray(at, at + cut);
}

/** Everything but bytes, with violations as text. */
const seen = (outputs: readonly (ClientConnectionOutput | ServerConnectionOutput)[]) => ({
  types: new Set(outputs.map(({ type }) => type)),
  violations: outputs.flatMap((output) =>
    output.type === "violation" ? [`${output.by} ${output.rule} ${output.detail ?? ""}`] : [],
  ),
});

describe.each(sessions)("%s", (name) => {
  const recorded = recordedStreams(name);

  test("the server reaches the active session with the bytes of the recorded client", () => {
    const server = new ServerConnection({ compat: "wslg" });
    const outputs: ServerConnectionOutput[] = [];
    for (const { from, bytes } of recorded) {
      if (from === "client") for (const piece of pieces(bytes)) outputs.push(...server.receive(piece, 0));
    }
    const { types, violations } = seen(outputs);
    expect(violations).toEqual([]);
    expect(types).toContain("active");
    expect(types).toContain("channelData");
    expect(outputs.find(({ type }) => type === "logon")).toMatchObject({ rail: true, hiDefRail: true });
  });

  test("the client reaches the active session with the bytes of the recorded server", () => {
    const client = new ClientConnection({ security: "rdp", channels });
    const outputs: ClientConnectionOutput[] = [...client.command({ type: "connect" }, 0)];
    for (const { from, bytes } of recorded) {
      if (from === "server") for (const piece of pieces(bytes)) outputs.push(...client.receive(piece, 0));
    }
    const { types, violations } = seen(outputs);
    expect(violations).toEqual([]);
    expect(types).toContain("active");
    expect(types).toContain("channelData");
    expect(types).toContain("update");
  });
});
