import { DecodeError, tilingFault } from "@railvail/wire";
import { expect, test } from "vitest";
import { ClientCoreCapability, DeviceIoFlags, ExtendedPduFlags, ServerCoreCapability } from "./core-capabilities.js";

const bytesOf = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex.replaceAll(/\s/g, ""), "hex"));

const general = (version: string, length: string, tail: string): string =>
  `0100 ${length}00 ${version}000000 02000000 01000600 0100 0c00 ffff0000 00000000 07000000 01000000 00000000 ${tail}`;

test("what xrdp announces: every kind of device", () => {
  const bytes = bytesOf(
    `7244 5053 0500 0000 ${general("02", "2c", "02000000")}
     0200 0800 01000000 0300 0800 01000000 0400 0800 02000000 0500 0800 01000000`,
  );
  const { value, deviations } = ServerCoreCapability.inspect(bytes);
  expect(deviations).toEqual([]);
  const all = Object.values(DeviceIoFlags).reduce((sum, flag) => sum | flag, 0);
  expect(value?.capabilityMessage).toMatchObject([
    {
      capabilityData: {
        type: "general",
        version: 2,
        osType: 2,
        osVersion: 0x0006_0001,
        protocolMajorVersion: 1,
        protocolMinorVersion: 12,
        ioCode1: all,
        extendedPdu: ExtendedPduFlags.deviceRemove | ExtendedPduFlags.clientDisplayName | ExtendedPduFlags.userLoggedOn,
        extraFlags1: 1,
        specialTypeDeviceCap: 2,
      },
    },
    { capabilityData: { type: "printer", version: 1 } },
    { capabilityData: { type: "port", version: 1 } },
    { capabilityData: { type: "drive", version: 2 } },
    { capabilityData: { type: "smartcard", version: 1 } },
  ]);
  expect(ServerCoreCapability.encode(ServerCoreCapability.decode(bytes))).toEqual(bytes);
  expect(tilingFault(ServerCoreCapability.inspect(bytes).fields, bytes.length)).toBe(-1);
});

test("the first version of the general set says nothing of special devices", () => {
  const bytes = bytesOf(`7244 5043 0100 0000 ${general("01", "28", "")}`);
  const [set] = ClientCoreCapability.decode(bytes).capabilityMessage;
  expect(set?.capabilityData).toMatchObject({ type: "general", specialTypeDeviceCap: undefined });
  expect(ClientCoreCapability.encode(ClientCoreCapability.decode(bytes))).toEqual(bytes);
  // The second version must say it.
  expect(() => ClientCoreCapability.decode(bytesOf(`7244 5043 0100 0000 ${general("02", "28", "")}`))).toThrow(
    DecodeError,
  );
});

test("an unknown set and bytes after a known one are kept", () => {
  const bytes = bytesOf("7244 5043 0200 0000 0900 0a00 01000000 aabb 0200 0900 01000000 cc");
  expect(ClientCoreCapability.decode(bytes).capabilityMessage.map(({ capabilityData }) => capabilityData)).toEqual([
    { type: "unknown", tag: 9, data: bytesOf("01000000 aabb") },
    { type: "printer", version: 1, trailing: bytesOf("cc") },
  ]);
  expect(ClientCoreCapability.encode(ClientCoreCapability.decode(bytes))).toEqual(bytes);
});

test("what must be zero is reported", () => {
  const bytes = bytesOf("7244 5043 0000 3412");
  expect(ClientCoreCapability.inspect(bytes).deviations.map(({ rule, field }) => [rule, field])).toEqual([
    ["reserved-not-zero", "padding"],
  ]);
});

test("a second version is known of drives, and of printers it is reported", () => {
  const bytes = bytesOf("7244 5043 0200 0000 0400 0800 02000000 0200 0800 02000000");
  expect(ClientCoreCapability.inspect(bytes).deviations.map(({ rule, field }) => [rule, field])).toEqual([
    ["unknown-value", "capabilityMessage[1].capabilityData.version"],
  ]);
});

test("a set shorter than its header, and more sets than there are, are refused", () => {
  expect(() => ServerCoreCapability.decode(bytesOf("7244 5053 0100 0000 0200 0300 01000000"))).toThrow(DecodeError);
  expect(() => ServerCoreCapability.decode(bytesOf("7244 5053 ffff 0000 0200 0800 01000000"))).toThrow(DecodeError);
});
