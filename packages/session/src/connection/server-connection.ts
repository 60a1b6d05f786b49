import {
  FastPathInput,
  fastPathEvents,
  FastPathOutput,
  Fragmentation,
  GeneralExtraFlags,
  type FastPathInputEvent,
} from "@railvail/transport";
import type { Pdu } from "@railvail/wire";
import { capabilityOf } from "./capability-list.js";
import type { ConnectionLimits } from "./channel-receiver.js";
import { Connection } from "./connection.js";
import type { ByteOutput } from "./byte-output.js";
import type { ConnectionSend } from "./vocabulary.js";
import { violation } from "./rules.js";
import { stepServer } from "./server-sequence.js";
import {
  serverStart,
  type ServerCommand,
  type ServerOutput,
  type ServerSettings,
  type ServerState,
} from "./server-state.js";

/** Fast-path input of the client. */
export interface InputReceived {
  readonly type: "input";
  readonly events: readonly FastPathInputEvent[];
}

/** What a server's connection tells its caller. */
export type ServerConnectionOutput =
  | Exclude<ServerOutput, ConnectionSend | { type: "startTls" }>
  | ByteOutput
  | InputReceived;

/** Clients take packets of at most so many bytes. */
const maximumPacket = 0x3fff;
/** Header and length of the packet, header and size of the update. */
const packetOverhead = 6;
const fragmentSize = maximumPacket - packetOverhead;

/** The server's end of a connection, over bytes. */
export class ServerConnection extends Connection<ServerState, ServerCommand, ServerOutput | InputReceived> {
  constructor(settings: Partial<ServerSettings> = {}, limits: ConnectionLimits = {}) {
    super({ sender: "server", step: stepServer }, serverStart(settings), limits);
  }

  /**
   * Sends a fast-path update: `updateCode` is a `FastPathUpdateCode`, `data` its body. One that
   * does not fit in a packet is cut into fragments, if the client puts together as much.
   */
  sendUpdate(updateCode: number, data: Uint8Array): ServerConnectionOutput[] {
    if (this.ready("an update", true)) {
      const problem = this.hindrance(data.length);
      if (problem === undefined) this.writeUpdate(updateCode, data);
      else this.tell(problem);
    }
    return this.flush();
  }

  protected override isFastPath(pdu: Pdu): boolean {
    return pdu === FastPathInput;
  }

  protected override fastPath(packet: FastPathInput): void {
    this.tell({ type: "input", events: fastPathEvents(packet) });
  }

  private hindrance(size: number): ReturnType<typeof violation> | undefined {
    const { peerCapabilities } = this.state;
    const flags = capabilityOf(peerCapabilities, "general")?.extraFlags ?? 0;
    if ((flags & GeneralExtraFlags.FASTPATH_OUTPUT_SUPPORTED) === 0) {
      return violation("local", "not-supported", "the client takes no fast-path output");
    }
    const most = capabilityOf(peerCapabilities, "multifragmentUpdate")?.maxRequestSize ?? fragmentSize;
    return size > Math.max(most, fragmentSize)
      ? violation("local", "too-large", `${size} bytes, the client takes ${most}`)
      : undefined;
  }

  private writeUpdate(updateCode: number, data: Uint8Array): void {
    const segments: Uint8Array[] = [];
    let at = 0;
    do {
      const end = Math.min(at + fragmentSize, data.length);
      const last = end === data.length;
      const fragmentation =
        at === 0 ? (last ? Fragmentation.single : Fragmentation.first) : last ? Fragmentation.last : Fragmentation.next;
      const update = { updateCode, fragmentation, compression: 0, updateData: data.subarray(at, end) };
      segments.push(FastPathOutput.encode({ secureChecksum: 0, fpOutputUpdates: [update] }));
      at = end;
    } while (at < data.length);
    this.write(segments);
  }
}
