import type { PixelPathName } from "@railvail/session";
import { sessionTraffic } from "../generators/session-traffic.js";
import { HostileClient } from "../hostile/hostile-client.js";
import type { HostileOutput } from "../hostile/hostile-peer.js";
import { HostileServer } from "../hostile/hostile-server.js";
import { joined } from "../joined.js";
import { endpointLaws, usualBounds, type Endpoint, type EndpointOutput } from "../oracles/endpoint-laws.js";
import type { FuzzInput, Side } from "../packet.js";
import { compositorEndpoint, sharing, viewerEndpoint } from "./endpoints.js";
import type { Target } from "./target.js";

interface Peer {
  readonly isDone: boolean;
  receive(bytes: Uint8Array, now: number): readonly HostileOutput[];
  next(now: number): readonly HostileOutput[];
}

/** Bytes go to and fro at most so often after one packet. */
const rounds = 40;

/** An end under test together with the peer that talks to it: each packet is said by the peer. */
function opposed(under: Endpoint, peer: Peer, first: readonly HostileOutput[]): Endpoint {
  let toUnder: Uint8Array[] = [];
  let toPeer: Uint8Array[] = [];
  const say = (outputs: readonly HostileOutput[]): void => {
    for (const output of outputs) if (output.type === "bytes") toUnder.push(joined(output.segments));
  };
  const hear = (outputs: readonly EndpointOutput[]): readonly EndpointOutput[] => {
    for (const { type, segments = [] } of outputs) if (type === "bytes") toPeer.push(joined(segments));
    return outputs;
  };
  const exchange = (now: number): EndpointOutput[] => {
    const told: EndpointOutput[] = [];
    for (let round = 0; round < rounds && toUnder.length + toPeer.length > 0; round++) {
      const [down, up] = [toUnder, toPeer];
      [toUnder, toPeer] = [[], []];
      for (const bytes of down) told.push(...hear(under.receive(bytes, now)));
      for (const bytes of up) say(peer.receive(bytes, now));
    }
    return told;
  };
  say(first);
  hear(under.tick(0));
  const early = exchange(0);
  return {
    receive(_bytes, now) {
      say(peer.next(now));
      return [...early.splice(0), ...exchange(now)];
    },
    tick: (now) => [...hear(under.tick(now)), ...exchange(now)],
    closed: (now) => under.closed(now),
  };
}

/** A logon and the opening of channels count for nothing. */
const bounds = { ...usualBounds, bytes: 2 ** 22, outputs: 20_000 };

interface SessionTargetOptions {
  readonly name: string;
  readonly about: string;
  readonly peer: Side;
  readonly path: PixelPathName;
  readonly make: (input: FuzzInput) => Endpoint;
}

const sessionTarget = ({ name, about, peer, path, make }: SessionTargetOptions): Target => ({
  name,
  about,
  make: (choice) => sessionTraffic(choice, path).messages.filter(({ from }) => from === peer),
  check(input) {
    const said = input.filter(({ from }) => from === peer);
    endpointLaws(make(said), said, bounds);
  },
});

function againstClient(input: FuzzInput, under: Endpoint): Endpoint {
  const client = new HostileClient(input);
  return opposed(under, client, client.connect(0));
}

const againstServer = (input: FuzzInput, under: Endpoint): Endpoint => opposed(under, new HostileServer(input), []);

export const sessionTargets: readonly Target[] = [
  sessionTarget({
    name: "compositor-vail",
    about: "Compositor over VAIL, and a client that logs on and then says anything on its channels",
    peer: "client",
    path: "vail",
    make: (input) => againstClient(input, compositorEndpoint(sharing())),
  }),
  sessionTarget({
    name: "compositor-egfx",
    about: "Compositor over the graphics pipeline, and such a client",
    peer: "client",
    path: "egfx",
    make: (input) => againstClient(input, compositorEndpoint({ mapsSurfaces: "always" })),
  }),
  sessionTarget({
    name: "viewer-vail",
    about: "Viewer, and a server that lets it log on and then says anything, VAIL among it",
    peer: "server",
    path: "vail",
    make: (input) => againstServer(input, viewerEndpoint()),
  }),
  sessionTarget({
    name: "viewer-egfx",
    about: "Viewer, and such a server, with the graphics pipeline",
    peer: "server",
    path: "egfx",
    make: (input) => againstServer(input, viewerEndpoint({ egfx: true })),
  }),
];
