import { DecodeError, sourceOf, type Pdu } from "@railvail/wire";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  Activate,
  ClientStatus,
  ClientSysParam,
  Cloak,
  Exec,
  ExecResult,
  GetAppIdResp,
  GetAppIdRespShort,
  Handshake,
  HandshakeEx,
  LocalMoveSize,
  MinMaxInfo,
  NotifyEvent,
  PowerDisplayRequest,
  railOrderLength,
  railOrders,
  ServerSysParam,
  SysCommand,
  SysMenu,
  TaskbarInfo,
  WindowMove,
  ZOrderSync,
} from "./index.js";

const bytesOf = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex.replaceAll(" ", ""), "hex"));
const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
const match = (bytes: Uint8Array, sender: "client" | "server"): Pdu | undefined =>
  railOrders.match(sourceOf(bytes), 0, bytes.length, sender);

/** Bytes of [MS-RDPERP] section 4 and of a WSLg server, with what they say. */
const examples: readonly (readonly [Pdu, "client" | "server", string, unknown])[] = [
  [Handshake, "server", "05000800 71170000", { buildNumber: 0x1771 }],
  [ClientStatus, "client", "0b000800 01000000", { flags: 1 }],
  [HandshakeEx, "server", "13000c00 00000000 07000000", { buildNumber: 0, railHandshakeFlags: 7 }],
  [ZOrderSync, "server", "14000800 feffffff", { windowIdMarker: 0xffff_fffe }],
  [
    Exec,
    "client",
    "01005e00 0800 1400 2600 1800 7c007c0069006500780070006c006f0072006500" +
      "66003a005c00770069006e0064006f00770073005c00730079007300740065006d0033003200" +
      "7700770077002e00620069006e0067002e0063006f006d00",
    {
      flags: 8,
      exeOrFile: "||iexplore",
      workingDir: "f:\\windows\\system32",
      arguments: "www.bing.com",
    },
  ],
  [
    ExecResult,
    "server",
    "80002400 0800 0300 15000000 0000 1400 7c007c00570072006f006e006700410070007000",
    { flags: 8, execResult: 3, rawResult: 0x15, exeOrFile: "||WrongApp" },
  ],
  [
    ClientSysParam,
    "client",
    "03001200 43000000 7e000000 02000000 0000",
    { parameter: { type: "highContrast", flags: 0x7e, colorScheme: "\0" } },
  ],
  [ServerSysParam, "server", "03000900 77000000 00", { parameter: { type: "screenSaveSecure", enabled: 0 } }],
  [Activate, "client", "02000900 4e010100 01", { windowId: 0x1014e, enabled: 1 }],
  [SysMenu, "client", "0c000c00 22010900 a4ff 4a02", { windowId: 0x90122, left: -92, top: 586 }],
  [SysCommand, "client", "04000a00 52000200 20f0", { windowId: 0x20052, command: 0xf020 }],
  [
    NotifyEvent,
    "client",
    "06001000 aa010200 02000000 04020000",
    { windowId: 0x201aa, notifyIconId: 2, message: 0x204 },
  ],
  [
    WindowMove,
    "client",
    "08001000 20000200 0903 0001 db05 8801",
    { windowId: 0x20020, left: 777, top: 256, right: 1499, bottom: 392 },
  ],
  [
    LocalMoveSize,
    "server",
    "09001000 94000100 0100 0800 2c05 e903",
    { windowId: 0x10094, isMoveSizeStart: 1, moveSizeType: 8, posX: 1324, posY: 1001 },
  ],
  [
    MinMaxInfo,
    "server",
    "0a001800 94000100 4806 b804 0000 0000 7000 1b00 4c06 bc04",
    {
      windowId: 0x10094,
      maxWidth: 1608,
      maxHeight: 1208,
      maxPosX: 0,
      maxPosY: 0,
      minTrackWidth: 112,
      minTrackHeight: 27,
      maxTrackWidth: 1612,
      maxTrackHeight: 1212,
    },
  ],
  [PowerDisplayRequest, "server", "16000800 01000000", { active: 1 }],
];

describe("orders of the rail channel", () => {
  test.each(examples)("%#: $name", (of, sender, hex, value) => {
    const bytes = bytesOf(hex);
    expect(match(bytes, sender)).toBe(of);
    expect(of.decode(bytes)).toMatchObject(value as object);
    expect(hexOf(of.encode(of.decode(bytes)))).toBe(hexOf(bytes));
    expect(hexOf(of.encode(value))).toBe(hexOf(bytes));
  });

  test("27 declarations have 26 numbers; the sender tells system parameters apart", () => {
    expect(railOrders.members).toHaveLength(27);
    const bytes = bytesOf("03000900 11000000 01");
    expect(match(bytes, "client")).toBe(ClientSysParam);
    expect(match(bytes, "server")).toBe(ServerSysParam);
  });

  test("an order of a number without a declaration is nobody's", () => {
    expect(match(bytesOf("1b000400"), "client")).toBeUndefined();
  });
});

/** Bytes that real peers send and strict decoders refuse; with the rule that reports them. */
const oddities: readonly (readonly [string, Pdu, string, string])[] = [
  ["a client status bit of Windows", ClientStatus, "0b000800 e5010000", "unknown-flags"],
  ["high contrast flags of Windows", ClientSysParam, "03001200 43000000 7f000000 02000000 0000", "unknown-flags"],
  ["a handshake flag of the future", HandshakeEx, "13000c00 00000000 00010000", "unknown-flags"],
  ["an unknown parameter", ClientSysParam, "03000a00 78563412 0102", "unknown-tag"],
  ["a server's parameter that only clients send", ServerSysParam, "03000900 25000000 01", "unknown-tag"],
  ["a command with low bits set", SysCommand, "04000a00 01000000 23f0", "unknown-value"],
  ["result 4, which is not assigned", ExecResult, "80001200 0000 0400 00000000 0000 0200 6100", "unknown-value"],
  ["a cloak of 0xff", Cloak, "15000900 01000000 ff", "unknown-value"],
  ["taskbar message 6", TaskbarInfo, "10001000 06000000 01000000 00000000", "unknown-value"],
  ["bytes after the last field", Activate, "02000b00 01000000 01 abcd", "trailing-bytes"],
];

describe("what strict decoders refuse", () => {
  test.each(oddities)("%s is kept, and reported", (_, of, hex, rule) => {
    const bytes = bytesOf(hex);
    expect(of.inspect(bytes).deviations.map((each) => each.rule)).toEqual([rule]);
    expect(hexOf(of.encode(of.decode(bytes)))).toBe(hexOf(bytes));
  });

  test("a NUL that the length of an executable counts stays in the string", () => {
    const bytes = bytesOf("80001400 0000 0000 00000000 0000 0400 6100 0000");
    expect(ExecResult.decode(bytes)).toMatchObject({ exeOrFile: "a\0" });
    expect(hexOf(ExecResult.encode(ExecResult.decode(bytes)))).toBe(hexOf(bytes));
  });

  test("xrdp's Handshake states 4 bytes and is read whole", () => {
    const bytes = bytesOf("05000400 71170000");
    expect(railOrderLength(sourceOf(bytes), 0, 8)).toBe(8);
    expect(Handshake.decode(bytes)).toMatchObject({ buildNumber: 0x1771 });
    expect(Handshake.inspect(bytes).deviations.map(({ rule, field }) => [rule, field])).toEqual([
      ["length-differs", "orderLength"],
    ]);
  });

  test("a name longer than its place is refused", () => {
    expect(() => Exec.decode(bytesOf("01000e00 0000 0600 0000 0000 61006200"))).toThrow(DecodeError);
  });
});

describe("railOrderLength", () => {
  test("cuts a run of orders at their lengths", () => {
    const source = sourceOf(bytesOf("05000800 00000000 0b000800 01000000 02000900 01000000 01"));
    const lengths: number[] = [];
    for (let at = 0; at < source.bytes.length;) {
      const length = railOrderLength(source, at, source.bytes.length);
      if (length === undefined) break;
      lengths.push(length);
      at += length;
    }
    expect(lengths).toEqual([8, 8, 9]);
  });

  test.each(["", "050008", "05000300", "0b000800 010000"])("has no answer for %s", (hex) => {
    const source = sourceOf(bytesOf(hex));
    expect(railOrderLength(source, 0, source.bytes.length)).toBeUndefined();
  });

  test("never answers with less than a header or more than there is", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 16 }), fc.nat(16), (bytes, offset) => {
        const at = Math.min(offset, bytes.length);
        const length = railOrderLength(sourceOf(bytes), at, bytes.length);
        if (length !== undefined) expect(length).toSatisfy((n: number) => n >= 4 && n <= bytes.length - at);
      }),
    );
  });
});

test("an application id of 512 bytes, as in the capture of [MS-RDPERP] 4.5.7, is told by its length", () => {
  const name = Buffer.from("microsoft.windows.notepad", "utf16le").toString("hex").padEnd(1024, "0");
  const short = bytesOf(`0f000802 52000200 ${name}`);
  expect(match(short, "server")).toBe(GetAppIdRespShort);
  expect(GetAppIdRespShort.decode(short)).toMatchObject({
    windowId: 0x20052,
    applicationId: "microsoft.windows.notepad",
  });
  const long = bytesOf(`0f001002 52000200 ${name}${"00".repeat(8)}`);
  expect(match(long, "server")).toBe(GetAppIdResp);
  expect(GetAppIdResp.decode(long)).toMatchObject({ applicationId: "microsoft.windows.notepad" });
  expect(() => GetAppIdResp.decode(short)).toThrow(DecodeError);
});
