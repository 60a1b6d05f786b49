import { fastPathLength, fastPathPrefixSize, isFastPath, tpktLength } from "@railvail/transport";
import type { Source } from "@railvail/wire";
import { derLength, derSequence } from "./der-length.js";
import {
  eventsEvidence,
  evidence,
  signedEvidence,
  slowPathEvidence,
  updatesEvidence,
  type Evidence,
} from "./frame-evidence.js";
import type { Direction } from "./record.js";
import { frameLengths, type FrameRules } from "./stream-frames.js";
import { tlsEvidence, tlsRecordEvidence } from "./tls-record.js";

const { tooShort, noFrame, opaque } = frameLengths;
const { none, sure } = evidence;

/** The bit of a fast-path header that says that what follows is encrypted and signed. */
const signedBit = 0x80;

/** How a stream of RDP packets is cut, and how a packet is known after damage. */
export class RdpFrameRules implements FrameRules {
  /**
   * The server chose CredSSP. Where TLS was taken off, its messages stand between the negotiation
   * and the first MCS PDU; they are DER, and would pass for fast-path packets.
   */
  credssp = false;
  /** The server chose Standard RDP Security with encryption, so fast-path packets are signed. */
  signed = false;
  private readonly direction: Direction;

  constructor(direction: Direction) {
    this.direction = direction;
  }

  lengthOf(source: Source, offset: number, end: number): number {
    const first = source.view.getUint8(offset);
    if (this.credssp && first === derSequence) return derLength(source, offset, end);
    if (isFastPath(first)) {
      const length = fastPathLength(source, offset, end);
      if (length !== undefined) return length;
      return end - offset < fastPathPrefixSize ? tooShort : noFrame;
    }
    if (first !== 3) {
      const tls = tlsRecordEvidence(source, offset, end);
      return tls === none ? noFrame : tls === sure ? opaque : tooShort;
    }
    const length = tpktLength(source, offset, end);
    return length === undefined ? tooShort : length < 0 ? noFrame : length;
  }

  evidence(source: Source, offset: number, end: number, last: boolean): Evidence {
    const tls = tlsEvidence(source, offset, end, last);
    if (tls !== none) return tls;
    // A fast-path header of two bytes is soon found in anything, so other packets must follow.
    let at = offset;
    for (let links = this.links(source, offset); links > 0; links--) {
      if (at >= end) return last ? sure : at - offset + 1;
      const here = this.packetEvidence(source, at, end);
      if (here > 0) return last && at > offset ? sure : at - offset + here;
      if (here === none) return none;
      at += this.lengthOf(source, at, end);
    }
    return sure;
  }

  /** How many packets must follow each other to be sure of the first one. */
  private links(source: Source, offset: number): number {
    const first = source.view.getUint8(offset);
    if (!isFastPath(first)) return 1;
    return (first & signedBit) === 0 ? 2 : 4;
  }

  private packetEvidence(source: Source, offset: number, end: number): Evidence {
    const first = source.view.getUint8(offset);
    if (first === 3) return slowPathEvidence(source, offset, end);
    if (!isFastPath(first)) return none;
    if ((first & signedBit) !== 0) return this.signed ? signedEvidence(source, offset, end) : none;
    return this.direction === "c2s" ? eventsEvidence(source, offset, end) : updatesEvidence(source, offset, end);
  }
}
