import { DecodeError, tilingFault, type Pdu } from "@railvail/wire";
import { describe, expect, test } from "vitest";
import { DeviceListAnnounce, DeviceListRemove, PrinterFlags } from "./device-list.js";

const bytesOf = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex.replaceAll(/\s/g, ""), "hex"));
const utf16 = (text: string): string => Buffer.from(text, "utf16le").toString("hex");
const latin1 = (text: string): string => Buffer.from(text, "latin1").toString("hex");

function lawsHold(pdu: Pdu, bytes: Uint8Array): void {
  expect(pdu.encode(pdu.decode(bytes))).toEqual(bytes);
  expect(tilingFault(pdu.inspect(bytes).fields, bytes.length)).toBe(-1);
  for (let size = 0; size < bytes.length; size++) {
    expect(() => pdu.decode(bytes.subarray(0, size))).toThrow(DecodeError);
  }
}

const announced = (count: string, devices: string): Uint8Array => bytesOf(`7244 4144 ${count} ${devices}`);
const device = (type: string, id: string, dosName: string, length: string, data: string): string =>
  `${type}000000 ${id}000000 ${latin1(dosName.padEnd(8, "\0"))} ${length}000000 ${data}`;

test("the two printers and the port of [MS-RDPEPC] 4.1.1", () => {
  const names = (name: string, length: string): string =>
    `00000000 00000000 ${length}000000 ${length}000000 00000000 ${utf16(`${name}\0`).repeat(2)}`;
  const bytes = announced(
    "03000000",
    device("04", "04", "PRN4", "50", `10000000 ${names("Apollo P-1200", "1c")}`) +
      device("04", "03", "PRN3", "74", `12000000 ${names("Canon Bubble-Jet BJ-30", "2e")}`) +
      device("02", "02", "LPT1", "00", ""),
  );
  expect(bytes.length).toBe(264);
  const printer = (flags: number, name: string): object => ({
    type: "printer",
    flags,
    pnpName: "",
    driverName: name,
    printerName: name,
    cachedPrinterConfigData: new Uint8Array(0),
  });
  expect(DeviceListAnnounce.decode(bytes).deviceList).toMatchObject([
    { deviceId: 4, preferredDosName: "PRN4", deviceData: printer(PrinterFlags.xpsFormat, "Apollo P-1200") },
    {
      deviceId: 3,
      preferredDosName: "PRN3",
      deviceData: printer(PrinterFlags.xpsFormat | PrinterFlags.defaultPrinter, "Canon Bubble-Jet BJ-30"),
    },
    { deviceId: 2, preferredDosName: "LPT1", deviceData: { type: "parallel" } },
  ]);
  expect(DeviceListAnnounce.inspect(bytes).deviations).toEqual([]);
  lawsHold(DeviceListAnnounce, bytes);
});

describe("what stands in the data of a device", () => {
  test("names of a printer in ASCII, and settings for keeping", () => {
    const data = `05000000 00000000 03000000 04000000 02000000 02000000 ${latin1("pp\0drv\0p\0")} abcd`;
    const bytes = announced("01000000", device("04", "09", "PRN1", "23", data));
    expect(DeviceListAnnounce.decode(bytes).deviceList[0]?.deviceData).toMatchObject({
      flags: PrinterFlags.ascii | PrinterFlags.networkPrinter,
      pnpName: "pp",
      driverName: "drv",
      printerName: "p",
      cachedPrinterConfigData: bytesOf("abcd"),
    });
    lawsHold(DeviceListAnnounce, bytes);
  });

  test("the name of a drive, as its bytes", () => {
    const bytes = announced("01000000", device("08", "01", "HOME", "05", latin1("home\0")));
    expect(DeviceListAnnounce.decode(bytes).deviceList[0]).toEqual({
      deviceId: 1,
      preferredDosName: "HOME",
      deviceData: { type: "filesystem", name: bytesOf(latin1("home\0")), trailing: undefined },
    });
    lawsHold(DeviceListAnnounce, bytes);
  });

  test("bytes where there should be none, and of an unknown kind, are kept", () => {
    const bytes = announced(
      "02000000",
      device("20", "02", "SCARD", "02", "0102") + device("40", "03", "X", "01", "7f"),
    );
    const { value, deviations } = DeviceListAnnounce.inspect(bytes);
    expect(value?.deviceList.map(({ deviceData }) => deviceData)).toEqual([
      { type: "smartcard", trailing: bytesOf("0102") },
      { type: "unknown", tag: 0x40, data: bytesOf("7f") },
    ]);
    expect(deviations.map(({ rule }) => rule)).toEqual(["trailing-bytes", "unknown-tag"]);
    lawsHold(DeviceListAnnounce, bytes);
  });
});

test("more devices, and more data, than there are bytes for are refused", () => {
  expect(() => DeviceListAnnounce.decode(announced("ffffffff", ""))).toThrow(DecodeError);
  const short = announced("01000000", device("08", "01", "C", "ff", "00"));
  expect(() => DeviceListAnnounce.decode(short)).toThrow(DecodeError);
  const printer = announced("01000000", device("04", "01", "PRN1", "04", "00000000"));
  expect(() => DeviceListAnnounce.decode(printer)).toThrow(DecodeError);
  expect(() => DeviceListRemove.decode(bytesOf("7244 4d44 00000040 01000000"))).toThrow(DecodeError);
});
