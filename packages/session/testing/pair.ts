/** A client and a server over two streams of bytes that the test cuts and delays. */
import {
  ClientConnection,
  ServerConnection,
  type ClientConnectionOutput,
  type ClientSettings,
  type ConnectionLimits,
  type ServerConnectionOutput,
  type ServerSettings,
} from "../src/index.js";

type Side = "client" | "server";
export type AnyOutput = ClientConnectionOutput | ServerConnectionOutput;

export const joined = (parts: readonly Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts));

export class Pair {
  readonly client: ClientConnection;
  readonly server: ServerConnection;
  now = 0;
  /** Whether TLS is up as soon as a side wants it. */
  startsTls = true;
  /** What each side was told, without bytes and wishes to be woken. */
  readonly told: Record<Side, AnyOutput[]> = { client: [], server: [] };
  /** Bytes on their way to each side. */
  readonly wire: Record<Side, Uint8Array> = { client: new Uint8Array(0), server: new Uint8Array(0) };

  constructor(
    server: Partial<ServerSettings> = {},
    client: Partial<ClientSettings> = {},
    limits: ConnectionLimits = {},
  ) {
    this.server = new ServerConnection(server, limits);
    this.client = new ClientConnection({ security: "rdp", ...client });
  }

  connect(): void {
    this.take("client", this.client.command({ type: "connect" }, this.now));
  }

  /** Notes what a side says, and puts its bytes on the wire. */
  take(side: Side, outputs: readonly AnyOutput[]): void {
    const to = side === "client" ? "server" : "client";
    for (const output of outputs) {
      if (output.type === "bytes") this.wire[to] = joined([this.wire[to], ...output.segments]);
      else if (output.type !== "wake") this.told[side].push(output);
      if (output.type === "startTls" && this.startsTls)
        this.take(side, this[side].command({ type: "tlsStarted" }, this.now));
    }
  }

  /** Delivers up to `size` bytes to a side. */
  deliver(side: Side, size = Number.POSITIVE_INFINITY): void {
    const bytes = this.wire[side].slice(0, size);
    this.wire[side] = this.wire[side].slice(bytes.length);
    if (bytes.length > 0) this.take(side, this[side].receive(bytes, this.now));
  }

  /** Delivers until nothing is on its way. */
  settle(): void {
    for (let round = 0; round < 1000 && this.wire.client.length + this.wire.server.length > 0; round++) {
      this.deliver("server");
      this.deliver("client");
    }
  }

  of<T extends AnyOutput["type"]>(side: Side, type: T): Extract<AnyOutput, { type: T }>[] {
    return this.told[side].filter((output): output is Extract<AnyOutput, { type: T }> => output.type === type);
  }

  /** Rules that were broken, with who broke them. */
  get violations(): string[] {
    return (["client", "server"] as const).flatMap((side) =>
      this.of(side, "violation").map(({ by, rule, detail }) => `${side}: ${by} ${rule} ${detail ?? ""}`.trim()),
    );
  }
}

/** A pair that is active. */
export function activePair(server: Partial<ServerSettings> = {}, client: Partial<ClientSettings> = {}): Pair {
  const pair = new Pair(server, client);
  pair.connect();
  pair.settle();
  return pair;
}
