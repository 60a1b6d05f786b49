import type { Message } from "@railvail/dissect";
import { sourceOf, type Pdu } from "@railvail/wire";

/** A message as the dissector gives it, made by hand; `over` replaces what a test is about. */
export function messageOf(pdu: Pdu, bytes: Uint8Array, over: Partial<Message> = {}): Message {
  const source = sourceOf(bytes);
  return {
    type: "message",
    connection: 0,
    direction: "s2c",
    time: 0n,
    packet: 1,
    path: "mcs/rail",
    channel: "rail",
    name: pdu.name,
    pdu,
    source,
    offset: 0,
    end: bytes.length,
    envelope: false,
    trouble: undefined,
    detail: undefined,
    value: pdu.decode(bytes),
    inspect: () => pdu.inspect(bytes),
    ...over,
  };
}
