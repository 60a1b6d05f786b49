import { fastPathLength, fastPathPrefixSize, isFastPath, tpktLength } from "@railvail/transport";
import type { Source } from "@railvail/wire";
import { authorizationEvidence, authorizationSize, tsRequestEvidence } from "./credssp-evidence.js";
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

/** The first byte of a TPKT packet. */
const tpktVersion = 3;

/** The bit of a fast-path header that says that what follows is encrypted and signed. */
const signedBit = 0x80;

/**
 * How the client authenticates inside TLS, before the first MCS PDU. The messages of CredSSP are DER
 * and would pass for fast-path packets; with `credsspEx` the server says in the end, in four bytes
 * without a header, whether the user may log on. `unknown`: the negotiation was not seen.
 */
export type Authentication = "none" | "credssp" | "credsspEx" | "unknown";

/** How a stream of RDP packets is cut, and how a packet is known after damage. */
export class RdpFrameRules implements FrameRules {
  /** What stands before the first MCS PDU where TLS was taken off. */
  authentication: Authentication = "none";
  /** An MCS PDU was seen in the clear: whatever comes before them is over, and TLS cannot begin any more. */
  started = false;
  /** The server chose Standard RDP Security with encryption, so fast-path packets are signed. */
  signed = false;
  private readonly direction: Direction;

  constructor(direction: Direction) {
    this.direction = direction;
  }

  lengthOf(source: Source, offset: number, end: number): number {
    const first = source.view.getUint8(offset);
    if (first === derSequence && this.authentication !== "none") {
      const found = this.authentication === "unknown" ? tsRequestEvidence(source, offset, end) : sure;
      if (found === sure) return derLength(source, offset, end);
      if (found > 0) return tooShort;
    }
    if (this.mayBeAuthorization(first) && this.tlsRecord(source, offset, end) === none) {
      const found = authorizationEvidence(source, offset, end);
      if (found !== none) return found === sure ? authorizationSize : tooShort;
    }
    if (isFastPath(first)) {
      const length = fastPathLength(source, offset, end);
      if (length !== undefined) return length;
      return end - offset < fastPathPrefixSize ? tooShort : noFrame;
    }
    if (first !== tpktVersion) {
      const tls = this.tlsRecord(source, offset, end);
      return tls === none ? noFrame : tls === sure ? opaque : tooShort;
    }
    const length = tpktLength(source, offset, end);
    return length === undefined ? tooShort : length < 0 ? noFrame : length;
  }

  evidence(source: Source, offset: number, end: number, last: boolean): Evidence {
    const tls = this.started ? none : tlsEvidence(source, offset, end, last);
    if (tls !== none) return tls;
    if (this.authentication !== "none") {
      const authentication = tsRequestEvidence(source, offset, end);
      if (authentication === sure || (authentication > 0 && !last)) return authentication;
    }
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

  /** Whether the frame from `offset` to `end` is a message of CredSSP. */
  isTsRequest(source: Source, offset: number, end: number): boolean {
    if (source.view.getUint8(offset) !== derSequence || this.authentication === "none") return false;
    return this.authentication !== "unknown" || tsRequestEvidence(source, offset, end) === sure;
  }

  /** Whether the frame from `offset` to `end` is an Early User Authorization Result. */
  isAuthorization(source: Source, offset: number, end: number): boolean {
    if (end - offset !== authorizationSize || !this.mayBeAuthorization(source.view.getUint8(offset))) return false;
    return authorizationEvidence(source, offset, end) === sure;
  }

  private tlsRecord(source: Source, offset: number, end: number): Evidence {
    return this.started ? none : tlsRecordEvidence(source, offset, end);
  }

  private mayBeAuthorization(first: number): boolean {
    return (
      this.authentication === "credsspEx" && this.direction === "s2c" && first !== derSequence && first !== tpktVersion
    );
  }

  /** How many packets must follow each other to be sure of the first one. */
  private links(source: Source, offset: number): number {
    const first = source.view.getUint8(offset);
    if (!isFastPath(first)) return 1;
    return (first & signedBit) === 0 ? 2 : 4;
  }

  private packetEvidence(source: Source, offset: number, end: number): Evidence {
    const first = source.view.getUint8(offset);
    if (first === tpktVersion) return slowPathEvidence(source, offset, end);
    if (!isFastPath(first)) return none;
    if ((first & signedBit) !== 0) return this.signed ? signedEvidence(source, offset, end) : none;
    return this.direction === "c2s" ? eventsEvidence(source, offset, end) : updatesEvidence(source, offset, end);
  }
}
