import type { Family } from "./family.js";
import type { Infer, Pdu, Sender } from "./pdu.js";
import type { Arena, Source } from "./source.js";

/** One of several messages: which one, and its value. */
export type MessageOf<M extends Readonly<Record<string, Pdu>>> = {
  readonly [Name in keyof M]: { readonly message: Name; readonly value: Infer<M[Name]> };
}[keyof M];

type AnyMessage = { readonly message: PropertyKey; readonly value: unknown };

/** The messages that a machine knows, by name: bytes to messages and back. */
export class Messages<M extends Readonly<Record<string, Pdu>>> {
  readonly pdus: M;
  private readonly family: Family;
  private readonly names: ReadonlyMap<Pdu, keyof M>;

  constructor(family: Family, pdus: M) {
    this.family = family;
    this.pdus = pdus;
    this.names = new Map(Object.entries(pdus).map(([name, pdu]) => [pdu, name as keyof M]));
  }

  /**
   * Decodes the message from `offset` to `end`; undefined if it is none of these. Throws
   * `DecodeError`.
   */
  read(source: Source, offset: number, end: number, sender: Exclude<Sender, "both">): MessageOf<M> | undefined {
    const pdu = this.family.match(source, offset, end, sender);
    const message = pdu === undefined ? undefined : this.names.get(pdu);
    if (pdu === undefined || message === undefined) return undefined;
    return { message, value: pdu.read(source, offset, end) } as MessageOf<M>;
  }

  /** Encodes into memory of its own. Throws `EncodeError`. */
  encode(message: MessageOf<M>): Uint8Array {
    const { message: name, value } = message as AnyMessage;
    return (this.pdus[name as keyof M] as Pdu).encode(value);
  }

  /** Appends the message to `arena` and returns its size in bytes. Throws `EncodeError`. */
  encodeInto(message: MessageOf<M>, arena: Arena): number {
    const { message: name, value } = message as AnyMessage;
    return (this.pdus[name as keyof M] as Pdu).encodeInto(value, arena);
  }
}
