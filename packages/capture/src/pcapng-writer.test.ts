import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { concat } from "../testing/packet.js";
import { readAll } from "../testing/transcript.js";
import { hasTshark, tshark, withFile, withoutTshark } from "../testing/tshark.js";
import { PacketFileReader, PcapngWriter, tlsKeyLog, type RawPacket, type WrittenPacket } from "./index.js";

const packet: fc.Arbitrary<WrittenPacket> = fc.record({
  linkType: fc.constantFrom(1, 101, 113, 252, 0xffff),
  time: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
  bytes: fc.uint8Array({ maxLength: 40 }),
  length: fc.integer({ min: 40, max: 0xffffffff }),
  comments: fc.array(fc.string({ unit: "binary", maxLength: 20 }), { maxLength: 3 }),
});

const written = (writer: PcapngWriter, packets: readonly WrittenPacket[]): Uint8Array =>
  concat(writer.start(), ...packets.flatMap((one) => writer.packet(one)));

const packetsOf = (file: Uint8Array): RawPacket[] => {
  const reader = new PacketFileReader();
  return [...reader.push(file), ...reader.end()];
};

describe("what is written is read again", () => {
  test("packets with link type, time, lengths and comments, in order", () => {
    fc.assert(
      fc.property(fc.array(packet, { maxLength: 8 }), (packets) => {
        const file = written(new PcapngWriter(), packets);
        expect(file.length % 4).toBe(0);
        expect(packetsOf(file)).toEqual(packets.map((one, index) => ({ ...one, packet: index + 1 })));
      }),
    );
  });

  test("comments on the file, and secrets", () => {
    const writer = new PcapngWriter({ application: "a test", comments: ["one", "two"] });
    const secret = new TextEncoder().encode("CLIENT_RANDOM 00 11\n");
    expect(readAll(concat(writer.start(), writer.secrets(tlsKeyLog, secret)))).toEqual([
      { type: "comment", about: "section", text: "one" },
      { type: "comment", about: "section", text: "two" },
      { type: "secrets", secretsType: tlsKeyLog, bytes: secret },
    ]);
  });

  test("comments as long as an option can be; longer ones lose their end, between two characters", () => {
    const [fits, long] = ["x".repeat(0xffff), `xx${"é".repeat(40_000)}`];
    const [one] = packetsOf(
      written(new PcapngWriter(), [{ linkType: 1, time: 0n, bytes: new Uint8Array(0), comments: [fits, long] }]),
    );
    expect(one?.comments).toEqual([fits, `xx${"é".repeat(32_766)}`]);
  });
});

describe.skipIf(!hasTshark)(`Wireshark ${withoutTshark}`, () => {
  test("reads times, lengths and comments as they were written", async () => {
    const packets = [1, 101].map((linkType, index) => ({
      linkType,
      time: 1_700_000_000_123_456_789n + BigInt(index),
      bytes: new Uint8Array(20),
      length: 77,
      comments: [`comment ${index}`, "another"],
    }));
    const file = written(new PcapngWriter({ application: "railvail" }), packets);
    const fields = ["frame.time_epoch", "frame.len", "frame.cap_len", "frame.encap_type", "frame.comment"];
    const lines = await withFile(file, (path) =>
      tshark("-r", path, "-T", "fields", ...fields.flatMap((field) => ["-e", field])),
    );
    expect(lines).toEqual([
      "1700000000.123456789\t77\t20\t1\tcomment 0,another",
      "1700000000.123456790\t77\t20\t7\tcomment 1,another",
    ]);
  });
});
