import { X509Certificate } from "node:crypto";
import { mkdirSync } from "node:fs";
import { homedir, hostname } from "node:os";
import { isAbsolute, join } from "node:path";
import type { ServerCertificate } from "../sockets/tls-settings.js";
import { discardCertificate, readCertificate, storeCertificate } from "./certificate-file.js";

export interface CertificateOptions {
  /** The folder it is kept in; `railvail` in XDG_STATE_HOME or in ~/.local/state unless said otherwise. */
  readonly directory?: string;
  /** The name that is certified; that of this machine unless said otherwise. */
  readonly name?: string;
}

export interface OwnCertificate extends ServerCertificate {
  /** SHA-256, 64 lower-case hexadecimal digits: what clients pin. */
  readonly fingerprint: string;
  /** Where it is kept. */
  readonly path: string;
}

/** How often another process may be ahead of this one. */
const attempts = 5;
const lifetime = 825 * 24 * 60 * 60 * 1000;

/**
 * This machine's certificate, signed by itself: made on first use and kept in a file that only its
 * owner can read. One that ends within a day, or whose file is damaged, is replaced. Rejects with
 * an error of the file system if it cannot be kept.
 */
export async function ownCertificate(options: CertificateOptions = {}): Promise<OwnCertificate> {
  const directory = options.directory ?? join(stateHome(), "railvail");
  const path = join(directory, "certificate.pem");
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  let made: ServerCertificate | undefined;
  for (let attempt = 0; attempt < attempts; attempt++) {
    const stored = readCertificate(path, Date.now());
    if (typeof stored === "object") return described(stored, path);
    if (stored === "useless") discardCertificate(path, Date.now());
    made ??= await makeCertificate(options.name ?? hostname());
    if (storeCertificate(path, made)) return described(made, path);
  }
  throw new Error(`no certificate could be kept at ${path}`);
}

const described = (certificate: ServerCertificate, path: string): OwnCertificate => ({
  ...certificate,
  fingerprint: new X509Certificate(certificate.certificate).fingerprint256.replaceAll(":", "").toLowerCase(),
  path,
});

function stateHome(): string {
  const stated = process.env["XDG_STATE_HOME"];
  // [XDG Base Directory Specification]: paths that are not absolute are to be ignored.
  return stated !== undefined && isAbsolute(stated) ? stated : join(homedir(), ".local", "state");
}

async function makeCertificate(name: string): Promise<ServerCertificate> {
  // Loading it takes longer than all the rest, and happens once in years.
  const { generate } = await import("selfsigned");
  const now = Date.now();
  const { private: key, cert } = await generate([{ name: "commonName", value: name }], {
    // A little in the past: clocks of clients differ.
    notBeforeDate: new Date(now - 60 * 60 * 1000),
    notAfterDate: new Date(now + lifetime),
    keyType: "rsa",
    keySize: 2048,
    algorithm: "sha256",
    extensions: [
      { name: "basicConstraints", cA: false, critical: true },
      { name: "keyUsage", digitalSignature: true, keyEncipherment: true, critical: true },
      { name: "extKeyUsage", serverAuth: true },
      {
        name: "subjectAltName",
        altNames: [
          { type: 2, value: name },
          { type: 2, value: "localhost" },
          { type: 7, ip: "127.0.0.1" },
          { type: 7, ip: "::1" },
        ],
      },
    ],
  });
  return { key, certificate: cert };
}
