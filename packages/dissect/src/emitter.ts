import { DecodeError, type Inspection, type Pdu, type Source } from "@railvail/wire";
import type { Direction, Message, Moment, Sink, Trouble } from "./record.js";

/** Where in the layers bytes stand. */
export interface Place extends Moment {
  readonly direction: Direction;
  readonly path: string;
}

/** Who sends in a direction, as declarations say it. */
export const senderOf = (direction: Direction): "client" | "server" => (direction === "c2s" ? "client" : "server");

interface Parts {
  readonly place: Place;
  readonly name: string;
  readonly pdu: Pdu | undefined;
  readonly source: Source;
  readonly offset: number;
  readonly end: number;
  readonly envelope: boolean;
  readonly known?: { readonly trouble: Trouble; readonly detail: string };
}

/** A message that is decoded when somebody asks for its value. */
class LazyMessage implements Message {
  readonly type = "message";
  readonly connection: number;
  readonly direction: Direction;
  readonly time: bigint;
  readonly packet: number;
  readonly path: string;
  readonly name: string;
  readonly pdu: Pdu | undefined;
  readonly source: Source;
  readonly offset: number;
  readonly end: number;
  readonly envelope: boolean;
  private readonly known: Parts["known"];
  private decoded: { readonly value?: unknown; readonly error?: DecodeError } | undefined;

  constructor(connection: number, parts: Parts) {
    this.connection = connection;
    this.direction = parts.place.direction;
    this.time = parts.place.time;
    this.packet = parts.place.packet;
    this.path = parts.place.path;
    this.name = parts.name;
    this.pdu = parts.pdu;
    this.source = parts.source;
    this.offset = parts.offset;
    this.end = parts.end;
    this.envelope = parts.envelope;
    this.known = parts.known;
  }

  get channel(): string {
    return this.path.slice(this.path.lastIndexOf("/") + 1);
  }

  get trouble(): Trouble | undefined {
    return this.known?.trouble ?? (this.outcome().error === undefined ? undefined : "undecodable");
  }

  get detail(): string | undefined {
    return this.known?.detail ?? this.outcome().error?.message;
  }

  get value(): unknown {
    return this.outcome().value;
  }

  inspect(): Inspection<unknown> | undefined {
    return this.pdu?.inspect(this.source, this.offset, this.end);
  }

  private outcome(): { readonly value?: unknown; readonly error?: DecodeError } {
    return (this.decoded ??= this.decode());
  }

  private decode(): { readonly value?: unknown; readonly error?: DecodeError } {
    if (this.pdu === undefined) return {};
    try {
      return { value: this.pdu.read(this.source, this.offset, this.end) };
    } catch (error) {
      if (error instanceof DecodeError) return { error };
      throw error;
    }
  }
}

/** Makes messages and hands them to the sink. All layers of a connection share one. */
export class Emitter {
  private readonly connection: number;
  private readonly sink: Sink;

  constructor(connection: number, sink: Sink) {
    this.connection = connection;
    this.sink = sink;
  }

  /** A message; its value is returned, undefined if the bytes were refused. */
  message<T>(pdu: Pdu<T>, place: Place, source: Source, offset: number, end: number): T | undefined {
    return this.emit({ place, name: pdu.name, pdu: pdu as Pdu, source, offset, end, envelope: false }).value as T | undefined;
  }

  /** A message whose value nobody here looks at: it is decoded if the sink wants it. */
  leaf(pdu: Pdu, place: Place, source: Source, offset: number, end: number): void {
    this.emit({ place, name: pdu.name, pdu, source, offset, end, envelope: false });
  }

  /** A header whose payload is given as messages of its own. */
  envelope<T>(pdu: Pdu<T>, place: Place, source: Source, offset: number, end: number): T | undefined {
    return this.emit({ place, name: pdu.name, pdu: pdu as Pdu, source, offset, end, envelope: true }).value as T | undefined;
  }

  /** Bytes that cannot be read as messages. With a declaration, its fields can still be shown. */
  trouble(trouble: Trouble, detail: string, place: Place, source: Source, offset: number, end: number, pdu?: Pdu): void {
    if (end === offset) return;
    this.emit({ place, name: pdu?.name ?? trouble, pdu, source, offset, end, envelope: false, known: { trouble, detail } });
  }

  private emit(parts: Parts): Message {
    const message = new LazyMessage(this.connection, parts);
    this.sink(message);
    return message;
  }
}

/** Where a view of a chunk begins in it. */
export const offsetIn = (source: Source, part: Uint8Array): number => part.byteOffset - source.bytes.byteOffset;
