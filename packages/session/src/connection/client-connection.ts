import {
  CompressedType,
  FastPathFragments,
  FastPathInput,
  fastPathInput,
  FastPathOutput,
  fastPathUpdateBody,
  InputFlags,
  type FastPathInputEvent,
} from "@railvail/transport";
import { DecodeError, type Pdu } from "@railvail/wire";
import { capabilityOf } from "./capability-list.js";
import { maximumUpdateSize } from "./client-capabilities.js";
import { statedCapabilities } from "./client-activation.js";
import { stepClient } from "./client-sequence.js";
import {
  clientStart,
  type ClientCommand,
  type ClientOutput,
  type ClientSettings,
  type ClientState,
} from "./client-state.js";
import type { ConnectionLimits } from "./channel-receiver.js";
import { Connection } from "./connection.js";
import type { ByteOutput } from "./byte-output.js";
import { violation } from "./rules.js";
import type { ConnectionSend } from "./vocabulary.js";

/** A whole fast-path update of the server. */
export interface UpdateReceived {
  readonly type: "update";
  /** A `FastPathUpdateCode`. */
  readonly updateCode: number;
  /** The declaration of the body and its value; undefined if the update has none, or is not known. */
  readonly pdu: Pdu | undefined;
  readonly value: unknown;
  readonly data: Uint8Array;
}

/** What a client's connection tells its caller. */
export type ClientConnectionOutput =
  | Exclude<ClientOutput, ConnectionSend | { type: "startTls" }>
  | ByteOutput
  | UpdateReceived;

/** The most events in a packet. */
const maximumEvents = 255;

/** The client's end of a connection, over bytes. */
export class ClientConnection extends Connection<ClientState, ClientCommand, ClientOutput | UpdateReceived> {
  private readonly fragments: FastPathFragments;

  constructor(settings: Partial<ClientSettings> = {}, limits: ConnectionLimits = {}) {
    const state = clientStart(settings);
    super({ sender: "client", step: stepClient }, state, limits);
    const stated = capabilityOf(statedCapabilities(state), "multifragmentUpdate");
    this.fragments = new FastPathFragments(stated?.maxRequestSize ?? maximumUpdateSize);
  }

  /**
   * Sends keys and pointer events over the fast path. A server that takes only slow-path input
   * gets the `Input` PDU by `sendShareData`.
   */
  sendInput(events: readonly FastPathInputEvent[]): ClientConnectionOutput[] {
    if (!this.ready("input", true)) return this.flush();
    const flags = capabilityOf(this.state.peerCapabilities, "input")?.inputFlags ?? 0;
    if ((flags & (InputFlags.INPUT_FLAG_FASTPATH_INPUT | InputFlags.INPUT_FLAG_FASTPATH_INPUT2)) === 0) {
      this.tell(violation("local", "not-supported", "the server takes no fast-path input"));
      return this.flush();
    }
    for (let at = 0; at < events.length; at += maximumEvents) {
      this.write([FastPathInput.encode(fastPathInput(events.slice(at, at + maximumEvents)))]);
    }
    return this.flush();
  }

  protected override isFastPath(pdu: Pdu): boolean {
    return pdu === FastPathOutput;
  }

  protected override fastPath({ fpOutputUpdates }: FastPathOutput): void {
    for (const update of fpOutputUpdates) {
      if (update.compressionFlags !== undefined && (update.compressionFlags & CompressedType.compressed) !== 0) {
        this.fragments.reset();
        this.blame("compressed", `update code ${update.updateCode}`);
      } else this.fragment(update);
    }
  }

  private fragment(update: FastPathOutput["fpOutputUpdates"][number]): void {
    const result = this.fragments.add(update);
    if (result.problem !== undefined) this.blame("fragment", result.problem.code);
    if (result.type !== "update") return;
    const { updateCode, data } = result;
    const pdu = fastPathUpdateBody(updateCode);
    try {
      this.tell({ type: "update", updateCode, pdu, value: pdu?.decode(data), data });
    } catch (error) {
      if (!(error instanceof DecodeError)) throw error;
      this.blame("malformed", error.message);
    }
  }
}
