import type { Direction } from "../stream-event.js";
import { Tls12AeadProtection, Tls13Protection } from "./aead-protection.js";
import { CbcProtection } from "./cbc-protection.js";
import { cipherSuite, cipherSuiteName, isTls13Suite, type CipherSuite } from "./cipher-suites.js";
import type { ClientHello, ServerHello } from "./hello.js";
import { sessionKeys } from "./key-block.js";
import type { KeyLabel, KeyLog } from "./key-log.js";
import type { Protection } from "./protection.js";
import type { TlsIssue } from "./tls-problem.js";
import { supportedVersion, tls13 } from "./versions.js";

/** Which keys protect records: those of a session up to TLS 1.2, or one of the two of TLS 1.3. */
export type Stage = "session" | "handshake" | "application";

/** Why there are no keys. */
export interface Refusal {
  readonly issue: TlsIssue;
  /** They may still come: with the other side's hello, or with another key log. */
  readonly wait: boolean;
}

const refuse = (issue: TlsIssue): Refusal => ({ issue, wait: false });
const wait = (issue: TlsIssue): Refusal => ({ issue, wait: true });

const secretLabels = {
  handshake: { c2s: "CLIENT_HANDSHAKE_TRAFFIC_SECRET", s2c: "SERVER_HANDSHAKE_TRAFFIC_SECRET" },
  application: { c2s: "CLIENT_TRAFFIC_SECRET_0", s2c: "SERVER_TRAFFIC_SECRET_0" },
} as const;

/** One handshake: what both sides said, and the keys that follow from it. */
class Negotiation {
  readonly #keys: KeyLog;
  client: ClientHello | undefined;
  server: ServerHello | undefined;
  /** A HelloRetryRequest was seen, which only TLS 1.3 has. */
  retried = false;

  constructor(keys: KeyLog) {
    this.#keys = keys;
  }

  /** The version; undefined before the server chose it. */
  get version(): number | undefined {
    return this.retried ? tls13 : this.server?.version;
  }

  get suite(): CipherSuite | undefined {
    return this.server && cipherSuite(this.server.cipherSuite);
  }

  /** The protection of a direction's records, or why there is none. */
  protection(direction: Direction, stage: Stage): Protection | Refusal {
    const { client, server } = this;
    if (client === undefined || server === undefined) return wait({ kind: "handshake-missing" });
    const { version, compression: method, cipherSuite: number } = server;
    if (!supportedVersion(version)) return refuse({ kind: "unsupported-version", version });
    if (method !== 0) return refuse({ kind: "unsupported-compression", method });
    const { suite } = this;
    // The numbers of TLS 1.3 mean nothing in older versions, and the other way round.
    const expected = isTls13Suite(number) ? version === tls13 : version !== tls13;
    if (suite === undefined || !expected) {
      const name = cipherSuiteName(number);
      const named = name === undefined ? {} : { name };
      return refuse({ kind: "unsupported-suite", cipherSuite: number, ...named });
    }
    if ((version === tls13) === (stage === "session")) return refuse({ kind: "handshake-missing" });
    const label = stage === "session" ? "CLIENT_RANDOM" : secretLabels[stage][direction];
    const secret = this.#keys.secret(label, client.random);
    if (secret === undefined) return wait(this.#noKey(label, client.random));
    if (stage !== "session") return new Tls13Protection(suite, secret);
    return this.#sessionProtection(direction, suite, secret, client, server);
  }

  #sessionProtection(
    direction: Direction,
    suite: CipherSuite,
    master: Uint8Array,
    { random: clientRandom }: ClientHello,
    { random: serverRandom, version, encryptThenMac }: ServerHello,
  ): Protection {
    const { cipher } = suite;
    const keys = sessionKeys({ version, suite, master, clientRandom, serverRandom })[direction];
    if (cipher.kind !== "cbc") return new Tls12AeadProtection(suite, keys);
    return new CbcProtection(suite, cipher.macHash, keys, { version, encryptThenMac });
  }

  #noKey(label: KeyLabel, random: Uint8Array): TlsIssue {
    const others = Object.values(secretLabels).flatMap((both) => Object.values(both));
    return {
      kind: "no-key",
      clientRandom: Buffer.from(random).toString("hex").slice(0, 8),
      label,
      partial: others.some((other) => this.#keys.secret(other, random) !== undefined),
    };
  }
}

/** More handshakes than so many that only one side has begun are not true. */
const mostOpen = 4;

/** Randoms of clients that are remembered. */
const mostRandoms = 16;

/** The handshakes of a connection in their order: the first, then renegotiations. */
export class Negotiations {
  readonly #keys: KeyLog;
  readonly #all = new Map<number, Negotiation>();
  /** Of the first hello and of the last ones. */
  readonly #randoms = new Map<string, Uint8Array>();
  /** Of each direction, the number of the handshake it is in; -1 before its first hello. */
  readonly #rounds = { c2s: -1, s2c: -1 };

  constructor(keys: KeyLog) {
    this.#keys = keys;
  }

  round(direction: Direction): number {
    return this.#rounds[direction];
  }

  /** The randoms of the clients' hellos, each once. */
  clientRandoms(): Uint8Array[] {
    return [...this.#randoms.values()];
  }

  /** The handshake that a direction is in. */
  of(direction: Direction): Negotiation | undefined {
    return this.at(this.#rounds[direction]);
  }

  at(round: number): Negotiation | undefined {
    return this.#all.get(round);
  }

  /** False if it is one too many. */
  clientHello(hello: ClientHello): boolean {
    this.#remember(hello.random);
    const current = this.at(this.#rounds.c2s);
    if (current === undefined || current.server !== undefined) {
      const opened = this.#advance("c2s");
      if (opened !== undefined) opened.client = hello;
      return opened !== undefined;
    }
    // The second hello that a retry asks for, or another try after a refusal. Of a retry the
    // first hello says whether 0-RTT data was sent.
    const { client } = current;
    const again = client !== undefined && Buffer.compare(client.random, hello.random) === 0;
    current.client = again ? { ...hello, earlyData: client.earlyData } : hello;
    return true;
  }

  /** False if it is one too many. */
  serverHello(hello: ServerHello): boolean {
    if (hello.retry) {
      this.#open(this.#rounds.s2c + 1).retried = true;
      return true;
    }
    const round = this.#advance("s2c");
    if (round !== undefined) round.server = hello;
    return round !== undefined;
  }

  #remember(random: Uint8Array): void {
    this.#randoms.set(Buffer.from(random).toString("latin1"), random.slice());
    if (this.#randoms.size <= mostRandoms) return;
    const [, second] = this.#randoms.keys();
    if (second !== undefined) this.#randoms.delete(second);
  }

  #advance(direction: Direction): Negotiation | undefined {
    const rounds = this.#rounds;
    const next = rounds[direction] + 1;
    if (next - Math.min(rounds.c2s, rounds.s2c) > mostOpen) return undefined;
    rounds[direction] = next;
    // Keys of one handshake stay in use until those of the next one do.
    this.#all.delete(Math.min(rounds.c2s, rounds.s2c) - 2);
    return this.#open(next);
  }

  #open(round: number): Negotiation {
    const found = this.#all.get(round) ?? new Negotiation(this.#keys);
    this.#all.set(round, found);
    return found;
  }
}
