import type { PixelPathName } from "@railvail/session";
import { sessionTraffic } from "../generators/session-traffic.js";
import { endpointLaws, type Endpoint, type EndpointBounds } from "../oracles/endpoint-laws.js";
import type { FuzzInput, Side } from "../packet.js";
import { clientEndpoint, compositorEndpoint, serverEndpoint, sharing, viewerEndpoint } from "./endpoints.js";
import type { Target } from "./target.js";

export interface StreamTargetOptions {
  readonly name: string;
  readonly about: string;
  /** Who writes what the end under test reads. */
  readonly peer: Side;
  /** A fresh end for each input. */
  readonly make: () => Endpoint;
  readonly path?: PixelPathName;
  readonly bounds?: EndpointBounds;
}

/** An end of a connection that is given the frames of a session, changed. */
export const streamTarget = ({ name, about, peer, make, path, bounds }: StreamTargetOptions): Target => ({
  name,
  about,
  make: (choice) => ofSide(sessionTraffic(choice, path).frames, peer),
  check: (input) => endpointLaws(make(), ofSide(input, peer), bounds),
});

const ofSide = (input: FuzzInput, side: Side): FuzzInput => input.filter(({ from }) => from === side);

export const streamTargets: readonly Target[] = [
  streamTarget({
    name: "server-connection",
    about: "ServerConnection given a client's frames",
    peer: "client",
    make: serverEndpoint,
  }),
  streamTarget({
    name: "client-connection",
    about: "ClientConnection given a server's frames",
    peer: "server",
    make: clientEndpoint,
  }),
  streamTarget({
    name: "compositor",
    about: "Compositor given a client's frames",
    peer: "client",
    make: () => compositorEndpoint(sharing()),
  }),
  streamTarget({
    name: "viewer",
    about: "Viewer given a server's frames",
    peer: "server",
    make: () => viewerEndpoint(),
  }),
];
