/** Self-signed certificates for tests, so that no private key has to lie in the repository. */
import { generateKeyPairSync, sign } from "node:crypto";

/** An ASN.1 value in DER (X.690, section 8.1). */
function der(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(parts);
  const { length } = body;
  const long = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Uint8Array.of(tag, ...long), body]);
}

const sequence = (...parts: readonly Uint8Array[]): Buffer => der(0x30, ...parts);
const objectId = (hex: string): Buffer => der(0x06, Buffer.from(hex, "hex"));
const utcTime = (text: string): Buffer => der(0x17, Buffer.from(text, "latin1"));
const bits = (bytes: Uint8Array): Buffer => der(0x03, Uint8Array.of(0), bytes);

export interface Certificate {
  readonly key: string;
  readonly cert: string;
}

/** A certificate of version 1 for "test", with the named kind of key. */
export function certificate(kind: "rsa" | "ec"): Certificate {
  const { publicKey, privateKey } =
    kind === "rsa"
      ? generateKeyPairSync("rsa", { modulusLength: 2048 })
      : generateKeyPairSync("ec", { namedCurve: "P-256" });
  // sha256WithRSAEncryption, ecdsa-with-SHA256
  const algorithm =
    kind === "rsa" ? sequence(objectId("2a864886f70d01010b"), der(0x05)) : sequence(objectId("2a8648ce3d040302"));
  const name = sequence(der(0x31, sequence(objectId("550403"), der(0x0c, Buffer.from("test")))));
  const validity = sequence(utcTime("200101000000Z"), utcTime("491231000000Z"));
  const spki = publicKey.export({ type: "spki", format: "der" });
  const signed = sequence(der(0x02, Uint8Array.of(1)), algorithm, name, validity, name, spki);
  const whole = sequence(signed, algorithm, bits(sign("sha256", signed, privateKey)));
  const base64 = whole.toString("base64").replace(/.{64}/g, "$&\n");
  return {
    key: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${base64}\n-----END CERTIFICATE-----\n`,
  };
}
