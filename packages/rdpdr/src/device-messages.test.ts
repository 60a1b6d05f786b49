import { DecodeError, sourceOf, tilingFault, type Pdu } from "@railvail/wire";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { deviceMessageLength, deviceMessages } from "./device-messages.js";
import {
  ClientAnnounceReply,
  ClientName,
  ServerAnnounce,
  ServerClientIdConfirm,
  UserLoggedOn,
} from "./pdu/announce.js";
import { ClientCoreCapability, ServerCoreCapability } from "./pdu/core-capabilities.js";
import { DevicePacketId } from "./pdu/device-header.js";
import { DeviceIoCompletion, DeviceIoRequest } from "./pdu/device-io.js";
import { DeviceAnnounceResponse, DeviceListAnnounce, DeviceListRemove } from "./pdu/device-list.js";
import { PrinterCacheData, PrinterUsingXps } from "./pdu/printer.js";

const bytesOf = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex.replaceAll(/\s/g, ""), "hex"));
type Sender = "client" | "server";
const match = (bytes: Uint8Array, sender: Sender): Pdu | undefined =>
  deviceMessages.match(sourceOf(bytes), 0, bytes.length, sender);

function lawsHold(pdu: Pdu, bytes: Uint8Array): void {
  expect(pdu.encode(pdu.decode(bytes))).toEqual(bytes);
  expect(tilingFault(pdu.inspect(bytes).fields, bytes.length)).toBe(-1);
  if (!pdu.delimited) return;
  for (let size = 0; size < bytes.length; size++) {
    expect(() => pdu.decode(bytes.subarray(0, size))).toThrow(DecodeError);
  }
}

/** Who sends what: each message as its bytes, written by hand from the layout, and its value. */
const examples: readonly (readonly [Pdu, Sender, string, object])[] = [
  [
    ServerAnnounce,
    "server",
    "7244 6e49 0100 0d00 78563412",
    { versionMajor: 1, versionMinor: 13, clientId: 0x12345678 },
  ],
  [ClientAnnounceReply, "client", "7244 4343 0100 0c00 02000000", { versionMajor: 1, versionMinor: 12, clientId: 2 }],
  [ServerClientIdConfirm, "server", "7244 4343 0100 0a00 03000000", { versionMajor: 1, versionMinor: 10, clientId: 3 }],
  [
    ClientName,
    "client",
    "7244 4e43 01000000 00000000 06000000 6500 ac20 0000",
    { unicodeFlag: 1, computerName: "e\u20ac" },
  ],
  [UserLoggedOn, "server", "7244 4c55", {}],
  [
    ServerCoreCapability,
    "server",
    "7244 5053 0100 0000 0400 0800 02000000",
    { capabilityMessage: [{ capabilityData: { type: "drive", version: 2 } }] },
  ],
  [
    ClientCoreCapability,
    "client",
    "7244 5043 0100 0000 0500 0800 01000000",
    { capabilityMessage: [{ capabilityData: { type: "smartcard", version: 1 } }] },
  ],
  [DeviceListAnnounce, "client", "7244 4144 00000000", { deviceList: [] }],
  [DeviceAnnounceResponse, "server", "7244 7264 04000000 220000c0", { deviceId: 4, resultCode: 0xc000_0022 }],
  [DeviceListRemove, "client", "7244 4d44 02000000 04000000 07000000", { deviceIds: [4, 7] }],
  [
    DeviceIoRequest,
    "server",
    "7244 5249 01000000 02000000 03000000 0c000000 01000000 aabb",
    {
      deviceId: 1,
      fileId: 2,
      completionId: 3,
      majorFunction: 12,
      minorFunction: 1,
      parameters: bytesOf("aabb"),
    },
  ],
  [
    DeviceIoCompletion,
    "client",
    "7244 4349 01000000 03000000 0f0000c0 cc",
    { deviceId: 1, completionId: 3, ioStatus: 0xc000_000f, parameters: bytesOf("cc") },
  ],
  [PrinterCacheData, "server", "5250 4350 02000000 dd", { eventId: 2, data: bytesOf("dd") }],
  [PrinterUsingXps, "server", "5250 4355 04000000 09000000", { printerId: 4, flags: 9 }],
];

describe("messages", () => {
  test("have an example each", () => {
    const names = examples.map(([pdu]) => pdu.name);
    expect(names.toSorted()).toEqual(deviceMessages.members.map(({ name }) => name).toSorted());
  });

  test.each(examples.map((example) => [example[0].name, example] as const))(
    "%s is written and read as its example",
    (_name, [pdu, sender, hex, value]) => {
      const bytes = bytesOf(hex);
      expect(match(bytes, sender)).toBe(pdu);
      expect(pdu.sentBy).toBe(sender);
      expect(pdu.decode(bytes)).toMatchObject(value);
      expect(pdu.inspect(bytes).deviations).toEqual([]);
      lawsHold(pdu, bytes);
    },
  );

  test("the numbers are all used, and one of them by both sides", () => {
    const known = (sender: Sender, id: number): boolean => deviceMessages.member(id, sender)?.sentBy === sender;
    for (const [name, id] of Object.entries(DevicePacketId)) {
      expect([name, Number(known("client", id)) + Number(known("server", id))]).toEqual([
        name,
        name === "clientIdConfirm" ? 2 : 1,
      ]);
    }
  });
});

describe("where a message ends", () => {
  test("one of a known component takes all there is", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(0x4472, 0x5052),
        fc.uint8Array({ minLength: 2, maxLength: 60 }),
        (component, rest) => {
          const bytes = new Uint8Array([component & 0xff, component >> 8, ...rest]);
          expect(deviceMessageLength(sourceOf(bytes), 0, bytes.length)).toBe(bytes.length);
        },
      ),
    );
  });

  test("no header or another component is no message", () => {
    expect(deviceMessageLength(sourceOf(bytesOf("7244 4c")), 0, 3)).toBeUndefined();
    expect(deviceMessageLength(sourceOf(bytesOf("4472 4c55")), 0, 4)).toBeUndefined();
  });

  test("a number of the other component is refused by the declaration that it names", () => {
    const bytes = bytesOf("5250 4c55");
    expect(match(bytes, "server")).toBe(UserLoggedOn);
    expect(() => UserLoggedOn.decode(bytes)).toThrow(DecodeError);
  });
});

describe("the name of the client", () => {
  test("in ASCII; bits that readers ignore are kept and reported", () => {
    const bytes = bytesOf("7244 4e43 00000080 00000000 03000000 766d00");
    const { value, deviations } = ClientName.inspect(bytes);
    expect(value).toMatchObject({ computerName: "vm", unicodeFlag: 0x8000_0000 });
    expect(deviations.map(({ rule, field }) => [rule, field])).toEqual([["unknown-flags", "unicodeFlag"]]);
    lawsHold(ClientName, bytes);
  });

  test("FreeRDP sends one NUL more than it should, which stays in the name", () => {
    const bytes = bytesOf("7244 4e43 01000000 00000000 08000000 7600 6d00 0000 0000");
    expect(ClientName.decode(bytes).computerName).toBe("vm\0");
    lawsHold(ClientName, bytes);
  });

  test("more bytes announced than there are is refused", () => {
    expect(() => ClientName.decode(bytesOf("7244 4e43 01000000 00000000 ffffffff 7600"))).toThrow(DecodeError);
  });
});
