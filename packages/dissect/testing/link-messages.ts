/** Messages for the linker, made by hand. */
import { sourceOf, type Pdu } from "@railvail/wire";
import type { Direction, Message } from "../src/index.js";

/** A message with this value; `over` replaces what a test is about. */
export function messageOf<T>(pdu: Pdu<T>, value: T, direction: Direction, over: Partial<Message> = {}): Message {
  return {
    type: "message",
    connection: 0,
    direction,
    time: 0n,
    packet: 1,
    path: "mcs/somewhere",
    channel: "somewhere",
    name: pdu.name,
    pdu,
    source: sourceOf(new Uint8Array(0)),
    offset: 0,
    end: 0,
    envelope: false,
    trouble: undefined,
    detail: undefined,
    value,
    inspect: () => undefined,
    ...over,
  };
}
