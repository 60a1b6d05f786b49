/** TLS 1.3 sessions written by hand, with what no library does when asked: key updates, padding. */
import { createCipheriv, createHmac, randomBytes, type CipherGCMTypes } from "node:crypto";
import type { Direction } from "../../src/index.js";

const uint = (value: number, length: number): Buffer => {
  const bytes = Buffer.alloc(length);
  bytes.writeUIntBE(value, 0, length);
  return bytes;
};
const vector = (prefix: number, ...parts: readonly Uint8Array[]): Buffer => {
  const body = Buffer.concat(parts);
  return Buffer.concat([uint(body.length, prefix), body]);
};

export const record = (type: number, fragment: Uint8Array, version = 0x0303): Buffer =>
  Buffer.concat([uint(type, 1), uint(version, 2), vector(2, fragment)]);

const handshake = (type: number, body: Uint8Array): Buffer => Buffer.concat([uint(type, 1), vector(3, body)]);

const extension = (type: number, body: Uint8Array): Buffer => Buffer.concat([uint(type, 2), vector(2, body)]);

export const clientHello = (random: Uint8Array, earlyData = false): Buffer =>
  handshake(
    1,
    Buffer.concat([
      uint(0x0303, 2),
      random,
      vector(1, randomBytes(32)),
      vector(2, uint(0x1301, 2)),
      vector(1, uint(0, 1)),
      vector(
        2,
        extension(43, Buffer.from("020304", "hex")),
        earlyData ? extension(42, Buffer.alloc(0)) : Buffer.alloc(0),
      ),
    ]),
  );

export interface HelloChoice {
  readonly version?: number;
  readonly suite: number;
  readonly compression?: number;
  readonly random?: Uint8Array;
}

/** A version above 0x0303 goes into the extension, as in TLS 1.3. */
export const serverHello = ({ version = 0x0304, suite, compression = 0, random }: HelloChoice): Buffer =>
  handshake(
    2,
    Buffer.concat([
      uint(Math.min(version, 0x0303), 2),
      random ?? randomBytes(32),
      vector(1, randomBytes(32)),
      uint(suite, 2),
      uint(compression, 1),
      vector(2, version > 0x0303 ? extension(43, uint(version, 2)) : Buffer.alloc(0)),
    ]),
  );

const hash = "sha256";

/** HKDF-Expand-Label, where one block of the hash is enough. */
const expandLabel = (secret: Uint8Array, label: string, length: number): Buffer =>
  createHmac(hash, secret)
    .update(uint(length, 2))
    .update(vector(1, Buffer.from(`tls13 ${label}`)))
    .update(Uint8Array.of(0, 1))
    .digest()
    .subarray(0, length);

/** Protects the records of one direction with TLS_AES_128_GCM_SHA256. */
class Sealer {
  private secret: Buffer;
  private sequence = 0;

  constructor(secret: Buffer) {
    this.secret = secret;
  }

  /** A protected record; `padding` zeros follow the type. */
  seal(type: number, content: Uint8Array, padding = 0): Buffer {
    const key = expandLabel(this.secret, "key", 16);
    const nonce = expandLabel(this.secret, "iv", 12);
    const mask = uint(this.sequence++, 6);
    for (const [index, byte] of mask.entries()) nonce[6 + index] = (nonce[6 + index] ?? 0) ^ byte;
    const inner = Buffer.concat([content, uint(type, 1), Buffer.alloc(padding)]);
    const header = Buffer.concat([Buffer.from("170303", "hex"), uint(inner.length + 16, 2)]);
    const cipher = createCipheriv("aes-128-gcm" as CipherGCMTypes, key, nonce).setAAD(header);
    return Buffer.concat([header, cipher.update(inner), cipher.final(), cipher.getAuthTag()]);
  }

  update(): void {
    this.secret = expandLabel(this.secret, "traffic upd", 32);
    this.sequence = 0;
  }
}

/** One thing that a side does after the handshake. */
export type Step = { readonly direction: Direction } & (
  | { readonly kind: "data"; readonly bytes: Uint8Array; readonly padding: number }
  | { readonly kind: "key update" | "ticket" }
);

export interface HandmadeRecord {
  readonly direction: Direction;
  readonly bytes: Buffer;
  /** The application data in it; undefined in other records. */
  readonly plain: Uint8Array | undefined;
  readonly kind: "clear" | "handshake" | Step["kind"];
}

export interface HandmadeSession {
  readonly records: readonly HandmadeRecord[];
  readonly keyLog: string;
}

const secretNames = {
  c2s: ["CLIENT_HANDSHAKE_TRAFFIC_SECRET", "CLIENT_TRAFFIC_SECRET_0"],
  s2c: ["SERVER_HANDSHAKE_TRAFFIC_SECRET", "SERVER_TRAFFIC_SECRET_0"],
} as const;

export interface HandmadeOptions {
  readonly steps: readonly Step[];
  /** Records that the client sends before the server's hello. */
  readonly earlyData?: number;
}

/** A session whose secrets were not agreed on but drawn: a reader with a key log sees no difference. */
export function handmadeSession({ steps, earlyData = 0 }: HandmadeOptions): HandmadeSession {
  const random = randomBytes(32);
  const records: HandmadeRecord[] = [];
  const lines: string[] = ["# made by hand"];
  const sealers = (index: 0 | 1): Record<Direction, Sealer> => {
    const one = (direction: Direction): Sealer => {
      const secret = randomBytes(32);
      lines.push(`${secretNames[direction][index]} ${random.toString("hex")} ${secret.toString("hex")}`);
      return new Sealer(secret);
    };
    return { c2s: one("c2s"), s2c: one("s2c") };
  };
  const [flight, application] = [sealers(0), sealers(1)];
  const add = (direction: Direction, kind: HandmadeRecord["kind"], bytes: Buffer, plain?: Uint8Array): unknown =>
    records.push({ direction, kind, bytes, plain });

  add("c2s", "clear", record(22, clientHello(random, earlyData > 0), 0x0301));
  const early = new Sealer(randomBytes(32));
  for (let index = 0; index < earlyData; index++) add("c2s", "handshake", early.seal(23, randomBytes(50)));
  add("s2c", "clear", record(22, serverHello({ suite: 0x1301 })));
  add("s2c", "clear", record(20, Uint8Array.of(1)));
  add("s2c", "handshake", flight.s2c.seal(22, handshake(8, Buffer.alloc(2))));
  // A certificate, then a Finished that begins in one record and ends in the next.
  const finished = handshake(20, randomBytes(32));
  const certificate = handshake(11, randomBytes(900));
  add("s2c", "handshake", flight.s2c.seal(22, Buffer.concat([certificate, finished.subarray(0, 3)])));
  add("s2c", "handshake", flight.s2c.seal(22, finished.subarray(3)));
  add("c2s", "clear", record(20, Uint8Array.of(1)));
  add("c2s", "handshake", flight.c2s.seal(22, handshake(20, randomBytes(32))));
  for (const step of steps) {
    const { direction, kind } = step;
    const sealer = application[direction];
    if (kind === "data") add(direction, kind, sealer.seal(23, step.bytes, step.padding), step.bytes);
    else if (kind === "ticket") add(direction, kind, sealer.seal(22, handshake(4, randomBytes(70))));
    else {
      add(direction, kind, sealer.seal(22, handshake(24, Uint8Array.of(0))));
      sealer.update();
    }
  }
  return { records, keyLog: lines.join("\n") };
}
