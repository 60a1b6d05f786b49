import {
  CompressedType,
  FastPathFragments,
  FastPathInput,
  fastPathInput,
  FastPathOutput,
  FrameAcknowledge,
  Input,
  InputFlags,
  RefreshRect,
  SuppressOutput,
} from "@railvail/transport";
import { DecodeError, type Pdu } from "@railvail/wire";
import type { InputEvent } from "../input/input-event.js";
import { toSlowPath } from "../input/wire-input.js";
import { neededInputFlag, wireInput } from "../input/write-input.js";
import type { ByteOutput, Told } from "./byte-output.js";
import { capabilityOf } from "./capability-list.js";
import type { ConnectionLimits } from "./channel-receiver.js";
import { statedCapabilities } from "./client-activation.js";
import { maximumUpdateSize } from "./client-capabilities.js";
import { stepClient } from "./client-sequence.js";
import {
  clientStart,
  type ClientCommand,
  type ClientOutput,
  type ClientSettings,
  type ClientState,
} from "./client-state.js";
import { Connection } from "./connection.js";
import { wireArea, type DesktopArea } from "./output-requests.js";
import { fastPathUpdate, slowPathUpdate, type UpdateReceived } from "./received-update.js";
import { violation } from "./rules.js";
import type { ConnectionSend } from "./vocabulary.js";

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
   * Sends what a user does: over the fast path, or over the slow one to servers that take nothing else. An
   * event that the server does not take is left out. Throws `EncodeError` for values out of range.
   */
  sendInput(events: readonly InputEvent[]): ClientConnectionOutput[] {
    if (!this.ready("input", true)) return this.flush();
    const flags = capabilityOf(this.state.peerCapabilities, "input")?.inputFlags ?? 0;
    const wire = events.filter((event) => this.takes(event, flags)).flatMap(wireInput);
    const fast = (flags & (InputFlags.INPUT_FLAG_FASTPATH_INPUT | InputFlags.INPUT_FLAG_FASTPATH_INPUT2)) !== 0;
    const packets = Array.from({ length: Math.ceil(wire.length / maximumEvents) }, (_, index) =>
      wire.slice(index * maximumEvents, (index + 1) * maximumEvents),
    );
    if (fast) this.write(packets.map((some) => FastPathInput.encode(fastPathInput(some))));
    else {
      for (const some of packets) {
        const slowPathInputEvents = some.map(toSlowPath).filter((event) => event !== undefined);
        this.writeShareData(Input, { slowPathInputEvents });
      }
    }
    return this.flush();
  }

  /** Asks for parts of the desktop again, at most 255; [MS-RDPBCGR] 2.2.11.2. */
  requestRefresh(areas: readonly DesktopArea[]): ClientConnectionOutput[] {
    if (this.serverHas("refreshRectSupport")) {
      return this.sendShareData(RefreshRect, { areasToRefresh: areas.map(wireArea) });
    }
    return this.flush();
  }

  /** Says that nothing is shown for now, or `area` again; [MS-RDPBCGR] 2.2.11.3. */
  wantOutput(shown: DesktopArea | undefined): ClientConnectionOutput[] {
    if (!this.serverHas("suppressOutputSupport")) return this.flush();
    if (shown === undefined) return this.sendShareData(SuppressOutput, { allowDisplayUpdates: 0 });
    return this.sendShareData(SuppressOutput, { allowDisplayUpdates: 1, desktopRect: wireArea(shown) });
  }

  /** Says that a frame was shown, of which a frame marker told the end; [MS-RDPRFX] 2.2.3.1. */
  acknowledgeFrame(frameId: number): ClientConnectionOutput[] {
    if (!this.ready("an acknowledgement")) return this.flush();
    const states = capabilityOf(this.state.peerCapabilities, "frameAcknowledge") !== undefined;
    if (states) return this.sendShareData(FrameAcknowledge, { frameId });
    this.tell(violation("local", "not-supported", "the server wants no frames acknowledged"));
    return this.flush();
  }

  protected override beside(pdu: Pdu, value: unknown): boolean {
    const update = slowPathUpdate(pdu, value);
    if (update !== undefined) this.tell(update);
    return update !== undefined;
  }

  protected override tell(output: Told<ClientOutput | UpdateReceived>): void {
    // Fragments of an update do not outlive their share.
    if (output.type === "deactivated") this.fragments.reset();
    super.tell(output);
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
    try {
      this.tell(fastPathUpdate(updateCode, data));
    } catch (error) {
      if (!(error instanceof DecodeError)) throw error;
      this.blame("malformed", error.message);
    }
  }

  /** Whether the server states in its general capability set that it takes a PDU; if not, that is a local violation. */
  private serverHas(support: "refreshRectSupport" | "suppressOutputSupport"): boolean {
    if (!this.ready(support)) return false;
    const has = (capabilityOf(this.state.peerCapabilities, "general")?.[support] ?? 0) !== 0;
    if (!has) this.tell(violation("local", "not-supported", `the server has no ${support}`));
    return has;
  }

  /** Whether the server takes an event; if not, that is a local violation. */
  private takes(event: InputEvent, flags: number): boolean {
    const needed = neededInputFlag(event);
    const taken = needed === 0 || (flags & needed) !== 0;
    if (!taken) this.tell(violation("local", "not-supported", `the server takes no input of type ${event.type}`));
    return taken;
  }
}
