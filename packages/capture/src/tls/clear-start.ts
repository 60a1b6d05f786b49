import type { Direction } from "../stream-event.js";
import { HandshakeType } from "./handshake-stream.js";
import { canBeRecord, ContentType, headerLength } from "./record.js";

/** What a direction is known to be. `open`: not known yet. */
export type Verdict = "open" | "clear" | "tls";

const none = new Uint8Array(0);
/** Bytes from which it can be told what begins: a record header and a message type. */
const telling = headerLength + 1;
/** TPKT version and reserved byte (RFC 1006); TPDU codes of X.224, section 13. */
const tpktVersion = 3;
const connectionTpdu = { c2s: 0xe0, s2c: 0xd0 } as const;
/** TPKT header, then length and code of the TPDU. */
const shortestTpkt = 6;

/**
 * Finds where TLS begins in a direction: at once, or after an X.224 connection request or
 * confirm ([MS-RDPBCGR] 5.4.5.1). Whatever begins in another way never becomes TLS.
 */
export class ClearStart {
  readonly #direction: Direction;
  /** Bytes in which it cannot be told yet what begins. */
  #held = none;
  /** Bytes left of a frame in clear. */
  #frameLeft = 0;
  verdict: Verdict = "open";
  /** The verdict was found where bytes are missing: if the other direction is TLS, this one is. */
  doubtful: boolean;

  constructor(direction: Direction, startMissing: boolean) {
    this.#direction = direction;
    this.doubtful = startMissing;
  }

  /** Takes the next bytes while the verdict is open: which are in clear, which are TLS. */
  push(chunk: Uint8Array): { readonly clear: Uint8Array; readonly tls: Uint8Array } {
    const bytes = this.#held.length === 0 ? chunk : Buffer.concat([this.#held, chunk]);
    this.#held = none;
    let at = 0;
    while (this.verdict === "open") {
      const passed = Math.min(this.#frameLeft, bytes.length - at);
      this.#frameLeft -= passed;
      at += passed;
      const start = bytes.subarray(at, at + telling);
      if (start.length === 0 || !this.#judge(start)) break;
    }
    if (this.verdict === "clear") return { clear: bytes, tls: none };
    const rest = bytes.subarray(at);
    if (this.verdict === "open") this.#held = rest.slice();
    return { clear: bytes.subarray(0, at), tls: this.verdict === "tls" ? rest : none };
  }

  /** So many bytes are missing: what comes after them is taken for the begin of something. */
  gap(length: number): Uint8Array {
    this.#frameLeft = Math.max(0, this.#frameLeft - length);
    this.doubtful = true;
    return this.flush();
  }

  /** What is held, which will not be followed by anything. */
  flush(): Uint8Array {
    const held = this.#held;
    this.#held = none;
    return held;
  }

  /** False if more bytes are needed. */
  #judge(start: Uint8Array): boolean {
    const whole = start.length === telling;
    const [first = 0, second = 0] = start;
    if (first === tpktVersion && (start.length < 2 || second === 0)) {
      if (!whole) return false;
      const length = ((start[2] ?? 0) << 8) | (start[3] ?? 0);
      const code = (start[5] ?? 0) & 0xf0;
      if (length > shortestTpkt && code === connectionTpdu[this.#direction]) this.#frameLeft = length;
      else this.verdict = "clear";
      return true;
    }
    if (first < ContentType.changeCipherSpec || first > ContentType.applicationData) {
      this.verdict = "clear";
    } else if (whole) {
      this.verdict = this.#isRecord(start) ? "tls" : "clear";
    } else if (start.length > 1 && second !== tpktVersion) {
      this.verdict = "clear";
    }
    return this.verdict !== "open";
  }

  /** A hello; or what comes later in a session, whose begin is then missing. */
  #isRecord(start: Uint8Array): boolean {
    if (!canBeRecord(start, 0)) return false;
    const hello = this.#direction === "c2s" ? HandshakeType.clientHello : HandshakeType.serverHello;
    return start[0] !== ContentType.handshake || start[5] === hello;
  }
}
