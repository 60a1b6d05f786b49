import type { Socket } from "node:net";
import type { TLSSocket } from "node:tls";
import { ConduitError, conduitError } from "./conduit-error.js";
import type { Conduit, ConduitEvents, ConduitLimits, TlsFacts } from "./conduit.js";
import { joinSmall } from "./joined-segments.js";
import { Listeners } from "./listeners.js";
import type { TlsUpgrade } from "./tls-upgrade.js";

const mebibyte = 1024 * 1024;
/** How much more than `maximumBuffered` may wait for a moment: one write may be that large. */
const mostAtOnce = 8;

/** A conduit over a socket of Node. */
export class SocketConduit implements Conduit {
  readonly peer: string;
  private readonly listeners = new Listeners<ConduitEvents>();
  private readonly upgrade: TlsUpgrade | undefined;
  private readonly limits: Required<ConduitLimits>;
  private socket: Socket;
  private standing: Conduit["state"] = "open";
  private waiting = 0;
  private isCongested = false;
  private isPaused = false;
  private error: ConduitError | undefined;
  private facts: TlsFacts | undefined;
  /** What was written while TLS is not yet up; undefined: nothing has to wait. */
  private held: Uint8Array[] | undefined;
  private lingering: NodeJS.Timeout | undefined;
  /** Runs while more waits than may wait for long. */
  private overfull: NodeJS.Timeout | undefined;

  constructor(socket: Socket, peer: string, limits: ConduitLimits, upgrade: TlsUpgrade | undefined) {
    this.socket = socket;
    this.peer = peer;
    this.upgrade = upgrade;
    this.limits = {
      congestedAt: limits.congestedAt ?? mebibyte,
      maximumBuffered: limits.maximumBuffered ?? 64 * mebibyte,
      readPatience: limits.readPatience ?? 30_000,
      handshakePatience: limits.handshakePatience ?? 10_000,
      closePatience: limits.closePatience ?? 5000,
    };
    // Segments are written together already: waiting for more would only cost time.
    socket.setNoDelay(true);
    this.attach(socket);
  }

  get state(): Conduit["state"] {
    return this.standing;
  }

  get bufferedBytes(): number {
    return this.waiting;
  }

  get congested(): boolean {
    return this.isCongested;
  }

  get tls(): TlsFacts | undefined {
    return this.facts;
  }

  on<Name extends keyof ConduitEvents>(name: Name, listener: ConduitEvents[Name]): () => void {
    const off = this.listeners.on(name, listener);
    if (name === "received" && !this.isPaused) this.flow();
    return off;
  }

  write(segments: readonly Uint8Array[]): void {
    if (this.standing !== "open") return;
    const full = segments.filter(({ length }) => length > 0);
    const total = full.reduce((sum, { length }) => sum + length, 0);
    if (total === 0) return;
    this.waiting += total;
    if (this.held === undefined) this.pass(full, total);
    else this.held.push(...full);
    if (this.waiting >= this.limits.congestedAt) this.isCongested = true;
    const { maximumBuffered, readPatience } = this.limits;
    if (this.waiting > mostAtOnce * maximumBuffered) this.overflow();
    else if (this.waiting > maximumBuffered) this.overfull ??= setTimeout(() => this.overflow(), readPatience);
  }

  startTls(rest: Uint8Array): void {
    if (this.standing !== "open") return;
    if (this.upgrade === undefined || this.held !== undefined || this.facts !== undefined) {
      const why = this.upgrade === undefined ? "TLS was not provided for" : "TLS was started twice";
      this.abort(new ConduitError("tls", `${why} with ${this.peer}`));
      return;
    }
    this.held = [];
    const plain = this.socket;
    plain.removeAllListeners("data");
    plain.pause();
    if (rest.length > 0) plain.unshift(rest);
    this.upgrade(plain, this.peer, this.limits.handshakePatience, (result) => {
      if (result instanceof ConduitError) this.abort(result);
      else this.secured(result.socket, result.facts);
    });
  }

  pause(): void {
    this.isPaused = true;
    if (this.held === undefined) this.socket.pause();
  }

  resume(): void {
    this.isPaused = false;
    this.flow();
  }

  close(): void {
    if (this.standing !== "open") return;
    if (this.held !== undefined) {
      this.abort();
      return;
    }
    this.socket.removeAllListeners("data");
    this.socket.resume();
    this.socket.end();
    this.linger();
  }

  abort(error: ConduitError = new ConduitError("aborted", `the connection to ${this.peer} was broken off here`)): void {
    if (this.standing === "closed") return;
    this.error ??= error;
    this.standing = "closing";
    this.socket.destroy();
  }

  private overflow(): void {
    this.abort(new ConduitError("overflow", `${this.peer} does not read: ${this.waiting} bytes are waiting`));
  }

  /** What was written may still go out, but a peer that does not read cannot hold this up. */
  private linger(): void {
    this.standing = "closing";
    this.lingering = setTimeout(() => {
      if (this.waiting > 0) {
        this.error ??= new ConduitError("timed-out", `${this.peer} does not read: ${this.waiting} bytes were not sent`);
      }
      this.socket.destroy();
    }, this.limits.closePatience);
  }

  private attach(socket: Socket): void {
    socket.on("error", (error) => {
      this.error ??= conduitError(error, this.peer);
    });
    socket.on("end", () => {
      // Node ends this side too, after what was written.
      if (socket === this.socket && this.standing === "open") this.linger();
    });
    socket.on("close", () => {
      if (socket === this.socket) this.ended();
    });
  }

  /** The socket in the clear lives on below the one of TLS. */
  private secured(socket: TLSSocket, facts: TlsFacts): void {
    const held = this.held ?? [];
    this.held = undefined;
    this.facts = facts;
    this.socket = socket;
    this.attach(socket);
    if (this.standing !== "open") {
      socket.destroy();
      return;
    }
    if (held.length > 0) {
      this.pass(
        held,
        held.reduce((sum, { length }) => sum + length, 0),
      );
    }
    this.listeners.tell("secured", facts);
    if (!this.isPaused) this.flow();
  }

  private flow(): void {
    const { socket } = this;
    // During a handshake the bytes are TLS's.
    if (this.standing !== "open" || this.held !== undefined) return;
    if (socket.listenerCount("data") === 0) {
      socket.on("data", (chunk: Buffer) => {
        if (this.standing !== "open" || socket !== this.socket) return;
        // Not a Buffer: its `slice` does not copy, which nobody expects of bytes.
        this.listeners.tell("received", new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.length));
      });
    }
    socket.resume();
  }

  private pass(segments: readonly Uint8Array[], total: number): void {
    const { socket } = this;
    const joined = joinSmall(segments);
    const last = joined.length - 1;
    socket.cork();
    for (const [index, segment] of joined.entries()) {
      socket.write(segment, index === last ? () => this.taken(total) : undefined);
    }
    socket.uncork();
  }

  private taken(bytes: number): void {
    this.waiting -= bytes;
    if (this.waiting <= this.limits.maximumBuffered) this.mayFill();
    if (!this.isCongested || this.waiting > this.limits.congestedAt / 2) return;
    this.isCongested = false;
    if (this.standing === "open") this.listeners.tell("drained");
  }

  private mayFill(): void {
    clearTimeout(this.overfull);
    this.overfull = undefined;
  }

  private ended(): void {
    if (this.standing === "closed") return;
    this.standing = "closed";
    clearTimeout(this.lingering);
    this.mayFill();
    if (this.held !== undefined) {
      this.error ??= new ConduitError("reset", `the connection was broken off by ${this.peer} before TLS was set up`);
    }
    this.listeners.tell("closed", this.error);
  }
}
