import type { Direction } from "../stream-event.js";
import { versionName } from "./versions.js";

/**
 * Why something of a TLS connection cannot be decrypted.
 *
 * - `no-key`: the key logs do not have the secret of this session.
 * - `unsupported-suite`, `unsupported-version`, `unsupported-compression`: not implemented.
 * - `handshake-missing`: the beginning of the session was not captured, or not both sides of it.
 * - `authentication-failed`: a record does not fit the key: another session's key, or damage.
 * - `bytes-lost`: bytes are missing. Records that lost some are not decrypted, nor are those
 *   after them that could not be matched with their sequence numbers.
 * - `incomplete`: the capture of a direction ends inside a record.
 * - `early-data`: 0-RTT data, which has keys of its own.
 * - `malformed`: bytes that cannot be TLS where it must be.
 * - `undecrypted`: at the end of a connection, how many bytes all that concerned.
 */
export type TlsIssue =
  | {
      readonly kind: "no-key";
      /** The first 8 hexadecimal digits. */
      readonly clientRandom: string;
      /** Label of the missing line of the key log. */
      readonly label: string;
      /** Other secrets of this session are known. */
      readonly partial: boolean;
    }
  | {
      readonly kind: "unsupported-suite";
      readonly cipherSuite: number;
      /** The IANA name, where it is known. */
      readonly name?: string;
    }
  | { readonly kind: "unsupported-version"; readonly version: number }
  | { readonly kind: "unsupported-compression"; readonly method: number }
  | { readonly kind: "handshake-missing" }
  | { readonly kind: "authentication-failed" }
  | { readonly kind: "bytes-lost" }
  | { readonly kind: "incomplete" }
  | { readonly kind: "early-data" }
  | { readonly kind: "malformed"; readonly what: "record" | "handshake" }
  | {
      readonly kind: "undecrypted";
      /** Bytes of records, headers included. */
      readonly bytes: number;
    };

export type TlsProblemKind = TlsIssue["kind"];

/** Nothing of this is thrown. No part of it is secret. */
export interface TlsProblem {
  readonly issue: TlsIssue;
  /** Whose bytes it is about. */
  readonly direction: Direction;
  /** One lower-case sentence without a full stop: the reason, and what to supply. */
  readonly message: string;
  /** As in the data event that showed it. */
  readonly time: bigint;
  readonly packet: number;
}

const hex = (value: number, digits: number): string => `0x${value.toString(16).padStart(digits, "0")}`;

const another = "record the session";

/** The sentence of a problem. */
export function describeIssue(issue: TlsIssue, direction: Direction): string {
  const sender = direction === "c2s" ? "client" : "server";
  switch (issue.kind) {
    case "no-key": {
      const { clientRandom, label, partial } = issue;
      const session = `the TLS session with client random ${clientRandom}...`;
      return partial
        ? `the key log has no ${label} for ${session}: give a key log that has all its lines`
        : `no key for ${session}: give the key log (SSLKEYLOGFILE) that its client or its server wrote`;
    }
    case "unsupported-suite": {
      const number = hex(issue.cipherSuite, 4);
      const name = issue.name === undefined ? number : `${issue.name} (${number})`;
      return `cipher suite ${name} is not supported: ${another} with AES or ChaCha20`;
    }
    case "unsupported-version":
      return `${versionName(issue.version)} is not supported: ${another} with TLS 1.2 or 1.3`;
    case "unsupported-compression":
      return `TLS compression method ${issue.method} is not supported: ${another} without compression`;
    case "handshake-missing":
      return `the TLS handshake is not in the capture: give a capture of both directions from the start of the connection`;
    case "authentication-failed":
      return (
        `a TLS record of the ${sender} does not fit its key: ` +
        "give the key log of this very session, or a capture that is not damaged"
      );
    case "bytes-lost":
      return (
        `TLS records of the ${sender} that lost bytes, or follow lost ones, cannot be decrypted: ` +
        "give a capture without losses"
      );
    case "incomplete":
      return `a TLS record of the ${sender} is cut off at the end: give a capture that lasts as long as the connection`;
    case "early-data":
      return `0-RTT data of the client is not decrypted: ${another} without early data`;
    case "malformed":
      return `bytes of the ${sender} are no TLS ${issue.what}: give a capture that is not damaged`;
    case "undecrypted":
      return `${issue.bytes} bytes of TLS of the ${sender} were not decrypted, for the reasons given`;
  }
}
