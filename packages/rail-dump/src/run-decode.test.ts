import { generate, hex } from "@railvail/wire";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { run } from "../testing/run.js";
import { catalogue } from "./dictionary/catalogue.js";
import { fullName } from "./dictionary/message-names.js";

const move = "08001400050000000300040005000600";
const moveBytes = "0800 1000 05000000 fdff 0000 8002 e001";
const value = '{"windowId":5,"left":-3,"top":0,"right":640,"bottom":480}';
const text = (content: string): Uint8Array => new TextEncoder().encode(content);

test("what decode prints as JSON, encode makes into the same bytes", async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...catalogue.map(fullName)), fc.gen(), async (name, draw) => {
      const pdu = catalogue.find((message) => fullName(message) === name)?.pdu;
      const bytes = hex(
        pdu?.encode(generate(pdu, { int: (min, max) => draw(fc.integer, { min, max }) })) ?? new Uint8Array(),
      );
      const decoded = await run(["decode", "--json", "--pdu", name, "-"], { files: { "-": text(bytes) } });
      expect(decoded).toMatchObject({ code: 0, stderr: "" });
      const encoded = await run(["encode", "--pdu", name], { files: { "-": text(decoded.stdout) } });
      expect(encoded).toMatchObject({ code: 0, stdout: `${bytes}\n`, stderr: "" });
    }),
    { numRuns: 150, endOnFailure: true },
  );
});

describe("rail-dump decode", () => {
  test("shows the fields", async () => {
    const { code, lines } = await run(["decode", "--pdu", "WindowMove", moveBytes]);
    expect(code).toBe(0);
    expect(lines).toEqual([
      "TS_RAIL_ORDER_WINDOWMOVE",
      "  rail/WindowMove [MS-RDPERP] 2.2.2.7.4",
      "     0      2  orderType u16 8",
      "     2      2  orderLength u16 16 = 0x10",
      "     4      4  windowId u32 5",
      "     8      2  left i16 -3",
      "    10      2  top i16 0",
      "    12      2  right i16 640 = 0x280",
      "    14      2  bottom i16 480 = 0x1e0",
    ]);
  });

  test("shows the bytes by field with -x, both with -V", async () => {
    const bytes = (await run(["decode", "-x", "--pdu", "WindowMove", ...moveBytes.split(" ")])).lines;
    expect(bytes[3]).toMatch(/^ {2}000004 {2}05 00 00 00 +windowId 5$/);
    expect((await run(["decode", "-x", "-V", "--pdu", "WindowMove", moveBytes])).lines.length).toBe(bytes.length + 8);
  });

  test("gives JSON: the value alone, or a line as in a listing", async () => {
    expect((await run(["decode", "--json", "--pdu", "WindowMove", moveBytes])).stdout).toBe(`${value}\n`);
    const line = JSON.parse((await run(["decode", "-T", "ndjson", "--pdu", "WindowMove", moveBytes])).stdout) as object;
    expect(line).toEqual({
      type: "message",
      package: "rail",
      export: "WindowMove",
      name: "TS_RAIL_ORDER_WINDOWMOVE",
      spec: "[MS-RDPERP] 2.2.2.7.4",
      length: 16,
      value: JSON.parse(value) as object,
    });
    const tree = JSON.parse(
      (await run(["decode", "-T", "ndjson", "-V", "--pdu", "WindowMove", moveBytes])).stdout,
    ) as object;
    expect(tree).toMatchObject({ fields: [{ name: "orderType" }, {}, {}, {}, {}, {}, {}], deviations: [] });
  });

  test("shows what could be read, and exits with 1", async () => {
    const { code, stderr, lines } = await run(["decode", "--pdu", "WindowMove", move]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^rail-dump: TS_RAIL_ORDER_WINDOWMOVE.orderLength at byte \d+: not enough bytes: .*\n$/);
    expect(lines[2]).toBe("     0      2  orderType u16 8");
    const json = await run(["decode", "--json", "--pdu", "WindowMove", move]);
    expect(json).toMatchObject({ code: 1, stdout: "", stderr });
    const line = await run(["decode", "-T", "ndjson", "--pdu", "WindowMove", move]);
    expect(line.code).toBe(1);
    expect(JSON.parse(line.stdout)).toMatchObject({
      fields: [{ name: "orderType" }, {}],
      error: expect.stringMatching(/not enough bytes/) as string,
    });
  });

  test("reads standard input if nothing else is given", async () => {
    const files = { "-": text(`${moveBytes}\n`) };
    expect((await run(["decode", "--json", "--pdu", "WindowMove"], { files })).stdout).toBe(`${value}\n`);
    expect(await run(["decode", "--pdu", "WindowMove", "-"])).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/^rail-dump: standard input: /) as string,
    });
  });

  test("says what is wrong with the command line", async () => {
    expect(await run(["decode", "00"])).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/decode needs the name of a message: --pdu NAME/) as string,
    });
    expect(await run(["decode", "--pdu", "CapsAdvertise", "00"])).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(
        /several messages are called 'CapsAdvertise': name egfx\.CapsAdvertise or gfxredir\.CapsAdvertise/,
      ) as string,
    });
    expect(await run(["decode", "--pdu", "WindowMoove", "00"])).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/did you mean WindowMove\?/) as string,
    });
    expect(await run(["decode", "--pdu", "WindowMove", "0g"])).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/^rail-dump: hex, line 1/) as string,
    });
    expect(await run(["decode", "--pdu", "WindowMove", "-T", "fields", "00"])).toMatchObject({ code: 2 });
  });
});

describe("rail-dump encode", () => {
  test("prints the bytes in hex", async () => {
    const { code, stdout } = await run(["encode", "--pdu", "TS_RAIL_ORDER_WINDOWMOVE", value]);
    expect({ code, stdout }).toEqual({ code: 0, stdout: `${moveBytes.replaceAll(" ", "")}\n` });
  });

  test("says what does not fit, and exits with 1", async () => {
    expect(await run(["encode", "--pdu", "WindowMove", '{"windowId":5}'])).toMatchObject({
      code: 1,
      stdout: "",
      stderr: "rail-dump: TS_RAIL_ORDER_WINDOWMOVE.left: value missing\n",
    });
    expect(await run(["encode", "--pdu", "WindowMove", '{"windowid":5}'])).toMatchObject({
      code: 1,
      stderr: "rail-dump: WindowMove: windowid: there is no such field; did you mean windowId?\n",
    });
    expect(await run(["encode", "--pdu", "WindowMove", "{"])).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/^rail-dump: the value is not JSON: /) as string,
    });
  });
});
