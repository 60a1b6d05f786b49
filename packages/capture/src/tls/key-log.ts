/** The labels of RFC 9850 that decryption needs. */
const labels = [
  "CLIENT_RANDOM",
  "CLIENT_HANDSHAKE_TRAFFIC_SECRET",
  "SERVER_HANDSHAKE_TRAFFIC_SECRET",
  "CLIENT_TRAFFIC_SECRET_0",
  "SERVER_TRAFFIC_SECRET_0",
] as const;

export type KeyLabel = (typeof labels)[number];

/** Labels of other secrets: correct lines that are of no use here. */
const otherLabel = /^(?:RSA|PMS_CLIENT_RANDOM|(?:EARLY_)?EXPORTER_SECRET|CLIENT_EARLY_TRAFFIC_SECRET|ECH_[A-Z]+)[ \t]/;
const secretLine = /^([A-Z_0-9]+)[ \t]+([0-9a-fA-F]{64})[ \t]+([0-9a-fA-F]{64,96})$/;
/** A line with a secret of 48 bytes has 193 characters. */
const longestLine = 1024;
/** What was added first is forgotten beyond so many secrets. */
const mostSecrets = 1_000_000;
/** Of a master secret in TLS 1.2 and before; traffic secrets are as long as the hash. */
const masterLength = 48;

export interface KeyLogCount {
  /** Secrets that were added, those known before included. */
  secrets: number;
  /** Lines that are neither secrets nor comments nor empty. */
  ignored: number;
}

/**
 * The secrets of TLS sessions, from any number of key logs in the format of RFC 9850 (NSS key
 * log). They are kept where neither `console.log` nor `JSON.stringify` finds them.
 */
export class KeyLog {
  readonly #secrets = new Map<string, string>();

  /** How many secrets it knows. */
  get size(): number {
    return this.#secrets.size;
  }

  /**
   * Adds a key log, or the `bytes` of a {@link SecretsEvent} whose type is {@link tlsKeyLog}.
   * Lines that are no secrets are counted and left out. Does not throw.
   */
  add(log: Uint8Array | string): KeyLogCount {
    const count = { secrets: 0, ignored: 0 };
    const text = typeof log === "string" ? log : latin1(log);
    for (let at = 0; at < text.length;) {
      const newline = text.indexOf("\n", at);
      const end = newline < 0 ? text.length : newline;
      // A longer line is junk; it is not copied.
      if (end - at > longestLine) count.ignored++;
      else this.#addLine(text.slice(at, end).trim(), count);
      at = end + 1;
    }
    return count;
  }

  /** The bytes of a secret, for who derives keys from them; undefined if it is not known. */
  secret(label: KeyLabel, clientRandom: Uint8Array): Uint8Array | undefined {
    const found = this.#secrets.get(keyOf(label, latin1(clientRandom)));
    return found === undefined ? undefined : Buffer.from(found, "latin1");
  }

  /**
   * The lines of a key log with what is known of one session, to be kept with its packets. Empty if
   * that is nothing. Who has them can read the session: print them nowhere.
   */
  linesOf(clientRandom: Uint8Array): string {
    let lines = "";
    for (const label of labels) {
      const secret = this.#secrets.get(keyOf(label, latin1(clientRandom)));
      if (secret === undefined) continue;
      lines += `${label} ${Buffer.from(clientRandom).toString("hex")} ${Buffer.from(secret, "latin1").toString("hex")}\n`;
    }
    return lines;
  }

  toString(): string {
    return `KeyLog of ${this.size} secrets`;
  }

  toJSON(): string {
    return this.toString();
  }

  #addLine(line: string, count: KeyLogCount): void {
    if (line === "" || line.startsWith("#") || otherLabel.test(line)) return;
    const [, name = "", random = "", secret = ""] = secretLine.exec(line) ?? [];
    const label = labels.find((known) => known === name);
    const wrongLength = label === "CLIENT_RANDOM" ? secret.length !== 2 * masterLength : secret.length % 32 !== 0;
    if (label === undefined || wrongLength) {
      count.ignored++;
      return;
    }
    count.secrets++;
    // Binary strings are half as large, and do not keep the text of the whole log in memory.
    const key = keyOf(label, Buffer.from(random, "hex").toString("latin1"));
    this.#secrets.delete(key);
    this.#secrets.set(key, Buffer.from(secret, "hex").toString("latin1"));
    if (this.#secrets.size <= mostSecrets) return;
    for (const oldest of this.#secrets.keys()) {
      this.#secrets.delete(oldest);
      return;
    }
  }
}

const keyOf = (label: KeyLabel, random: string): string => `${labels.indexOf(label)}${random}`;

const latin1 = ({ buffer, byteOffset, byteLength }: Uint8Array): string =>
  Buffer.from(buffer, byteOffset, byteLength).toString("latin1");
