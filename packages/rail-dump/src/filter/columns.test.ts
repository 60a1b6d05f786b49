import type { Message } from "@railvail/dissect";
import type { Pdu } from "@railvail/wire";
import { describe, expect, test } from "vitest";
import { messageOf } from "../../testing/messages.js";
import { messageNamed } from "../dictionary/message-names.js";
import { columnLayout } from "./column-layout.js";
import { Columns } from "./columns.js";

const pduOf = (name: string): Pdu => messageNamed(name).pdu;
const state = pduOf("WindowState");
const desktop = pduOf("MonitoredDesktop");
const shown = messageOf(
  state,
  state.encode({ fieldsPresentFlags: 0, windowId: 7, title: "a\tb\n\u202e", showState: 5 }),
);
const monitored = messageOf(desktop, desktop.encode({ fieldsPresentFlags: 0, windowIds: [1, 2, 3] }), {
  time: 2_000_000_001n,
  packet: 9,
});

const line = (names: readonly string[], message: Message, ...layout: readonly string[]): string =>
  new Columns(names, columnLayout(layout)).line(message);

describe("a line", () => {
  test("has a column for each name, with tabs between them", () => {
    expect(line(["packet", "direction", "WindowState.windowId", "MonitoredDesktop.windowIds"], monitored)).toBe(
      "9\ts2c\t\t1,2,3",
    );
    expect(line(["name", "WindowState", "rail.MonitoredDesktop"], shown)).toBe(
      "New or Existing Window\tNew or Existing Window\t",
    );
  });

  test("has what is on the wire: bits that the value leaves out, lengths, constants", () => {
    expect(
      line(
        ["WindowState.fieldsPresentFlags", "WindowState.titleLength", "WindowState.orderSize", "WindowState.header"],
        shown,
      ),
    ).toBe(`16777236\t10\t${shown.end}\t46`);
  });

  test("is one line whatever a text has in it", () => {
    expect(line(["WindowState.title"], shown)).toBe("a\\u{9}b\\u{a}\\u{202e}");
  });

  test("has times from the beginning, with nanoseconds", () => {
    const columns = new Columns(["time"], columnLayout([]));
    columns.begin(1_000_000_000n);
    expect(columns.line(monitored)).toBe("1.000000001");
    expect(columns.line({ ...monitored, time: 999_999_999n })).toBe("-0.000000001");
  });

  test("has bytes in hexadecimal", () => {
    const data = pduOf("ChannelPdu");
    const chunk = messageOf(data, data.encode({ length: 2, flags: 3, data: Uint8Array.of(10, 255) }));
    expect(line(["ChannelPdu.data"], chunk)).toBe("0aff");
  });
});

describe("the layout is tshark's", () => {
  test.each([
    [["separator=,"], "9,1,2,3"],
    [["separator=/s", "aggregator=;"], "9 1;2;3"],
    [["occurrence=f"], "9\t1"],
    [["occurrence=l"], "9\t3"],
    [["occurrence=a", "aggregator=/s"], "9\t1 2 3"],
    [["quote=d", "separator=,"], '"9","1,2,3"'],
    [["quote=s"], "'9'\t'1,2,3'"],
    [["separator=="], "9=1,2,3"],
  ])("-E %j", (layout, expected) =>
    expect(line(["packet", "MonitoredDesktop.windowIds"], monitored, ...layout)).toBe(expected),
  );

  test("names of columns if they are wanted", () => {
    const names = ["packet", "rail.windowId"];
    expect(new Columns(names, columnLayout([])).header).toBeUndefined();
    expect(new Columns(names, columnLayout(["header=y", "separator=,"])).header).toBe("packet,rail.windowId");
  });

  test("quotation marks in a text are doubled", () => {
    const quoted = messageOf(state, state.encode({ fieldsPresentFlags: 0, windowId: 7, title: 'say "x"' }));
    expect(line(["WindowState.title"], quoted, "quote=d")).toBe('"say ""x"""');
  });
});
