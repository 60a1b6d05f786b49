import {
  ClientConnection,
  Compositor,
  ServerConnection,
  Viewer,
  type CompositorSettings,
  type ViewerSettings,
} from "@railvail/session";
import { PlainSections } from "../generators/plain-sections.js";
import type { Endpoint, EndpointOutput } from "../oracles/endpoint-laws.js";
import { pictureLaw } from "../oracles/picture-law.js";

/** Pixels and bytes that a hostile peer may make an end under test keep. */
const limits = { desktopPixels: 2 ** 22, vailBytes: 2 ** 24, surfacePixels: 2 ** 22 };
const remoteApp = { program: "xterm", arguments: "", workingDirectory: "" };

/** The server's end of a connection, without what is on its channels. */
export function serverEndpoint(): Endpoint {
  const connection = new ServerConnection();
  return {
    receive: (bytes, now) => connection.receive(bytes, now),
    tick: (now) => connection.tick(now),
    // A connection holds nothing but memory: it is let go of.
    closed: () => [{ type: "wake", at: undefined }],
  };
}

/** The client's end of a connection, which has sent its first request. */
export function clientEndpoint(): Endpoint {
  const connection = new ClientConnection({ security: "rdp" });
  connection.command({ type: "connect" }, 0);
  return {
    receive: (bytes, now) => connection.receive(bytes, now),
    tick: (now) => connection.tick(now),
    closed: () => [{ type: "wake", at: undefined }],
  };
}

/** A compositor with some windows, which are painted whenever they may be. */
export function compositorEndpoint(settings: Partial<CompositorSettings> = {}): Endpoint {
  const compositor = new Compositor({
    appList: { providerName: "fuzz" },
    audioInput: {},
    maxDesktopPixels: limits.desktopPixels,
    ...settings,
  });
  for (let index = 0; index < 3; index++) {
    compositor.windows.add({
      left: 10 * index,
      top: 5 * index,
      width: 30 + index,
      height: 20,
      title: `window ${index}`,
    });
  }
  const peer = compositor.accept(0);
  const flush = (now: number): readonly EndpointOutput[] => {
    const outputs = compositor.flush(now);
    for (const output of outputs) {
      if (output.type === "exposed" || output.type === "paintable") {
        if (compositor.canvas(output.windowId) !== undefined) compositor.present(output.windowId);
      } else if (output.type === "launchRequested") compositor.launched(output.serial, 0);
      else if (output.type === "placeRequested")
        compositor.windows.change(output.windowId, { left: output.left, top: output.top });
    }
    return [...outputs, ...compositor.flush(now)];
  };
  return {
    receive(bytes, now) {
      peer.receive(bytes, now);
      return flush(now);
    },
    tick(now) {
      compositor.tick(now);
      return flush(now);
    },
    closed(now) {
      peer.closed(now);
      return flush(now);
    },
  };
}

/** A viewer that has sent its first request; after each chunk all that it shows is looked at. */
export function viewerEndpoint(settings: Partial<ViewerSettings> = {}): Endpoint {
  const sections = new PlainSections(true);
  const viewer = new Viewer({
    security: "rdp",
    remoteApp,
    sections,
    audioInput: {},
    limits,
    size: { width: 160, height: 120 },
    ...settings,
  });
  viewer.connect(0);
  const flush = (now: number): readonly EndpointOutput[] => {
    const outputs = viewer.flush(now);
    for (const windowId of viewer.windows.windows.keys()) pictureLaw(viewer.picture(windowId));
    pictureLaw(viewer.desktop);
    return outputs;
  };
  return {
    receive(bytes, now) {
      viewer.receive(bytes, now);
      return flush(now);
    },
    tick(now) {
      viewer.tick(now);
      return flush(now);
    },
    closed(now) {
      viewer.closed(now);
      return flush(now);
    },
  };
}

/** Memory for a compositor whose client shares it. */
export const sharing = (): Partial<CompositorSettings> => ({ sections: new PlainSections() });
