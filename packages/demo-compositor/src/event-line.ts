import { escapeText } from "@railvail/command-line";
import type { CompositorEvent } from "@railvail/session";

/** Longer lines help nobody. */
const longest = 300;

/** An event as a line. */
export function eventLine(event: CompositorEvent): string {
  const { type, ...rest } = event;
  const fields = JSON.stringify(rest, plain) ?? "";
  return escapeText(`${type} ${fields.length > longest ? `${fields.slice(0, longest)}…` : fields}`);
}

function plain(name: string, value: unknown): unknown {
  // A peer is a whole connection, and what a client states of itself may have a password in it.
  if (name === "peer" || name === "info") return undefined;
  if (typeof value === "bigint") return String(value);
  return value instanceof Uint8Array ? `${value.length} bytes` : value;
}

const departures: Readonly<Record<string, string>> = {
  peer: "it left",
  local: "its session was ended here",
  "no-frame": "what it sent is not RDP",
  "no-common-security": "it wants another security than --tls allows",
  "timed-out": "it was silent for too long",
};

/** What is told of clients without `--log`; undefined for the rest. */
export function noticeOf(event: CompositorEvent): string | undefined {
  switch (event.type) {
    case "clientReady": {
      const { width, height } = event.desktop;
      return `a client is there: ${event.remoteApp ? "remote windows" : "one desktop"}, ${width}x${height}`;
    }
    case "clientGone":
      return escapeText(`the client is gone: ${departures[event.reason] ?? event.reason}`);
    case "clientRefused":
      return `a client was refused: ${event.reason === "busy" ? "another one is there" : "it may not log on"}`;
    case "pixelPath":
      return escapeText(`pixels: ${event.path}${event.because === undefined ? "" : ` (${event.because})`}`);
    default:
      return undefined;
  }
}
