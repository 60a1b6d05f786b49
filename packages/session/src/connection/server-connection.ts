import {
  FastPathInput,
  fastPathEvents,
  FastPathOutput,
  Fragmentation,
  GeneralExtraFlags,
  Input,
  PlaySound,
  SetKeyboardImeStatus,
  SetKeyboardIndicators,
} from "@railvail/transport";
import type { Pdu } from "@railvail/wire";
import type { InputEvent, LockKeys } from "../input/input-event.js";
import { lockKeyFlags } from "../input/lock-keys.js";
import { InputReader } from "../input/read-input.js";
import { fromSlowPath, type WireInput } from "../input/wire-input.js";
import type { ByteOutput } from "./byte-output.js";
import { capabilityOf } from "./capability-list.js";
import type { ConnectionLimits } from "./channel-receiver.js";
import { Connection } from "./connection.js";
import { outputRequest, type OutputRequest } from "./output-requests.js";
import { violation } from "./rules.js";
import { stepServer } from "./server-sequence.js";
import { blockOf } from "./server-settings.js";
import {
  serverStart,
  type ServerCommand,
  type ServerOutput,
  type ServerSettings,
  type ServerState,
} from "./server-state.js";
import type { ConnectionSend } from "./vocabulary.js";

/** What the client's user did, of the fast path and the slow one. */
export interface InputReceived {
  readonly type: "input";
  readonly events: readonly InputEvent[];
}

/** What a server's connection tells its caller. */
export type ServerConnectionOutput =
  | Exclude<ServerOutput, ConnectionSend | { type: "startTls" }>
  | ByteOutput
  | InputReceived
  | OutputRequest;

type Beside = InputReceived | OutputRequest;

/** The state of the session's input method, [MS-RDPBCGR] 2.2.8.2.2.1. */
export interface ImeStatus {
  readonly open: boolean;
  /** `ImeConversionMode` bits. */
  readonly conversionMode: number;
}

/** Clients take packets of at most so many bytes. */
const maximumPacket = 0x3fff;
/** Header and length of the packet, header and size of the update. */
const packetOverhead = 6;
const fragmentSize = maximumPacket - packetOverhead;
const korean = 0x0412;

/** The server's end of a connection, over bytes. */
export class ServerConnection extends Connection<ServerState, ServerCommand, ServerOutput | Beside> {
  private reader: InputReader | undefined;

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

  /** Sets the lights of the client's keyboard, and with them its lock keys; [MS-RDPBCGR] 2.2.8.2.1.1. */
  setLockKeys(keys: LockKeys): ServerConnectionOutput[] {
    return this.sendShareData(SetKeyboardIndicators, { unitId: 0, ledFlags: lockKeyFlags(keys) });
  }

  /** Tells the client the state of the session's input method. */
  setImeStatus({ open, conversionMode }: ImeStatus): ServerConnectionOutput[] {
    return this.sendShareData(SetKeyboardImeStatus, {
      unitId: 0,
      imeState: open ? 1 : 0,
      imeConvMode: conversionMode,
    });
  }

  /** Beeps for `duration` milliseconds at `frequency` hertz; [MS-RDPBCGR] 2.2.9.1.1.5. */
  playSound(duration: number, frequency: number): ServerConnectionOutput[] {
    return this.sendShareData(PlaySound, { duration, frequency });
  }

  protected override isFastPath(pdu: Pdu): boolean {
    return pdu === FastPathInput;
  }

  protected override fastPath(packet: FastPathInput): void {
    this.input(fastPathEvents(packet));
  }

  protected override beside(pdu: Pdu, value: unknown): boolean {
    if (pdu === Input) {
      this.input((value as Input).slowPathInputEvents.map(fromSlowPath).filter((event) => event !== undefined));
      return true;
    }
    const request = outputRequest(pdu, value);
    if (request !== undefined) this.tell(request);
    return request !== undefined;
  }

  private input(wire: readonly WireInput[]): void {
    this.reader ??= new InputReader({ korean: this.isKorean() });
    const { events, unknown } = this.reader.read(wire);
    for (const code of unknown) this.blame("unknown", `input event of type ${code}`);
    if (events.length > 0) this.tell({ type: "input", events });
  }

  /** The low half of a keyboard layout is its language. */
  private isKorean(): boolean {
    return ((blockOf(this.state, "core")?.keyboardLayout ?? 0) & 0xffff) === korean;
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
