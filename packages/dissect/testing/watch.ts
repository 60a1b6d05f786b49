/** Runs a dissector and keeps what it says. */
import type { Pdu } from "@railvail/wire";
import { Dissector, type Direction, type Message, type Record as Seen } from "../src/index.js";

export interface Line {
  readonly direction: Direction;
  readonly path: string;
  readonly name: string;
  readonly pdu: Pdu | undefined;
  readonly trouble: string | undefined;
  readonly detail: string | undefined;
  readonly envelope: boolean;
  readonly packet: number;
  readonly bytes: Uint8Array;
  readonly value: unknown;
}

/** What is kept of a message: copies, since its bytes are valid only now. */
export const lineOf = (message: Message): Line => ({
  direction: message.direction,
  path: message.path,
  name: message.name,
  pdu: message.pdu,
  trouble: message.trouble,
  detail: message.detail,
  envelope: message.envelope,
  packet: message.packet,
  bytes: message.source.bytes.slice(message.offset, message.end),
  value: message.value,
});

export class Watched {
  readonly lines: Line[] = [];
  readonly gaps: Seen[] = [];
  readonly dissector: Dissector;
  private packet = 0;

  constructor(startMissing = false, memoryLimit?: number) {
    this.dissector = new Dissector({
      connection: 7,
      startMissing,
      ...(memoryLimit === undefined ? {} : { memoryLimit }),
      sink: (record) => {
        if (record.type === "gap") this.gaps.push(record);
        else this.lines.push(lineOf(record));
      },
    });
  }

  /** Each array of bytes is a packet. */
  send(direction: Direction, ...packets: readonly Uint8Array[]): this {
    for (const bytes of packets) this.dissector.data(direction, bytes, this.next());
    return this;
  }

  gap(direction: Direction, length = 100): this {
    this.dissector.gap(direction, length, "lost", this.next());
    return this;
  }

  end(): this {
    this.dissector.end(this.next());
    return this;
  }

  /** `path name`, with the trouble if there is one, of what is no envelope; and forgets them. */
  taken(): string[] {
    const lines = this.lines.splice(0);
    return lines
      .filter(({ envelope }) => !envelope)
      .map(({ path, name, trouble }) => (trouble === undefined ? `${path} ${name}` : `${path} ${trouble}!`));
  }

  private next(): { time: bigint; packet: number } {
    this.packet++;
    return { time: BigInt(this.packet), packet: this.packet };
  }
}
