import { sourceOf, type Pdu, type Source } from "@railvail/wire";
import type { Header } from "./header.js";
import { LazyMessage, type KnownTrouble } from "./lazy-message.js";
import type { Place } from "./place.js";
import type { Moment, Sink, Trouble } from "./record.js";

const noBytes = sourceOf(new Uint8Array(0));

/** Makes messages and hands them to the sink. All layers of a connection share one. */
export class Emitter {
  /** When and where the bytes came that are being read. */
  moment: Moment = { time: 0n, packet: 0 };
  private readonly connection: number;
  private readonly sink: Sink;
  private readonly envelopes: ReadonlySet<string> | undefined;

  /** `envelopes`: the channels whose envelopes are given; all if absent. */
  constructor(connection: number, sink: Sink, envelopes?: ReadonlySet<string>) {
    this.connection = connection;
    this.sink = sink;
    this.envelopes = envelopes;
  }

  /** A message; its value is returned, undefined if the bytes were refused. */
  message<T>(pdu: Pdu<T>, place: Place, source: Source, offset: number, end: number): T | undefined {
    const message = this.make(pdu, place, source, offset, end, false);
    this.sink(message);
    return message.value as T | undefined;
  }

  /** A message whose value nobody here looks at: it is decoded if the sink wants it. */
  leaf(pdu: Pdu, place: Place, source: Source, offset: number, end: number): void {
    this.sink(this.make(pdu, place, source, offset, end, false));
  }

  /**
   * A header whose payload is given as messages of its own; its value, undefined if the bytes were
   * refused. Then nothing follows, so it is given as a message of its own and not as an envelope.
   */
  envelope<T>(pdu: Pdu<T>, place: Place, source: Source, offset: number, end: number): T | undefined {
    const message = this.make(pdu, place, source, offset, end, true);
    const { value } = message;
    if (value === undefined) this.sink(this.make(pdu, place, source, offset, end, false));
    else if (this.wanted(place)) this.sink(message);
    return value as T | undefined;
  }

  /** The same for a header of which only a few fields are looked at; false if the bytes were refused. */
  header<T>(header: Header<T>, place: Place, source: Source, offset: number, end: number): boolean {
    const read = header.read(source, offset, end);
    if (!read || this.wanted(place)) this.sink(this.make(header.pdu, place, source, offset, end, read));
    return read;
  }

  /** A header that has been decoded by other means. */
  wrapping(pdu: Pdu, place: Place, source: Source, offset: number, end: number): void {
    if (this.wanted(place)) this.sink(this.make(pdu, place, source, offset, end, true));
  }

  /** Bytes that cannot be read as messages. With a declaration, their fields can still be shown. */
  trouble(
    trouble: Trouble,
    detail: string,
    place: Place,
    source: Source,
    offset: number,
    end: number,
    pdu?: Pdu,
  ): void {
    this.sink(this.make(pdu, place, source, offset, end, false, { trouble, detail }));
  }

  /** A message whose rest did not come; its bytes were given as payload of what carried them. */
  unfinished(place: Place): void {
    this.abandoned(
      "incomplete",
      "the rest of a message is missing; packets were lost, or nothing more was sent",
      place,
    );
  }

  /** A message that is given up; its bytes were given as payload of what carried them. */
  abandoned(trouble: Trouble, detail: string, place: Place): void {
    this.trouble(trouble, detail, place, noBytes, 0, 0);
  }

  private wanted({ channel }: Place): boolean {
    return this.envelopes === undefined || this.envelopes.has(channel);
  }

  private make(
    pdu: Pdu | undefined,
    place: Place,
    source: Source,
    offset: number,
    end: number,
    envelope: boolean,
    known?: KnownTrouble,
  ): LazyMessage {
    return new LazyMessage(this.connection, this.moment, place, pdu, source, offset, end, envelope, known);
  }
}
