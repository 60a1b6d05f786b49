import { describe, expect, test } from "vitest";
import { messageOf } from "../../testing/messages.js";
import { parseArguments } from "../arguments.js";
import { isSelected, type Selection } from "../channels.js";
import { messageNamed } from "../dictionary/message-names.js";
import { prepare } from "./prepare.js";

const tpkt = messageNamed("DataTpdu").pdu;
const packet = messageOf(tpkt, tpkt.encode({ data: new Uint8Array(3) }), {
  envelope: true,
  path: "tpkt",
  channel: "tpkt",
});

function selectionOf(...argv: readonly string[]): Selection {
  const args = parseArguments([...argv, "file"]);
  const prepared = prepare(args);
  if ("complaint" in prepared) throw new Error(prepared.complaint.join("\n"));
  return { ...args.selection, filter: prepared.filter };
}

describe("a message that carries others is shown", () => {
  test.each([
    ["DataTpdu", true],
    ["DataTpdu.length == 10", true],
    ["tpkt.length in {10}", true],
    ["transport.length > 5", true],
    ["channel == tpkt", true],
    ["channel in {tpkt, mcs}", true],
    ["path == tpkt", true],
    ["name == X224_DATA", true],
    ["not not DataTpdu", true],
    ["packet == 1 or tpkt.length > 50", true],
    ["packet == 1", false],
    ['channel contains "tpkt"', false],
    ["channel != mcs", false],
    ["not WindowMove", false],
    ["not (DataTpdu.length == 7)", false],
    ["DataTpdu and packet == 2", false],
  ])("by -Y %s: %s", (filter, shown) => expect(isSelected(packet, selectionOf("-Y", filter))).toBe(shown));

  test("with -a if the filter holds", () => {
    expect(isSelected(packet, selectionOf("-a", "-Y", "packet == 1"))).toBe(true);
    expect(isSelected(packet, selectionOf("-a", "-Y", "packet == 2"))).toBe(false);
  });

  test("with its channel if the filter holds", () => {
    expect(isSelected(packet, selectionOf("--channel", "tpkt", "-Y", "packet == 1"))).toBe(true);
    expect(isSelected(packet, selectionOf("--channel", "mcs", "-Y", "DataTpdu"))).toBe(false);
  });

  test("if a column is its, and the filter holds", () => {
    expect(isSelected(packet, selectionOf("-T", "fields", "-e", "tpkt.length"))).toBe(true);
    expect(isSelected(packet, selectionOf("-T", "fields", "-e", "packet"))).toBe(false);
    expect(isSelected(packet, selectionOf("-T", "fields", "-e", "tpkt", "-Y", "packet == 2"))).toBe(false);
  });
});

describe("what is wrong is said of its option", () => {
  const complaint = (...argv: readonly string[]): readonly string[] => {
    const prepared = prepare(parseArguments([...argv, "file"]));
    return "complaint" in prepared ? prepared.complaint : [];
  };

  test.each([
    [
      ["-Y", "rail.x"],
      ["-Y: there is no field 'x' in rail", "  rail.x", "       ^"],
    ],
    [["-T", "fields", "-e", "packet", "-e", "rail"], []],
    [
      ["-T", "fields", "-e", "packt"],
      ["-e: there is no message and no name 'packt'; did you mean packet?", "  packt", "  ^~~~~"],
    ],
    [
      ["-T", "fields", "-e", "ConnectInitial.userData"],
      ["-e: this has fields in it: name one of them", "  ConnectInitial.userData", `  ^${"~".repeat(22)}`],
    ],
    [["-T", "fields", "-e", "time", "-E", "header"], ["-E: header is y or n, not ''"]],
    [["-T", "fields", "-e", "time", "-E", "quote=x"], ["-E: quote is d or s or n, not 'x'"]],
    [
      ["-T", "fields", "-e", "time", "-E", "separator=ab"],
      ["-E: separator is one character, /t (tab) or /s (space), not 'ab'"],
    ],
    [["-T", "fields", "-e", "time", "-E", "bom=y"], [/^-E: there is no 'bom'/]],
    [
      ["-Y", '"\u001b"'],
      [/^-Y: the name of a message/, '  "\\u{1b}"', "  ^~~~~~~~"],
    ],
  ])("%j", (argv, expected) => {
    const found = complaint(...argv);
    expect(found.length).toBe(expected.length);
    for (const [index, line] of expected.entries()) {
      if (typeof line === "string") expect(found[index]).toBe(line);
      else expect(found[index]).toMatch(line);
    }
  });
});
