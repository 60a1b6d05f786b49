import { createPrivateKey, randomUUID, X509Certificate } from "node:crypto";
import {
  closeSync,
  constants,
  fstatSync,
  linkSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import type { ServerCertificate } from "../sockets/tls-settings.js";

const day = 24 * 60 * 60 * 1000;
const largest = 64 * 1024;

/** What a file holds: a certificate that can be used, something else, or nothing. */
export type Stored = ServerCertificate | "useless" | "missing";

/**
 * Reads a file with key and certificate. Useless are those that others may read, that belong to
 * somebody else, whose parts do not fit, and that end within a day.
 */
export function readCertificate(path: string, now: number): Stored {
  let descriptor: number;
  try {
    // Nothing but a plain file: a pipe must not make this wait.
    descriptor = openSync(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
  } catch (error) {
    if (codeOf(error) === "ENOENT") return "missing";
    if (codeOf(error) === "ELOOP") return "useless";
    throw error;
  }
  try {
    const facts = fstatSync(descriptor);
    const own = process.getuid === undefined || (facts.uid === process.getuid() && (facts.mode & 0o077) === 0);
    if (!facts.isFile() || !own || facts.size > largest) return "useless";
    return parse(readFileSync(descriptor, "utf8"), now) ?? "useless";
  } finally {
    closeSync(descriptor);
  }
}

/** Stores a certificate unless there is a file already; false: there is. */
export function storeCertificate(path: string, { key, certificate }: ServerCertificate): boolean {
  const draft = draftOf(path);
  try {
    writeFileSync(draft, `${key.trim()}\n${certificate.trim()}\n`, { flag: "wx", mode: 0o600 });
    // A link is there as a whole or not at all, and never takes the place of another file.
    linkSync(draft, path);
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Takes a useless file away. What another process has stored in the meantime is put back. */
export function discardCertificate(path: string, now: number): void {
  const aside = draftOf(path);
  try {
    renameSync(path, aside);
    if (typeof readCertificate(aside, now) === "object") linkSync(aside, path);
  } catch (error) {
    const code = codeOf(error);
    if (code !== "ENOENT" && code !== "EEXIST") throw error;
  }
  rmSync(aside, { force: true, recursive: true });
}

const draftOf = (path: string): string => join(dirname(path), `.${randomUUID()}.pem`);

function parse(text: string, now: number): ServerCertificate | undefined {
  const key = /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?-----END [A-Z ]*PRIVATE KEY-----/.exec(text)?.[0];
  const certificate = /-----BEGIN CERTIFICATE-----[\s\S]*-----END CERTIFICATE-----/.exec(text)?.[0];
  if (key === undefined || certificate === undefined) return undefined;
  try {
    const parsed = new X509Certificate(certificate);
    const lasts = Date.parse(parsed.validTo) > now + day && Date.parse(parsed.validFrom) <= now;
    return lasts && parsed.checkPrivateKey(createPrivateKey(key)) ? { key, certificate } : undefined;
  } catch {
    return undefined;
  }
}

const codeOf = (error: unknown): unknown => (error instanceof Error && "code" in error ? error.code : undefined);
