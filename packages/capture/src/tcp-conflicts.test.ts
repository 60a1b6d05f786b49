import { describe, expect, test } from "vitest";
import { ack, syn, type Segment } from "../testing/packet.js";
import { fileOf, only, read, text } from "../testing/sending.js";
import { readAll, transcribe, type DirectionRecord } from "../testing/transcript.js";

const opening: readonly Segment[] = [
  { fromClient: true, seq: 99, flags: syn },
  { fromClient: false, seq: 499, ack: 100, flags: syn | ack },
];
const say = (seq: number, value: string): Segment => ({
  fromClient: true,
  seq,
  flags: ack,
  ack: 500,
  payload: text(value),
});
const answer = (ackNumber: number): Segment => ({
  fromClient: false,
  seq: 500,
  flags: ack,
  ack: ackNumber,
});

describe("what counts where packets disagree", () => {
  const c2sOf = (segments: readonly Segment[], limits = {}): DirectionRecord =>
    only(read([...opening, ...segments], limits)).c2s;

  test("the bytes captured first, also among segments held back", () => {
    const got = c2sOf([say(104, "EFGH"), say(102, "cdefghij"), say(100, "12345678")]);
    expect(got.bytes).toEqual(text("12cdEFGHij"));
    expect(got.gaps).toEqual([]);
  });

  test("a keep-alive is not data", () => {
    const got = c2sOf([say(100, "ab"), say(101, "\0"), say(102, "cd")]);
    expect(got.bytes).toEqual(text("abcd"));
  });

  test("an acknowledged hole is given up after so many packets more", () => {
    const tail = [answer(106), answer(106), answer(106), answer(106)];
    const events = readAll(fileOf([...opening, say(103, "def"), ...tail]), { ackPatience: 2 });
    const gap = events.find((event) => event.type === "gap");
    expect(gap).toMatchObject({ offset: 0, length: 3, reason: "lost", packet: 6 });
    const exact = [answer(103), answer(103), answer(103), answer(103)];
    const early = readAll(fileOf([...opening, say(103, "def"), ...exact]), { ackPatience: 2 });
    expect(early.find((event) => event.type === "gap")).toMatchObject({ packet: 6 });
    const filled = c2sOf([say(103, "def"), answer(106), say(100, "abc")], { ackPatience: 2 });
    expect(filled.bytes).toEqual(text("abcdef"));
  });

  test("a hole nobody acknowledged waits, and becomes a gap at the end", () => {
    const got = c2sOf([say(103, "def"), answer(100), answer(100), answer(100)], { ackPatience: 0 });
    expect(got.gaps).toMatchObject([{ offset: 0, length: 3, reason: "lost" }]);
  });

  test("bytes known only from an acknowledgement are a gap at the end", () => {
    const got = c2sOf([say(100, "ab"), answer(110)]);
    expect(got.gaps).toMatchObject([{ offset: 2, length: 8 }]);
    expect(c2sOf([say(100, "ab"), answer(103)]).gaps).toEqual([]);
  });

  test("what is held back does not keep its chunk in memory", () => {
    const events = readAll(fileOf([...opening, say(103, "def"), say(100, "abc")]));
    const data = events.filter((event) => event.type === "data");
    expect(data.map(({ offset }) => offset)).toEqual([0, 3]);
    expect(data[1]?.bytes.buffer.byteLength).toBe(3);
  });

  test("a segment a gibibyte away is a problem, said once", () => {
    const far = say(100 + 2 ** 30 + 10, "x");
    const events = readAll(fileOf([...opening, say(100, "ab"), far, far, say(102, "cd")]));
    const { connections, problems } = transcribe(events);
    expect(problems).toMatchObject([{ kind: "out-of-window", packet: 4, stopped: false }]);
    expect(connections[0]?.c2s.bytes).toEqual(text("abcd"));
  });
});
