import { DecodeError, type Inspection, type Pdu, type Source } from "@railvail/wire";
import type { Place } from "./place.js";
import type { Direction, Message, Moment, Trouble } from "./record.js";

/** What is wrong with bytes, where it is known without decoding them. */
export interface KnownTrouble {
  readonly trouble: Trouble;
  readonly detail: string;
}

const undecoded = Symbol("undecoded");

/** A message that is decoded once, when somebody first asks for its value. */
export class LazyMessage implements Message {
  readonly type = "message";
  readonly connection: number;
  readonly time: bigint;
  readonly packet: number;
  readonly pdu: Pdu | undefined;
  readonly source: Source;
  readonly offset: number;
  readonly end: number;
  readonly envelope: boolean;
  private readonly place: Place;
  private readonly known: KnownTrouble | undefined;
  private decoded: unknown = undecoded;
  private error: DecodeError | undefined;

  constructor(
    connection: number,
    moment: Moment,
    place: Place,
    pdu: Pdu | undefined,
    source: Source,
    offset: number,
    end: number,
    envelope: boolean,
    known: KnownTrouble | undefined,
  ) {
    this.connection = connection;
    this.time = moment.time;
    this.packet = moment.packet;
    this.place = place;
    this.pdu = pdu;
    this.source = source;
    this.offset = offset;
    this.end = end;
    this.envelope = envelope;
    this.known = known;
  }

  get direction(): Direction {
    return this.place.direction;
  }

  get path(): string {
    return this.place.path;
  }

  get channel(): string {
    return this.place.channel;
  }

  get name(): string {
    return this.pdu?.name ?? this.known?.trouble ?? "unknown";
  }

  get trouble(): Trouble | undefined {
    if (this.known !== undefined) return this.known.trouble;
    return this.refused() === undefined ? undefined : "undecodable";
  }

  get detail(): string | undefined {
    return this.known === undefined ? this.refused()?.message : this.known.detail;
  }

  get value(): unknown {
    if (this.decoded === undecoded) this.decoded = this.decode();
    return this.decoded;
  }

  inspect(): Inspection<unknown> | undefined {
    return this.pdu?.inspect(this.source, this.offset, this.end);
  }

  /** Why the declaration refused the bytes. */
  private refused(): DecodeError | undefined {
    if (this.decoded === undecoded) this.decoded = this.decode();
    return this.error;
  }

  private decode(): unknown {
    try {
      return this.pdu?.read(this.source, this.offset, this.end);
    } catch (error) {
      if (!(error instanceof DecodeError)) throw error;
      this.error = error;
      return undefined;
    }
  }
}
