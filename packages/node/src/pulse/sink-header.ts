/** Bytes of the header that begins each message of WSLg's PulseAudio sink. */
export const sinkHeaderSize = 72;

/** What the sink says to the compositor. Numbers stand in the order of the machine; all that run this have the little end first. */
export type SinkCommand =
  /** Asks for the version: a u32, 1. */
  | { readonly command: "version"; readonly version: number }
  /** So many bytes of samples follow; `timestamp` is microseconds of the system's clock. */
  | { readonly command: "transfer"; readonly size: number; readonly timestamp: bigint }
  /** Asks for the latency: a u32, microseconds. */
  | { readonly command: "latency" }
  /** What was measured so far counts no more. */
  | { readonly command: "reset" };

const commands = ["version", "transfer", "latency", "reset"] as const;
const argument = 8;
const timestampAt = 16;

/** Reads a header of 72 bytes; undefined: there is no such command. What it does not use may hold anything. */
export function readSinkHeader(bytes: Uint8Array): SinkCommand | undefined {
  if (bytes.length < sinkHeaderSize) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, sinkHeaderSize);
  const command = commands[view.getUint32(0, true)];
  switch (command) {
    case "version":
      return { command, version: view.getUint32(argument, true) };
    case "transfer":
      return { command, size: view.getUint32(argument, true), timestamp: view.getBigUint64(timestampAt, true) };
    case "latency":
    case "reset":
      return { command };
    case undefined:
      return undefined;
  }
}

/** Writes a header, as the sink does. */
export function writeSinkHeader(message: SinkCommand): Uint8Array {
  const bytes = new Uint8Array(sinkHeaderSize);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, commands.indexOf(message.command), true);
  if (message.command === "version") view.setUint32(argument, message.version, true);
  if (message.command === "transfer") {
    view.setUint32(argument, message.size, true);
    view.setBigUint64(timestampAt, message.timestamp, true);
  }
  return bytes;
}
