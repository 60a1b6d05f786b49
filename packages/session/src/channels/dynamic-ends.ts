import {
  DrdynvcReceiver,
  DrdynvcSender,
  drdynvcVocabulary,
  type DrdynvcClosed,
  type DrdynvcMessage,
  type DrdynvcPart,
  type DrdynvcReady,
  type DrdynvcReceiverOptions,
  type DrdynvcSend,
  type DrdynvcSenderOptions,
  type DrdynvcViolation,
  type DrdynvcWrite,
} from "@railvail/transport";
import { DecodeError, sourceOf } from "@railvail/wire";
import type { ChannelEnd, SendMessage } from "./channel-end.js";
import { dataViolation, type ChannelsViolation } from "./channels-violation.js";
import { earliest, tickDue } from "./wakes.js";

/** How data of dynamic channels is sent and received. */
export interface DynamicEndsOptions {
  readonly sending?: Omit<DrdynvcSenderOptions, "compat">;
  readonly receiving?: DrdynvcReceiverOptions;
  /** `wslg`: as WSLg's peers need it. */
  readonly compat?: "wslg" | undefined;
}

type SharedOutput = DrdynvcSend | DrdynvcWrite | DrdynvcPart | DrdynvcReady | DrdynvcClosed | DrdynvcViolation;
type SharedCommand =
  | { readonly type: "data"; readonly channelId: number; readonly message: readonly Uint8Array[] }
  | { readonly type: "close"; readonly channelId: number };

interface Entry {
  readonly name: string;
  readonly end: ChannelEnd;
}

/** The static channel `drdynvc`: the ends of the dynamic channels in it, whichever side this is. */
export abstract class DynamicEnds implements ChannelEnd {
  protected now = 0;
  private readonly report: (violation: ChannelsViolation) => void;
  private readonly sender: DrdynvcSender;
  private readonly receiver: DrdynvcReceiver;
  private readonly entries = new Map<number, Entry>();
  private send: SendMessage | undefined;

  constructor(report: (violation: ChannelsViolation) => void, { sending, receiving, compat }: DynamicEndsOptions) {
    this.report = report;
    this.sender = new DrdynvcSender((pdu) => this.send?.(...pdu), { ...sending, compat });
    this.receiver = new DrdynvcReceiver(receiving);
  }

  /** Bytes of data that wait until they may be written. */
  get waiting(): number {
    return this.sender.waiting;
  }

  get wakeAt(): number | undefined {
    return earliest([{ wakeAt: this.ownWake() }, ...this.ends()]);
  }

  opened(send: SendMessage, now: number): void {
    this.now = now;
    this.send = send;
    this.begin();
  }

  received(bytes: Uint8Array, now: number): void {
    this.now = now;
    const message = this.read(bytes);
    if (message === undefined) this.report(dataViolation("peer", "unreadable", "drdynvc"));
    else this.take(message);
  }

  closed(now: number): void {
    this.now = now;
    this.send = undefined;
    this.finish();
    this.sender.reset();
    this.receiver.reset();
  }

  tick(now: number): void {
    this.now = now;
    const own = this.ownWake();
    if (own !== undefined && own <= now) this.ownTick();
    tickDue(this.ends(), now);
  }

  /** From now on so many bytes of data may be written; what waits is sent by priority. Without a limit before. */
  allow(bytes: number, now: number): void {
    this.now = now;
    this.sender.allow(bytes);
  }

  /** Closes the channel of an end; false if it has none. */
  close(end: ChannelEnd, now: number): boolean {
    this.now = now;
    for (const [channelId, entry] of this.entries) {
      if (entry.end !== end) continue;
      this.command({ type: "close", channelId });
      return true;
    }
    return false;
  }

  /** The side whose messages come in. */
  protected abstract readonly peer: "client" | "server";
  protected abstract begin(): void;
  protected abstract finish(): void;
  protected abstract take(message: DrdynvcMessage): void;
  protected abstract command(command: SharedCommand): void;
  /** When the machine wants a tick. */
  protected abstract ownWake(): number | undefined;
  protected abstract ownTick(): void;

  /** The end has a channel. */
  protected open(channelId: number, name: string, end: ChannelEnd): void {
    const entry = { name, end };
    this.entries.set(channelId, entry);
    // An id may be used again: what an end sends after its channel was closed is not for the next one.
    end.opened((...message) => {
      if (this.entries.get(channelId) === entry) this.command({ type: "data", channelId, message });
    }, this.now);
  }

  /** Does what outputs of both sides say. */
  protected perform(output: SharedOutput): void {
    switch (output.type) {
      case "part":
        return this.part(output);
      case "write":
        if (!this.sender.write(output))
          this.report(dataViolation("local", "queue-full", this.nameOf(output.channelId)));
        return undefined;
      case "send":
        return this.sender.send(output);
      case "ready":
        this.sender.priorityCharges = output.priorityCharges;
        return undefined;
      case "closed":
        return this.gone(output);
      case "violation": {
        const { channelId, ...violation } = output;
        return this.report({ ...violation, channel: this.nameOf(channelId) });
      }
    }
  }

  private part(part: DrdynvcPart): void {
    const { message, problems } = this.receiver.part(part);
    for (const { rule } of problems) this.report(dataViolation("peer", rule, this.nameOf(part.channelId)));
    if (message !== undefined) this.entries.get(part.channelId)?.end.received(message, this.now);
  }

  private gone({ channelId, by }: DrdynvcClosed): void {
    if (by === "peer") this.sender.forget(channelId);
    this.receiver.forget(channelId);
    const entry = this.entries.get(channelId);
    this.entries.delete(channelId);
    entry?.end.closed(this.now);
  }

  private read(bytes: Uint8Array): DrdynvcMessage | undefined {
    try {
      return drdynvcVocabulary.read(sourceOf(bytes), 0, bytes.length, this.peer);
    } catch (error) {
      if (!(error instanceof DecodeError)) throw error;
      return undefined;
    }
  }

  private nameOf(channelId: number | undefined): string {
    if (channelId === undefined) return "drdynvc";
    return this.entries.get(channelId)?.name ?? `drdynvc channel ${channelId}`;
  }

  private ends(): ChannelEnd[] {
    return Array.from(this.entries.values(), ({ end }) => end);
  }
}
