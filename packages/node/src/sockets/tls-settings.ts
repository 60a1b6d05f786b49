/** What a server shows its clients. */
export interface ServerCertificate {
  /** The private key, PEM. */
  readonly key: string;
  /** The certificate and those above it, PEM. */
  readonly certificate: string;
}

/**
 * Which servers a client believes: with `verify` those whose certificate is signed by a known
 * authority for their name; with `any` all; with `local` all on this machine and others as with
 * `verify`; or the one whose certificate has this SHA-256 fingerprint, 64 hexadecimal digits with
 * or without colons.
 */
export type ServerTrust = "local" | "verify" | "any" | { readonly fingerprint: string };

/** A client's TLS. */
export interface ClientTls {
  /** `local` unless said otherwise. */
  readonly trust?: ServerTrust;
  /** Authorities in the place of the known ones, PEM. */
  readonly authorities?: readonly string[];
}
