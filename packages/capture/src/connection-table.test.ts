import { describe, expect, test } from "vitest";
import { ack, fin, rst, syn } from "../testing/packet.js";
import { data, only, read, text, type Sent } from "../testing/sending.js";

describe("beginning and end", () => {
  test("packets without payload do not make a connection", () => {
    const sent: Sent[] = [
      { fromClient: true, seq: 1, flags: ack },
      { fromClient: false, seq: 1, flags: fin | ack },
      { fromClient: false, seq: 2, flags: rst },
    ];
    expect(read(sent).connections).toEqual([]);
  });

  test("a missing start begins each direction at its first payload", () => {
    const sent = [data(true, 1000, "abc"), data(true, 1003, "def"), data(false, 77, "xyz")];
    const got = only(read(sent));
    expect(got.connection.startMissing).toBe(true);
    expect(got.c2s).toEqual({ bytes: text("abcdef"), gaps: [] });
    expect(got.s2c).toEqual({ bytes: text("xyz"), gaps: [] });
    expect(got.close).toMatchObject({ how: "end", packet: 3 });
  });

  test("a connection request is a start, even where no SYN was captured", () => {
    const request = Uint8Array.of(3, 0, 0, 11, 6, 0xe0, 0, 0, 0, 0, 0);
    const sent: Sent[] = [
      { fromClient: true, seq: 100, ack: 500, flags: ack, payload: request },
      data(false, 502, "c"),
      data(false, 500, "ab"),
    ];
    const got = only(read(sent));
    expect(got.connection.startMissing).toBe(false);
    expect([got.c2s.bytes, got.s2c.bytes]).toEqual([request, text("abc")]);
    expect(only(read(sent.slice(0, 2))).s2c.gaps).toMatchObject([{ offset: 0, length: 2 }]);
    const later = only(read([data(true, 90, "x"), ...sent]));
    expect(later.connection.startMissing).toBe(true);
  });

  test("nothing is guessed of a direction from what the other acknowledged before", () => {
    const first: Sent = { fromClient: true, seq: 1, ack: 500, flags: ack, payload: text("abc") };
    expect(only(read([first, data(false, 510, "xyz")])).s2c.gaps).toEqual([]);
  });

  test("a server whose SYN+ACK is missing begins where the client acknowledged", () => {
    const sent: Sent[] = [
      { fromClient: true, seq: 99, flags: syn },
      { fromClient: true, seq: 100, ack: 500, flags: ack },
      data(false, 503, "def"),
      data(false, 500, "abc"),
    ];
    expect(only(read(sent)).s2c).toEqual({ bytes: text("abcdef"), gaps: [] });
  });

  test("data in the SYN is the first data", () => {
    const sent: Sent[] = [{ fromClient: true, seq: 99, flags: syn, payload: text("abc") }, data(true, 103, "def")];
    expect(only(read(sent)).c2s.bytes).toEqual(text("abcdef"));
  });

  test("one FIN does not end the other direction, and late packets end up nowhere", () => {
    const sent: Sent[] = [
      { fromClient: true, seq: 99, flags: syn },
      { fromClient: false, seq: 499, ack: 100, flags: syn | ack },
      { fromClient: true, seq: 100, ack: 500, flags: fin | ack, payload: text("bye") },
      data(false, 500, "more"),
      { fromClient: false, seq: 504, ack: 104, flags: fin | ack },
      data(false, 500, "more"),
      { fromClient: true, seq: 99, flags: syn },
    ];
    const got = only(read(sent));
    expect([got.c2s.bytes, got.s2c.bytes]).toEqual([text("bye"), text("more")]);
    expect(got.close).toMatchObject({ how: "fin", direction: "c2s", packet: 5 });
  });

  test("a FIN beyond what was captured tells of a gap", () => {
    const sent: Sent[] = [
      { fromClient: true, seq: 99, flags: syn },
      data(true, 100, "abc"),
      { fromClient: true, seq: 110, flags: fin },
    ];
    const got = only(read(sent));
    expect(got.c2s.gaps).toMatchObject([{ offset: 3, length: 7, reason: "lost" }]);
  });

  test("a reset gives out what was held", () => {
    const sent: Sent[] = [
      { fromClient: true, seq: 99, flags: syn },
      data(true, 103, "def"),
      { fromClient: false, seq: 0, flags: rst },
      data(true, 100, "abc"),
    ];
    const got = only(read(sent));
    expect(got.c2s.gaps).toMatchObject([{ offset: 0, length: 3 }]);
    expect(got.close).toMatchObject({ how: "reset", direction: "s2c", packet: 3 });
  });

  test("both FINs end it, though a hole stays until nothing more can fill it", () => {
    const sent: Sent[] = [
      { fromClient: true, seq: 99, flags: syn },
      { fromClient: false, seq: 499, ack: 100, flags: syn | ack },
      { fromClient: true, seq: 103, flags: fin, payload: text("def") },
      { fromClient: false, seq: 500, flags: fin },
      { fromClient: true, seq: 5099, flags: syn },
    ];
    const [first] = read(sent).connections;
    expect(first?.close).toMatchObject({ how: "fin", direction: "c2s", packet: 5 });
    expect(first?.c2s.gaps).toMatchObject([{ offset: 0, length: 3 }]);
  });

  test("a FIN that the same side's data follow was none", () => {
    const sent: Sent[] = [
      { fromClient: true, seq: 99, flags: syn },
      { fromClient: false, seq: 499, ack: 100, flags: syn | ack },
      { fromClient: true, seq: 100, flags: fin, payload: text("ab") },
      data(true, 102, "cd"),
      { fromClient: false, seq: 500, flags: fin },
      data(true, 104, "ef"),
    ];
    const got = only(read(sent));
    expect(got.c2s.bytes).toEqual(text("abcdef"));
    expect(got.close?.how).toBe("end");
  });

  test("a SYN on a segment that goes on with its stream is none", () => {
    const sent: Sent[] = [
      { fromClient: true, seq: 99, flags: syn },
      data(true, 100, "abc"),
      { fromClient: true, seq: 103, flags: syn | ack, payload: text("def") },
      { fromClient: true, seq: 106, flags: syn },
      data(true, 106, "ghi"),
    ];
    const { connections, problems } = read(sent);
    expect(connections.map(({ c2s, close }) => [c2s.bytes, close?.how])).toEqual([[text("abcdefghi"), "end"]]);
    expect(problems.map(({ kind, packet }) => [kind, packet])).toEqual([
      ["malformed-packet", 3],
      ["malformed-packet", 4],
    ]);
  });

  test("a reset after which the same side goes on was none: what follows is another connection", () => {
    const start: Sent[] = [{ fromClient: true, seq: 99, flags: syn }, data(true, 100, "abc"), data(false, 500, "ABC")];
    const reset: Sent = { fromClient: true, seq: 103, flags: rst };
    const { connections, problems } = read([...start, reset, data(true, 103, "def"), data(false, 503, "DEF")]);
    expect(connections.map(({ c2s, s2c, close }) => [c2s.bytes, s2c.bytes, close?.how])).toEqual([
      [text("abc"), text("ABC"), "reset"],
      [text("def"), text("DEF"), "end"],
    ]);
    expect(problems).toMatchObject([{ kind: "after-end", packet: 5, stopped: false }]);
    // What the other side had on its way, and what is sent again, end up nowhere.
    expect(read([...start, reset, data(false, 503, "DEF"), data(true, 100, "abc")])).toMatchObject({
      connections: [{ close: { how: "reset" } }],
      problems: [],
    });
  });

  test("data after both FINs show that one was none", () => {
    const sent: Sent[] = [
      { fromClient: true, seq: 99, flags: syn },
      { fromClient: false, seq: 499, ack: 100, flags: syn | ack },
      { fromClient: true, seq: 100, flags: fin, payload: text("ab") },
      { fromClient: false, seq: 500, flags: fin },
      data(false, 500, "CDE"),
    ];
    const { connections, problems } = read(sent);
    expect(connections.map(({ s2c, close }) => [s2c.bytes, close?.how])).toEqual([
      [text(""), "fin"],
      [text("CDE"), "end"],
    ]);
    expect(problems).toMatchObject([{ kind: "after-end" }]);
  });

  test("a SYN with another sequence number is another connection", () => {
    const sent: Sent[] = [
      { fromClient: true, seq: 99, flags: syn },
      data(true, 100, "abc"),
      { fromClient: true, seq: 99, flags: syn },
      { fromClient: true, seq: 7099, flags: syn },
      data(true, 7100, "second"),
      { fromClient: false, seq: 1, flags: rst },
      { fromClient: true, seq: 7099, flags: syn },
      data(true, 7100, "third"),
    ];
    const { connections } = read(sent);
    expect(connections.map(({ c2s, close }) => [c2s.bytes, close?.how])).toEqual([
      [text("abc"), "replaced"],
      [text("second"), "reset"],
      [text("third"), "end"],
    ]);
  });
});
