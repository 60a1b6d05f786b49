import { existsSync, readFileSync } from "node:fs";
import {
  berInteger,
  berLength,
  biased,
  bytes,
  DecodeError,
  enumeration,
  length,
  literal,
  pdu,
  perInteger,
  perLength,
  sized,
  u16be,
  u32be,
  u8,
  type Pdu,
} from "@railvail/wire";
import { describe, expect, test } from "vitest";

const file = "../shared/vectors/open/asn1.json";
const vectors = existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as { name: string; hex: string }[]) : [];
// Skipped only where the bytes of other projects are not beside the repository.
const described = vectors.length === 0 ? describe.skip : describe;

/** The primitives of BER and PER, declared as the messages declare them. */
const primitives: readonly (readonly [name: string, of: Pdu, value: object])[] = [
  ["asn1.ber-read-sequence-tag-length", pdu("A", "test", { tag: literal(u8, 0x30), value: berLength }), { value: 256 }],
  [
    "asn1.ber-read-application-tag-with-long-tag",
    pdu("A", "test", { tag: literal(u16be, 0x7f1f), value: berLength }),
    { value: 15 },
  ],
  [
    "asn1.ber-read-octet-string",
    pdu("A", "test", { tag: literal(u8, 4), length: length(berLength), value: bytes(sized("length")) }),
    { value: Uint8Array.of(0, 1, 2) },
  ],
  ["asn1.ber-read-octet-string-tag", pdu("A", "test", { tag: literal(u8, 4), value: berLength }), { value: 15 }],
  ["asn1.ber-read-length-with-3-byte-length", pdu("A", "test", { value: berLength }), { value: 256 }],
  ["asn1.ber-read-enumerated", pdu("A", "test", { tag: literal(u16be, 0x0a01), value: u8 }), { value: 15 }],
  ["asn1.ber-read-bool-true", pdu("A", "test", { tag: literal(u16be, 0x0101), value: u8 }), { value: 0xff }],
  [
    "asn1.ber-read-integer-with-1-byte-integer",
    pdu("A", "test", { tag: literal(u8, 2), value: berInteger }),
    { value: 121 },
  ],
  ["asn1.per-read-u32-with-4-bytes-number", pdu("A", "test", { value: perInteger }), { value: 18_000_000 }],
  ["asn1.per-read-u16-number", pdu("A", "test", { value: biased(u16be, 1001) }), { value: 1008 }],
  ["asn1.per-length-long", pdu("A", "test", { value: perLength }), { value: 141 }],
  [
    "asn1.per-read-object-id",
    pdu("A", "test", { length: literal(u8, 5), value: u32be, end: literal(u8, 1) }),
    { value: 0x00147c00 },
  ],
  ["asn1.per-read-enum-enum", pdu("A", "test", { value: u8 }), { value: 5 }],
  // One digit in half a byte, after a length that counts from 1: how a conference is named.
  ["asn1.per-numeric-string", pdu("A", "test", { length: literal(u8, 0), value: u8 }), { value: 0x10 }],
  ["asn1.per-read-octet-string", pdu("A", "test", { length: literal(u8, 0), value: u32be }), { value: 0x44756361 }],
];

const hexOf = (name: string): Uint8Array =>
  new Uint8Array(Buffer.from(vectors.find((vector) => vector.name === name)?.hex ?? "", "hex"));

described("primitives of other projects (skipped without ../shared/vectors)", () => {
  test.each(primitives)("%s", (name, of, value) => {
    const bytes = hexOf(name);
    expect(of.decode(bytes)).toMatchObject(value);
    expect(of.encode(of.decode(bytes))).toEqual(bytes);
  });

  test("an INTEGER that says it is longer than what is there is refused", () => {
    const of = pdu("A", "test", { tag: literal(u8, 2), value: berInteger });
    expect(() => of.decode(hexOf("asn1.ber-read-integer-returns-error-on-incorrect-len"))).toThrow(DecodeError);
  });

  test("a tag that is not the one that must stand there is refused", () => {
    const sequence = pdu("A", "test", { tag: literal(u8, 0x30), value: berLength });
    const application = pdu("A", "test", { tag: literal(u16be, 0x7f1f), value: berLength });
    expect(() => sequence.decode(hexOf("asn1.ber-read-sequence-tag-returns-error-on-invalid-tag"))).toThrow(
      DecodeError,
    );
    const wrong = hexOf("asn1.ber-read-application-tag-returns-error-on-invalid-long-tag-value");
    expect(() => application.decode(wrong)).toThrow(DecodeError);
  });

  test("a variant without a name is kept and reported", () => {
    const of = pdu("A", "test", { tag: literal(u16be, 0x0a01), value: enumeration(u8, { first: 0, second: 1 }) });
    const bytes = hexOf("asn1.ber-read-enumerated-returns-error-on-invalid-variant");
    expect(of.encode(of.decode(bytes))).toEqual(bytes);
    expect(of.inspect(bytes).deviations.map(({ rule }) => rule)).toEqual(["unknown-value"]);
  });

  test("an INTEGER above 32 bits is refused: no field of RDP needs one", () => {
    const of = pdu("A", "test", { tag: literal(u8, 2), value: berInteger });
    expect(() => of.decode(hexOf("asn1.ber-read-integer-with-8-byte-integer"))).toThrow(DecodeError);
  });
});
