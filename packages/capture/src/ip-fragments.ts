import type { CaptureLimits } from "./capture-limits.js";
import type { EventLog } from "./event-log.js";
import type { IpHeader } from "./ip-header.js";
import type { Source } from "./record-window.js";

const maxDatagram = 65_535;
const maxParts = 512;
/** RFC 8200, section 4.5: reassembly is given up 60 s after the first fragment. */
const timeToComplete = 60_000_000_000n;

interface Part {
  readonly offset: number;
  /** Frame number of the packet. */
  readonly packet: number;
  readonly bytes: Uint8Array;
}

interface Datagram {
  readonly firstTime: bigint;
  readonly parts: Part[];
  held: number;
  /** Known once the last fragment is seen; until then 0. */
  total: number;
}

/** A datagram that is complete. */
export interface WholeDatagram {
  readonly payload: Uint8Array;
  /** Frame numbers of the packets that carried it, the last one not among them. */
  readonly earlier: readonly number[];
}

/** Puts fragmented IP datagrams that carry TCP together again. */
export class IpFragments {
  private readonly datagrams = new Map<string, Datagram>();
  private readonly log: EventLog;
  private readonly limits: CaptureLimits;

  constructor(log: EventLog, limits: CaptureLimits) {
    this.log = log;
    this.limits = limits;
  }

  /** Takes one fragment; returns the datagram if that was the last one missing. */
  add(source: Source, header: IpHeader): WholeDatagram | undefined {
    const { payloadStart, payloadLength, fragmentOffset, capturedEnd } = header;
    const end = fragmentOffset + payloadLength;
    const misfit = payloadLength <= 0 || (header.moreFragments && payloadLength % 8 !== 0);
    if (misfit || capturedEnd - payloadStart < payloadLength || end > maxDatagram) {
      this.incomplete("fragment that cannot be used");
      return undefined;
    }
    const key = keyOf(source, header);
    const datagram = this.open(key);
    // Copied, because a view would keep the whole chunk in memory.
    const bytes = source.bytes.slice(payloadStart, payloadStart + payloadLength);
    const { packet } = this.log;
    datagram.parts.push({ offset: fragmentOffset, packet, bytes });
    datagram.held += payloadLength;
    if (!header.moreFragments) datagram.total = end;
    const payload = assemble(datagram);
    if (payload !== undefined) {
      this.datagrams.delete(key);
      return { payload, earlier: datagram.parts.map((part) => part.packet).filter((one) => one !== packet) };
    }
    if (datagram.parts.length >= maxParts || datagram.held > 2 * maxDatagram) {
      this.datagrams.delete(key);
      this.incomplete("datagram in too many fragments");
    }
    return undefined;
  }

  /** Reports what is still incomplete. */
  end(): void {
    for (let left = this.datagrams.size; left > 0; left -= 1) {
      this.incomplete("datagram of which not all fragments were captured");
    }
    this.datagrams.clear();
  }

  private open(key: string): Datagram {
    const found = this.datagrams.get(key);
    if (found !== undefined && this.log.time - found.firstTime <= timeToComplete) return found;
    if (found === undefined && this.datagrams.size >= this.limits.datagrams) {
      const oldest = this.datagrams.keys().next();
      if (oldest.done !== true) this.datagrams.delete(oldest.value);
      this.incomplete("datagram of which not all fragments were captured in time");
    } else if (found !== undefined) {
      this.incomplete("datagram of which not all fragments were captured in time");
    }
    const datagram: Datagram = { firstTime: this.log.time, parts: [], held: 0, total: 0 };
    this.datagrams.set(key, datagram);
    return datagram;
  }

  private incomplete(message: string): void {
    this.log.packetProblem("fragments-incomplete", message);
  }
}

const keyOf = (source: Source, header: IpHeader): string => {
  const length = header.version === 4 ? 4 : 16;
  const from = source.bytes.subarray(header.sourceAt, header.sourceAt + length);
  const to = source.bytes.subarray(header.destinationAt, header.destinationAt + length);
  return `${from.join(".")}>${to.join(".")}#${header.fragmentId}`;
};

const assemble = (datagram: Datagram): Uint8Array | undefined => {
  const { total, parts, held } = datagram;
  if (total === 0 || held < total) return undefined;
  parts.sort((a, b) => a.offset - b.offset);
  let covered = 0;
  for (const part of parts) {
    if (part.offset > covered) return undefined;
    covered = Math.max(covered, part.offset + part.bytes.length);
  }
  if (covered < total) return undefined;
  const whole = new Uint8Array(total);
  let filled = 0;
  for (const part of parts) {
    const from = filled - part.offset;
    if (from >= part.bytes.length || filled >= total) continue;
    const piece = part.bytes.subarray(from, from + total - filled);
    whole.set(piece, filled);
    filled += piece.length;
  }
  return whole;
};
