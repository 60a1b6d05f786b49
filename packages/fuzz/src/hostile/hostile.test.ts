import { describe, expect, test } from "vitest";
import {
  compositorEndpoint,
  HostileClient,
  HostileServer,
  seeded,
  sessionTraffic,
  viewerEndpoint,
  type Endpoint,
  type HostileOutput,
  type Packet,
} from "../index.js";
import { joined } from "../joined.js";
import { sharing } from "../targets/endpoints.js";

type Told = ReturnType<Endpoint["receive"]>[number] & { readonly [key: string]: unknown };

/** All that an end tells while a peer says the packets it has. */
function talk(under: Endpoint, peer: HostileClient | HostileServer, first: readonly HostileOutput[]): Told[] {
  const told: Told[] = [];
  const hear = (outputs: ReturnType<Endpoint["receive"]>): void => {
    for (const output of outputs) {
      told.push(output as Told);
      if (output.type === "bytes") say(peer.receive(joined(output.segments ?? []), 0));
    }
  };
  const say = (outputs: readonly HostileOutput[]): void => {
    for (const output of outputs) if (output.type === "bytes") hear(under.receive(joined(output.segments), 0));
  };
  say(first);
  hear(under.tick(0));
  while (!peer.isDone) say(peer.next(0));
  return told;
}

const from = (side: Packet["from"], path: "vail" | "egfx"): Packet[] =>
  sessionTraffic(seeded(11), path).messages.filter((packet) => packet.from === side);

describe("what a peer says that was written down from another session", () => {
  test.each(["vail", "egfx"] as const)("is understood by a compositor over %s", (path) => {
    const client = new HostileClient(from("client", path));
    const under = compositorEndpoint(path === "vail" ? sharing() : { mapsSurfaces: "always" });
    const told = talk(under, client, client.connect(0));
    const paths = told.filter(({ type }) => type === "pixelPath").map(({ path: way }) => way);
    expect(paths.at(-1)).toBe(path);
    const types = new Set(told.map(({ type }) => type));
    for (const type of ["clientReady", "exposed", "clipboard", "appList"]) expect([...types]).toContain(type);
  });

  test.each(["vail", "egfx"] as const)("is understood by a viewer with %s", (path) => {
    const told = talk(viewerEndpoint(), new HostileServer(from("server", path)), []);
    const types = new Set(told.map(({ type }) => type));
    for (const type of ["windowCreated", "rail", "clipboard", "appList", "frame"]) expect([...types]).toContain(type);
  });
});
