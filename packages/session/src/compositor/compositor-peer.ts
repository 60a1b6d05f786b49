import type { WindowingClient, WindowingOrder } from "@railvail/rail";
import { ErrorInfo, FastPathUpdateCode, GeneralExtraFlags, InfoFlags, type ClientInfo } from "@railvail/transport";
import { capabilityOf } from "../connection/capability-list.js";
import { ServerConnection, type ServerConnectionOutput } from "../connection/server-connection.js";
import { clientSupports } from "../connection/server-settings.js";
import type { MonitorDef } from "../connection/server-state.js";
import type { StaticChannel } from "../connection/shared-state.js";
import type { Size } from "../pixels/box.js";
import type { CompositorOutput } from "./compositor-events.js";
import type { CompositorSettings } from "./compositor-settings.js";
import { ordersUpdates } from "./orders-update.js";

/** The number of the session: there is one. */
const onlyLogonId = 1;

/** Its compositor, which listens. */
export interface PeerListener {
  readonly settings: CompositorSettings;
  /** The random bytes that the last client was given. */
  cookie(): Uint8Array | undefined;
  tell(output: CompositorOutput): void;
  /** Whether the client may come in now. */
  admits(info: ClientInfo, now: number): boolean;
  /** The session is active, for the first time or again. */
  activated(now: number): void;
  /** What came over the session's channels, and its input. */
  received(output: ServerConnectionOutput, now: number): void;
  left(reason: string, now: number): void;
}

/**
 * One connection of a compositor. Whoever carries its bytes calls `receive`, `tlsStarted` and
 * `closed`, and does what the compositor's `flush` says for it. Times are milliseconds.
 */
export class CompositorPeer {
  /** The client does not read fast enough: it gets no frames until this is false again. */
  congested = false;
  private readonly listener: PeerListener;
  private readonly connection: ServerConnection;
  private readonly queue: ServerConnectionOutput[] = [];
  private reason: string | undefined;
  private wanted: number | undefined;
  private showedCookie = false;

  constructor(listener: PeerListener, now: number) {
    const { connection, compat = "specification", reconnection: maker } = listener.settings;
    this.listener = listener;
    const randomOf = (logonId: number) => (logonId === onlyLogonId ? listener.cookie() : undefined);
    const reconnection = maker && { hmacMd5: maker.hmacMd5, randomOf };
    this.connection = new ServerConnection({ reconnection, ...connection, compat, logon: "ask" });
    this.take(this.connection.tick(now), now);
  }

  /** The next bytes of the client, in any split. */
  receive(bytes: Uint8Array, now: number): void {
    this.take(this.connection.receive(bytes, now), now);
  }

  /** TLS is up: what comes from now on is plain text. */
  tlsStarted(now: number): void {
    this.take(this.connection.command({ type: "tlsStarted" }, now), now);
  }

  /** The bytes ended, whoever ended them. */
  closed(now: number): void {
    this.leave("the connection was cut", now);
  }

  /** Ends the connection and tells the client why: one of `ErrorInfo`. */
  disconnect(errorInfo: number, now: number): void {
    if (!this.isGone) this.take(this.connection.command({ type: "disconnect", errorInfo }, now), now);
  }

  /** The client had a connection before, which broke. */
  get isBack(): boolean {
    return this.showedCookie;
  }

  /** Tells the client with what it can come back; false if it does not do that. */
  giveCookie(random: Uint8Array, now: number): boolean {
    const flags = capabilityOf(this.state.peerCapabilities, "general")?.extraFlags ?? 0;
    if ((flags & GeneralExtraFlags.AUTORECONNECT_SUPPORTED) === 0) return false;
    const cookie = { logonId: onlyLogonId, random };
    this.take(this.connection.command({ type: "saveSession", cookie }, now), now);
    return true;
  }

  /** Deactivates and activates again with a desktop of another size, and these monitors. */
  resize(desktop: Size, monitors: readonly MonitorDef[], now: number): void {
    this.take(this.connection.command({ type: "reactivate", desktop, monitors }, now), now);
  }

  get isGone(): boolean {
    return this.reason !== undefined;
  }

  /** When `tick` is wanted. */
  get wakeAt(): number | undefined {
    return this.wanted;
  }

  tick(now: number): void {
    if (this.wanted !== undefined && now >= this.wanted) this.take(this.connection.tick(now), now);
  }

  /** What the client stated: for the ways of pixels, and for pointers. */
  get state(): ServerConnection["state"] {
    return this.connection.state;
  }

  /** The client shows windows, not a desktop. */
  get remoteApp(): boolean {
    return this.hasFlag("INFO_RAIL") && capabilityOf(this.state.peerCapabilities, "rail") !== undefined;
  }

  /** The client says that it shows surfaces that are mapped to windows. */
  get hiDefRemoteApp(): boolean {
    return this.remoteApp && this.hasFlag("INFO_HIDEF_RAIL_SUPPORTED");
  }

  /** The client takes the graphics pipeline, [MS-RDPBCGR] 2.2.1.3.2. */
  get takesGraphics(): boolean {
    return clientSupports(this.state, "RNS_UD_CS_SUPPORT_DYNVC_GFX_PROTOCOL");
  }

  /** The bits of the Remote Programs Capability Set that both sides set. */
  get railSupportLevel(): number {
    return capabilityOf(this.state.peerCapabilities, "rail")?.railSupportLevel ?? 0;
  }

  /** What windowing orders depend on. */
  windowingClient(statusFlags: number): WindowingClient {
    const list = capabilityOf(this.state.peerCapabilities, "windowList");
    return {
      statusFlags,
      railSupportLevel: this.railSupportLevel,
      wndSupportLevel: list?.wndSupportLevel ?? 0,
      numIconCaches: list?.numIconCaches ?? 0,
      numIconCacheEntries: list?.numIconCacheEntries ?? 0,
    };
  }

  sendOrders(orders: readonly WindowingOrder[], now: number): void {
    for (const body of ordersUpdates(orders)) this.sendUpdate(FastPathUpdateCode.orders, body, now);
  }

  sendUpdate(updateCode: number, body: Uint8Array, now: number): void {
    this.take(this.connection.sendUpdate(updateCode, body), now);
  }

  sendOnChannel(channel: StaticChannel, parts: readonly Uint8Array[], now: number): void {
    this.take(this.connection.sendOnChannel(channel.id, ...parts), now);
  }

  private hasFlag(flag: keyof typeof InfoFlags): boolean {
    return ((this.state.info?.infoFlags ?? 0) & InfoFlags[flag]) !== 0;
  }

  /** What is sent in answer to an output goes out after all that was said before. */
  private take(outputs: readonly ServerConnectionOutput[], now: number): void {
    const isBusy = this.queue.length > 0;
    this.queue.push(...outputs);
    if (isBusy) return;
    try {
      for (let at = 0; at < this.queue.length; at++) this.takeOne(this.queue[at] as ServerConnectionOutput, now);
    } finally {
      this.queue.length = 0;
    }
  }

  private takeOne(output: ServerConnectionOutput, now: number): void {
    const { listener } = this;
    switch (output.type) {
      case "bytes":
        // There are thousands of these in a frame, and spreading costs more than all the rest.
        return listener.tell({ type: "bytes", segments: output.segments, peer: this });
      case "startTls":
        return listener.tell({ ...output, peer: this });
      case "wake":
        this.wanted = output.at;
        return undefined;
      case "close":
        listener.tell({ type: "close", peer: this });
        return this.leave(output.because, now);
      case "reconnected":
        this.showedCookie = true;
        return undefined;
      case "logon":
        return this.logOn(output.info, now);
      case "active":
        return listener.activated(now);
      case "shutdownRequested":
        return this.disconnect(ErrorInfo.ERRINFO_NONE, now);
      case "violation":
        return listener.tell({ type: "violation", channel: "connection", violation: output });
      default:
        return listener.received(output, now);
    }
  }

  private logOn(info: ClientInfo, now: number): void {
    if (this.listener.admits(info, now)) this.take(this.connection.command({ type: "accept" }, now), now);
    else this.disconnect(ErrorInfo.ERRINFO_SERVER_DENIED_CONNECTION, now);
  }

  private leave(reason: string, now: number): void {
    if (this.isGone) return;
    this.reason = reason;
    this.wanted = undefined;
    this.listener.left(reason, now);
  }
}
