import { describe, expect, test } from "vitest";
import { run } from "../testing/run.js";

describe("rail-dump fields", () => {
  test("without a pattern lists every message and field, a line for each", async () => {
    const { code, lines } = await run(["fields"]);
    expect(code).toBe(0);
    expect(lines.length).toBeGreaterThan(4000);
    for (const line of lines) expect(line).toMatch(/^[\w.]+ {2,}\S/);
  });

  test("with the name of a message shows it in full", async () => {
    const { lines } = await run(["fields", "FastPathInputEvent"]);
    expect(lines.slice(0, 9)).toEqual([
      "transport.FastPathInputEvent        message  TS_FP_INPUT_EVENT, [MS-RDPBCGR] 2.2.8.1.2.2, client to server",
      "  eventHeader                       u8       carrier; only on the wire; in Wireshark rdp.fastpath.eventheader",
      "  eventFlags                        5 bits   in Wireshark rdp.fastpath.eventflags",
      "  eventCode                         3 bits   tag; only on the wire; in Wireshark rdp.fastpath.clienteventcode",
      "  event                             union    by eventCode",
      "  event.type                        text     which arm",
      "      scancode",
      "      mouse",
      "      mouseX",
    ]);
  });

  test("shows the names of values and of bits", async () => {
    const { lines } = await run(["fields", "rail.showState"]);
    expect(lines).toEqual([
      "WindowState.showState  u8  enumeration; may be absent; hide=0 minimized=2 maximized=3 show=5",
    ]);
    expect((await run(["fields", "rail.WindowState"])).stdout).toMatch(/\n {6}title +0x4\n/);
  });

  test("finds parts of names, in either case, and names as filters have them", async () => {
    expect((await run(["fields", "WINDOWMOVE.LEFT"])).lines).toEqual(["WindowMove.left  i16"]);
    expect((await run(["fields", "tpkt.length"])).lines.map((line) => line.split(" ")[0])).toEqual([
      "ConnectionRequest.length",
      "ConnectionConfirm.length",
      "DisconnectRequest.length",
      "DataTpdu.length",
    ]);
    expect((await run(["fields", "display"])).lines[0]).toMatch(/^DisplayCaps +message/);
  });

  test("as JSON", async () => {
    const { code, stdout } = await run(["fields", "--json", "WindowMove"]);
    const [message, ...others] = JSON.parse(stdout) as readonly { readonly fields: readonly object[] }[];
    expect({ code, others }).toEqual({ code: 0, others: [] });
    expect(message).toMatchObject({
      name: "WindowMove",
      package: "rail",
      specificationName: "TS_RAIL_ORDER_WINDOWMOVE",
      section: "[MS-RDPERP] 2.2.2.7.4",
      sentBy: "client",
    });
    expect(message?.fields[0]).toEqual({
      name: "orderType",
      type: "u16",
      kind: "number",
      role: "literal 8",
      least: "0",
      most: "65535",
      onlyOnTheWire: true,
      optional: false,
    });
  });

  test("suggests what was meant", async () => {
    expect(await run(["fields", "windowidd"])).toMatchObject({
      code: 2,
      stdout: "",
      stderr: "rail-dump: no message and no field has 'windowidd' in its name; did you mean windowId or windowIds?\n",
    });
  });

  test("takes one pattern and no files", async () => {
    expect(await run(["fields", "a", "b"])).toMatchObject({ code: 2, stderr: "rail-dump: fields takes one PATTERN\n" });
    expect(await run(["fields", "-r", "a"])).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/-r does not go with fields/) as string,
    });
  });
});
