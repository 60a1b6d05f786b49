import { bits, bytes, carrier, length, pdu, reserved, sized, u16, u32 } from "@railvail/wire";
import { describe, expect, test } from "vitest";
import { messageOf } from "../testing/messages.js";
import { isClean, Verifier } from "./verify.js";

const Sample = pdu("SAMPLE", "[TEST] 1", {
  id: u32,
  pad: reserved(u16, 0),
  dataLength: length(u16),
  data: bytes(sized("dataLength")),
});
const encoded = Sample.encode({ id: 1, data: Uint8Array.of(7, 8) });
const size = encoded.length;

/** A message of the lowest layer, whose bytes are the stream. */
const message = (bytes = encoded, over: Parameters<typeof messageOf>[2] = {}) =>
  messageOf(Sample, bytes, { path: "tpkt", ...over });

function verified(...records: readonly Parameters<Verifier["record"]>[0][]) {
  const verifier = new Verifier();
  for (const record of records) {
    if (record.type === "message") verifier.stream(record.end - record.offset);
    verifier.record(record);
  }
  return verifier.result();
}

describe("what is clean", () => {
  test("a message that encodes to its bytes", () => {
    const result = verified(message(), message());
    expect(result).toMatchObject({
      decoded: { messages: 2, bytes: 2 * size },
      exact: { messages: 2, bytes: 2 * size },
      unaccountedBytes: 0,
      findings: [],
    });
    expect(isClean(result)).toBe(true);
  });

  test("a difference that a lossy deviation explains", () => {
    const odd = encoded.slice();
    odd[4] = 9;
    const result = verified(message(odd));
    expect(result).toMatchObject({ exact: { messages: 0 }, explained: { messages: 1, bytes: size } });
    expect([...result.deviations]).toEqual([["reserved-not-zero", 1]]);
    expect(isClean(result)).toBe(true);
  });

  test("a deviation in bits explains a difference in the bytes that carry them", () => {
    const Bits = pdu("BITS", "[TEST] 2", {
      header: carrier(u16),
      kind: bits("header", 0, 8),
      version: reserved(bits("header", 8, 8), 0),
      id: u32,
    });
    const odd = Bits.encode({ kind: 1, id: 2 });
    odd[1] = 5;
    const result = verified(messageOf(Bits, odd, { path: "tpkt" }));
    expect(result).toMatchObject({ explained: { messages: 1 }, findings: [] });
  });

  test("bytes that the capture does not have", () => {
    const gap = { type: "gap", connection: 0, direction: "c2s", length: 10, reason: "lost" } as const;
    const result = verified(message(), { ...gap, time: 0n, packet: 2 });
    expect(result.gaps).toEqual({ messages: 1, bytes: 10 });
    expect(isClean(result)).toBe(true);
  });
});

describe("what is found", () => {
  test("a difference that nothing explains, with the field where it begins", () => {
    const result = verified(message(encoded, { packet: 12, value: { id: 2, data: Uint8Array.of(7, 8) } }));
    expect(isClean(result)).toBe(false);
    expect(result.findings).toMatchObject([
      { kind: "unexplained-difference", packet: 12, name: "SAMPLE", detail: "at byte 0, field id" },
    ]);
  });

  test("a deviation in one field does not explain a difference in another", () => {
    const odd = encoded.slice();
    odd[4] = 9;
    const result = verified(message(odd, { value: { id: 2, data: Uint8Array.of(7, 8) } }));
    expect(result.findings).toMatchObject([{ kind: "unexplained-difference" }]);
  });

  test("a length that changes is told", () => {
    const result = verified(message(encoded, { value: { id: 1, data: Uint8Array.of(7) } }));
    expect(result.findings[0]?.detail).toBe("at byte 6, field dataLength (10 bytes became 9)");
  });

  test("a value that cannot be encoded", () => {
    const result = verified(message(encoded, { value: { id: -1, data: Uint8Array.of(7) } }));
    expect(result.findings).toMatchObject([{ kind: "not-encodable" }]);
  });

  test("fields that do not cover the message", () => {
    const { fields, ...rest } = Sample.inspect(encoded);
    const inspect = () => ({ ...rest, fields: fields.slice(0, -1) });
    const result = verified(message(encoded, { inspect }));
    expect(result.findings).toMatchObject([{ kind: "not-tiled", detail: expect.stringContaining("byte 8") as string }]);
    expect(result.unaccountedBytes).toBe(size);
  });

  test.each(["undecodable", "unknown", "incomplete", "skipped", "compressed", "encrypted"] as const)(
    "%s bytes are not accounted for",
    (trouble) => {
      const result = verified(message(), message(encoded, { trouble, detail: "why" }));
      expect(result).toMatchObject({ streamBytes: 2 * size, unaccountedBytes: size });
      expect([...result.troubles]).toEqual([[trouble, { messages: 1, bytes: size }]]);
      expect(result.findings).toMatchObject([{ kind: trouble, detail: "why" }]);
      expect(isClean(result)).toBe(false);
    },
  );

  test("bytes of TLS that were not decrypted, which are no gap of the capture", () => {
    const verifier = new Verifier();
    const hole = { type: "gap", connection: 0, direction: "c2s", length: 10, reason: "sealed" } as const;
    verifier.stream(size);
    verifier.record(message());
    verifier.record({ ...hole, time: 0n, packet: 2 });
    expect(verifier.result()).toMatchObject({
      streamBytes: size + 10,
      sealedBytes: 10,
      unseenBytes: 0,
      unaccountedBytes: 10,
      gaps: { messages: 0 },
    });
    expect(isClean(verifier.result())).toBe(false);
  });

  test("why TLS was not decrypted, even if no bytes are missing", () => {
    const verifier = new Verifier();
    const issue = { kind: "undecrypted", bytes: 7 } as const;
    verifier.sealed(3, { issue, direction: "s2c", message: "why", time: 0n, packet: 9 });
    const result = verifier.result();
    expect(result.findings).toMatchObject([
      { kind: "tls", connection: 3, packet: 9, name: "undecrypted", length: 7, detail: "why" },
    ]);
    expect(isClean(result)).toBe(false);
  });

  test("bytes of the stream that are in no message", () => {
    const verifier = new Verifier();
    verifier.stream(size + 3);
    verifier.record(message());
    expect(verifier.result()).toMatchObject({ unseenBytes: 3, unaccountedBytes: 3 });
    expect(isClean(verifier.result())).toBe(false);
  });

  test("a message inside another does not count its bytes twice", () => {
    const outer = message();
    const inner = messageOf(Sample, encoded, { trouble: "unknown" });
    const verifier = new Verifier();
    verifier.stream(size);
    verifier.record(outer);
    verifier.record(inner);
    expect(verifier.result()).toMatchObject({ streamBytes: size, unaccountedBytes: size });
  });
});
