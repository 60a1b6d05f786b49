import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { captureFile, type Shape } from "../testing/capture-file.js";
import { conversation } from "../testing/conversation.js";
import { exportedLinkType, exportedPdu, packetsOf, type ExportedShape } from "../testing/exported-pdu.js";
import { concat } from "../testing/packet.js";
import { only, text } from "../testing/sending.js";
import { readAll, transcribe, type Transcript } from "../testing/transcript.js";

const shape: Shape = { kind: "pcapng", littleEndian: true, block: "enhanced" };

const read = (pdus: readonly Uint8Array[], onWire = 0): Transcript => {
  const packets = packetsOf(pdus).map((packet) => ({ ...packet, onWire: packet.bytes.length + onWire }));
  return transcribe(readAll(captureFile(shape, exportedLinkType, packets)));
};

const request = Uint8Array.of(3, 0, 0, 11, 6, 0xe0, 0, 0, 0, 0, 0);
const connectInitial = Uint8Array.of(3, 0, 0, 10, 2, 0xf0, 0x80, 0x7f, 0x65, 0);
const hello = Uint8Array.of(0x16, 3, 1, 0, 9, 1, 0, 0, 5, 3, 3, 0, 0, 0);

describe("the streams of a connection", () => {
  test("are the payloads one after the other, whatever order the directions have", () => {
    fc.assert(
      fc.property(
        conversation(600),
        fc.constantFrom<4 | 6>(4, 6),
        fc.constantFrom("tls", "ssl", "data"),
        fc.boolean(),
        fc.integer({ min: 1, max: 0xffffffff }),
        ({ rest, c2s, s2c }, ipVersion, name, numbered, base) => {
          const sent = { true: 0, false: 0 };
          const pdus = rest.flatMap(({ fromClient, payload }) => {
            if (payload === undefined || payload.length === 0) return [];
            const key = `${fromClient}` as const;
            const sequence = (base + sent[key]) >>> 0;
            sent[key] += payload.length;
            const shaped: ExportedShape = { fromClient, payload, ipVersion, name };
            return [exportedPdu(numbered ? { ...shaped, sequence } : shaped)];
          });
          const { connections, problems } = read(pdus);
          expect(problems).toEqual([]);
          expect(connections.length).toBe(pdus.length === 0 ? 0 : 1);
          const [one] = connections;
          if (one === undefined) return;
          expect(one.connection.client.port).toBe(50_000);
          expect([one.c2s.bytes, one.s2c.bytes]).toEqual([c2s, s2c]);
          expect([...one.c2s.gaps, ...one.s2c.gaps]).toEqual([]);
        },
      ),
    );
  });

  test("are put together where Wireshark exported bytes again, put together with others", () => {
    const at = (sequence: number, value: string): Uint8Array =>
      exportedPdu({ fromClient: false, payload: text(value), sequence });
    expect(only(read([at(1, "abc"), at(4, "de"), at(4, "defg"), at(8, "h"), at(8, "hij")])).s2c.bytes).toEqual(
      text("abcdefghij"),
    );
  });

  test("go on with numbers where the first bytes had none", () => {
    const pdus = [
      exportedPdu({ fromClient: true, payload: request, name: "data" }),
      exportedPdu({ fromClient: true, payload: hello, name: "tls_tcp", nameTag: 13, sequence: 40 }),
      exportedPdu({ fromClient: true, payload: text("xy"), name: "tls_tcp", nameTag: 13, sequence: 54 }),
      exportedPdu({ fromClient: true, payload: text("z"), name: "data" }),
    ];
    expect(only(read(pdus)).c2s).toEqual({ bytes: concat(request, hello, text("xyz")), gaps: [] });
  });

  test("have gaps where numbers are left out, and where PDUs were cut", () => {
    const at = (sequence: number, value: string): Uint8Array =>
      exportedPdu({ fromClient: true, payload: text(value), sequence });
    expect(only(read([at(1, "abc"), at(6, "fg")])).c2s.gaps).toMatchObject([{ offset: 3, length: 2, reason: "lost" }]);
    expect(only(read([exportedPdu({ fromClient: true, payload: text("ab") })], 3)).c2s.gaps).toMatchObject([
      { offset: 2, length: 3, reason: "truncated" },
    ]);
  });
});

describe("the start of a connection", () => {
  test.each([
    ["a connection request", request, true],
    ["the first MCS message", connectInitial, true],
    ["a hello of TLS", hello, true],
    ["a connection confirm", request.with(5, 0xd0), false],
    ["the second MCS message", connectInitial.with(8, 0x66), false],
    ["the server's hello", hello.with(5, 2), false],
  ])("is not missing if %s is its first payload, and tells the client", (_, payload, fromClient) => {
    const ports = { clientPort: 3000, serverPort: 5000 };
    const { connection } = only(read([exportedPdu({ fromClient, payload, ...ports })]));
    expect(connection).toMatchObject({ startMissing: false, client: { address: "10.0.0.1", port: 3000 } });
  });

  test("is missing otherwise", () => {
    const { connection } = only(read([exportedPdu({ fromClient: false, payload: text("something else") })]));
    expect(connection).toMatchObject({ startMissing: true, client: { port: 50_000 } });
  });

  test("is another one's where a connection request comes again", () => {
    const pdu = exportedPdu({ fromClient: true, payload: request });
    const { connections } = read([pdu, exportedPdu({ fromClient: true, payload: text("abc") }), pdu]);
    expect(connections.map(({ c2s, close }) => [c2s.bytes.length, close?.how])).toEqual([
      [14, "replaced"],
      [11, "end"],
    ]);
  });
});

describe("what is passed over", () => {
  test("is said once for each protocol that is no stream", () => {
    const pdu = (name: string): Uint8Array => exportedPdu({ fromClient: true, payload: request, name });
    const { problems, connections } = read([pdu("rdp"), pdu("http"), pdu("rdp"), pdu("")]);
    expect(connections).toEqual([]);
    expect(problems.map(({ kind, packet, message }) => [kind, packet, message])).toEqual([
      ["unknown-protocol", 1, "PDUs exported as rdp are skipped: tpkt, tls and data are read"],
      ["unknown-protocol", 2, "PDUs exported as http are skipped: tpkt, tls and data are read"],
      ["unknown-protocol", 4, "PDUs exported as nothing are skipped: tpkt, tls and data are read"],
    ]);
  });

  test("is no problem if TCP did not carry it", () => {
    expect(read([exportedPdu({ fromClient: true, payload: request, name: "data", portType: 3 })])).toMatchObject({
      connections: [],
      problems: [],
    });
  });

  test("is a problem without addresses and ports", () => {
    expect(read([exportedPdu({ fromClient: true, payload: request, placed: false })]).problems).toMatchObject([
      { kind: "malformed-packet", message: "exported PDU without the addresses and ports of a connection" },
    ]);
  });

  test("a PDU of a port's dissector counts by its numbers, whatever its name is", () => {
    const pdu = exportedPdu({ fromClient: true, payload: request, name: "some_tcp", nameTag: 13, sequence: 1 });
    expect(only(read([pdu])).c2s.bytes).toEqual(request);
    const table = exportedPdu({ fromClient: true, payload: request, name: "tcp.port", nameTag: 14 });
    expect(only(read([table])).c2s.bytes).toEqual(request);
  });

  test("is every prefix and every damage of tags, without a throw", () => {
    const whole = exportedPdu({ fromClient: true, payload: request, sequence: 1 });
    const tags = whole.length - request.length;
    for (let length = 0; length < tags; length++) {
      expect(read([whole.subarray(0, length)]).problems).toMatchObject([{ kind: "malformed-packet" }]);
    }
    fc.assert(
      fc.property(fc.nat(tags - 1), fc.nat(255), fc.nat(255), (at, byte, other) => {
        const damaged = whole.slice();
        damaged[at] = byte;
        damaged[(at + 7) % tags] = other;
        const { connections } = read([damaged, exportedPdu({ fromClient: true, payload: text("abc") })]);
        expect(connections.length).toBeGreaterThan(0);
      }),
    );
  });
});
