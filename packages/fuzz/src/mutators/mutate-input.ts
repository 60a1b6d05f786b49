import { EncodeError, type Choice, type Pdu } from "@railvail/wire";
import { chance, pick } from "../choice.js";
import { packetPdu } from "../generators/channels.js";
import { frameLayers } from "../generators/stream-layers.js";
import { streamChannel, type FuzzInput, type Packet } from "../packet.js";
import { mutateBytes, spliceBytes } from "./mutate-bytes.js";
import { mutateFields } from "./mutate-fields.js";
import { mutateOrder } from "./mutate-order.js";

export interface MutateOptions {
  /** The declaration of a packet; by its channel unless said. */
  readonly pduOf?: ((packet: Packet) => Pdu | undefined) | undefined;
  /** Packets to splice in. */
  readonly other?: FuzzInput;
  /** Whether an input is one packet, always. */
  readonly single?: boolean | undefined;
}

/** A packet with one thing in it changed; of a frame, in one of its layers, with those around it made right. */
export function mutatePacket(packet: Packet, choice: Choice, options: MutateOptions = {}): Packet {
  const { pduOf = packetPdu, other = [] } = options;
  const { bytes, from, channel } = packet;
  if (chance(choice, 8)) {
    const second = pick(choice, other)?.bytes ?? bytes;
    return { ...packet, bytes: spliceBytes(bytes, second, choice) };
  }
  if (chance(choice, 5)) return { ...packet, bytes: mutateBytes(bytes, choice) };
  if (channel === streamChannel) {
    const layer = pick(choice, frameLayers(bytes, from));
    if (layer === undefined) return { ...packet, bytes: mutateBytes(bytes, choice) };
    return { ...packet, bytes: rewrapped(layer.rewrap, mutateFields(layer.pdu, layer.bytes, choice), bytes, choice) };
  }
  const pdu = pduOf(packet);
  return { ...packet, bytes: pdu === undefined ? mutateBytes(bytes, choice) : mutateFields(pdu, bytes, choice) };
}

/** What grew too large for the layer around it changes that instead. */
function rewrapped(
  rewrap: (inner: Uint8Array) => Uint8Array,
  inner: Uint8Array,
  frame: Uint8Array,
  choice: Choice,
): Uint8Array {
  try {
    return rewrap(inner);
  } catch (error) {
    if (!(error instanceof EncodeError)) throw error;
    return mutateBytes(frame, choice);
  }
}

/** An input that differs from a given one in one to four places. */
export function mutateInput(input: FuzzInput, choice: Choice, options: MutateOptions = {}): FuzzInput {
  let changed = input;
  for (let left = choice.int(1, 4); left > 0; left--) {
    if (options.single !== true && chance(choice, 4)) changed = mutateOrder(changed, choice, options.other);
    else {
      const at = choice.int(0, Math.max(0, changed.length - 1));
      const packet = changed[at];
      if (packet !== undefined) changed = changed.toSpliced(at, 1, mutatePacket(packet, choice, options));
    }
  }
  return changed;
}
