import { deviationRules, leaves, sourceOf, tilingFault, type Pdu } from "@railvail/wire";
import { describe, expect, test } from "vitest";
import { ClientInfo } from "./pdu/client-info.js";
import { LicenseErrorMessage } from "./pdu/license-error.js";
import { licenseMessages } from "./pdu/license-family.js";
import { AttachUserConfirm } from "./pdu/mcs-attach-user.js";
import { ChannelJoinConfirm } from "./pdu/mcs-channel-join.js";
import { ConnectInitial } from "./pdu/mcs-connect-initial.js";
import { ConnectResponse } from "./pdu/mcs-connect-response.js";
import { mcsPdus } from "./pdu/mcs-match.js";
import { SendDataIndication, SendDataRequest } from "./pdu/mcs-send-data.js";
import { tpktLength } from "./pdu/tpkt.js";
import { ConnectionConfirm } from "./pdu/x224-connection-confirm.js";
import { ConnectionRequest, cookieUser } from "./pdu/x224-connection-request.js";
import { DataTpdu } from "./pdu/x224-data.js";
import { DisconnectRequest } from "./pdu/x224-disconnect-request.js";
import { x224Pdus } from "./pdu/x224-match.js";

const bytesOf = (...hex: string[]): Uint8Array => new Uint8Array(Buffer.from(hex.join("").replaceAll(" ", ""), "hex"));
const zeros = (count: number): string => "00".repeat(count);

/** Recorded from WSLg's server (weston, FreeRDP 2.4) and a FreeRDP client. */
const wslg = {
  request: bytesOf("030000221de00000000000436f6f6b69653a206d737473686173683d77736c670d0a"),
  confirm: bytesOf("030000130ed000000000000203080000000000"),
  initial: bytesOf(
    "030001df02f080 7f658201d3 040101 040101 0101ff",
    "301a020122020102020100020101020100020101020300ffff020102",
    "3019020101020101020101020101020100020101020204200201023020020300ffff020300fc17020300ffff",
    "020101020100020101020300ffff020102 0482016d 000500147c00018164000800100001c00044756361 8156",
    "01c0ea00 11000800 0005 2003 01ca 03aa 09040000 bb470000 76006d00",
    zeros(28),
    "04000000 00000000 0c000000",
    zeros(64),
    "01ca 0100 00000000 1800 0f00 b20f",
    zeros(64),
    "07 00 00000000 e8030000 e8030000 0000 64000000 64000000",
    "04c00c001500000000000000 02c00c001b00000000000000",
    "03c0440005000000 726470647200000000008080 7261696c000000000000a0c0 726470736e640000000000c0",
    "636c6970726472000000a0c0 647264796e766300000080c0 06c0080000000000 0ac0080001000000",
  ),
  response: bytesOf(
    "0300007a02f080 7f6670 0a0100 020100 301a020122020103020100020101020100020101020300fff8020102",
    "044c 000500147c00012a14760a01010001c0004d63446e36 010c10000c0008000000000000000000",
    "030c1400eb030500ec03ed03ee03ef03f0030000 020c0c000000000000000000 040c0600f103",
  ),
  license: bytesOf("0300002302f080 68000903eb70 8014 80000000 ff031000 07000000 02000000 04000000"),
} as const;

/** Recorded from xrdp 0.9.21, which writes a source reference and a stray blob type. */
const xrdp = {
  confirm: bytesOf("0300000b06d00000123400"),
  license: bytesOf("80001000 ff021000 07000000 02000000 28140000"),
} as const;

function roundTrips<T>(pdu: Pdu<T>, bytes: Uint8Array): T {
  const { fields, deviations, error } = pdu.inspect(bytes);
  expect(error).toBeUndefined();
  expect(deviations.filter(({ rule }) => deviationRules[rule].lossy)).toEqual([]);
  expect(tilingFault(fields, bytes.length)).toBe(-1);
  const value = pdu.decode(bytes);
  expect(Buffer.from(pdu.encode(value)).toString("hex")).toBe(Buffer.from(bytes).toString("hex"));
  return value;
}

describe("a recorded connection", () => {
  test("connection request and confirm", () => {
    const { tpdu } = roundTrips(ConnectionRequest, wslg.request);
    expect(cookieUser(tpdu.token ?? "")).toBe("wslg");
    expect(tpdu.negotiation).toBeUndefined();
    expect(roundTrips(ConnectionConfirm, wslg.confirm).tpdu.negotiation?.message).toMatchObject({
      type: "response",
      flags: 3,
      selectedProtocol: 0,
    });
    expect(roundTrips(ConnectionConfirm, xrdp.confirm).tpdu).toMatchObject({
      sourceReference: 0x1234,
      negotiation: undefined,
    });
  });

  test("the spans of a Connect-Initial go down to the scale factors", () => {
    const bytes = wslg.initial.subarray(7);
    const { userData } = roundTrips(ConnectInitial, bytes).userData;
    expect(userData.blocks.map(({ body }) => body.type)).toEqual([
      "core",
      "cluster",
      "security",
      "network",
      "messageChannel",
      "multitransport",
    ]);
    const core = userData.blocks[0]?.body;
    expect(core).toMatchObject({
      type: "core",
      desktopWidth: 1280,
      desktopHeight: 800,
      clientName: "vm",
      earlyCapabilityFlags: 0xfb2,
      desktopScaleFactor: 100,
      deviceScaleFactor: 100,
    });
    const scale = [...leaves(ConnectInitial.inspect(bytes).fields)].find(({ name }) => name === "desktopScaleFactor");
    expect(scale).toMatchObject({ length: 4, value: 100 });
    expect(bytes[scale?.offset ?? 0]).toBe(100);
    const network = userData.blocks[3]?.body;
    expect(network?.type === "network" && network.channels.map(({ name }) => name)).toEqual([
      "rdpdr",
      "rail",
      "rdpsnd",
      "cliprdr",
      "drdynvc",
    ]);
  });

  test("a Connect-Response keeps the length that servers state wrongly", () => {
    const { userData } = roundTrips(ConnectResponse, wslg.response.subarray(7));
    expect(userData).toMatchObject({ connectPduLength: 42, nodeId: 31_219 });
    const network = userData.userData.blocks[1]?.body;
    expect(network).toMatchObject({
      type: "network",
      mcsChannelId: 1003,
      channelIds: [1004, 1005, 1006, 1007, 1008],
    });
  });

  test("attaching and joining", () => {
    expect(roundTrips(AttachUserConfirm, bytesOf("2e000009"))).toMatchObject({
      result: 0,
      initiator: 1010,
    });
    expect(roundTrips(AttachUserConfirm, bytesOf("2d60"))).toEqual({
      present: 0,
      result: 11,
      initiator: undefined,
      trailing: undefined,
    });
    expect(roundTrips(ChannelJoinConfirm, bytesOf("3e00000903f203f2"))).toMatchObject({
      initiator: 1010,
      requested: 1010,
      channelId: 1010,
    });
    expect(roundTrips(ChannelJoinConfirm, bytesOf("3c60000903f2"))).toMatchObject({
      result: 3,
      channelId: undefined,
    });
  });

  test("the licence short cut, with a length in two bytes and with stray values", () => {
    const packet = roundTrips(DataTpdu, wslg.license);
    const { userData, userDataLengthWidth } = roundTrips(SendDataIndication, packet.data);
    expect(userDataLengthWidth).toBe(2);
    expect(licenseMessages.match(sourceOf(userData), 0, userData.length, "server")).toBe(LicenseErrorMessage);
    expect(roundTrips(LicenseErrorMessage, userData)).toMatchObject({
      flags: 0x80,
      errorCode: 7,
      stateTransition: 2,
    });
    expect(roundTrips(LicenseErrorMessage, xrdp.license)).toMatchObject({
      flagsHi: 16,
      preambleVersion: 2,
      errorInfo: { blobType: 0x1428 },
    });
  });

  test("data is handed on as it lies", () => {
    const bytes = bytesOf("64000603eb7003aabbcc");
    const { userData } = SendDataRequest.decode(bytes);
    expect(userData.buffer).toBe(bytes.buffer);
    expect(userData.byteOffset).toBe(7);
  });
});

describe("Client Info", () => {
  const info = {
    flags: 0x40,
    flagsHi: 0,
    codePage: 0,
    infoFlags: 0x10,
    domain: "",
    userName: "\ud800",
    password: "",
    alternateShell: "||app",
    workingDir: "",
    extraInfo: { clientAddressFamily: 2, clientAddress: "", clientDir: "C:\\" },
  };
  test("Unicode and ANSI, and a NUL that counts even in an empty address", () => {
    expect(ClientInfo.decode(ClientInfo.encode(info))).toEqual(info);
    const ansi = { ...info, infoFlags: 0, userName: "\u00e9" };
    expect(ClientInfo.decode(ClientInfo.encode(ansi))).toEqual(ansi);
    expect(ClientInfo.encode(info).length - ClientInfo.encode({ ...ansi, userName: "x" }).length).toBe(
      5 + 1 + 5 + 1 + 4,
    );
  });
});

describe("finding packets", () => {
  test("the TPKT length", () => {
    const length = (...bytes: number[]): number | undefined =>
      tpktLength(sourceOf(Uint8Array.from(bytes)), 0, bytes.length);
    expect(length()).toBeUndefined();
    expect(length(3, 0, 1)).toBeUndefined();
    expect(length(3, 0, 1, 0xdf)).toBe(479);
    expect(length(3, 0, 0, 6)).toBe(-1);
    expect(length(0x80)).toBe(-1);
  });

  test("PDUs by their bytes", () => {
    const x224 = (bytes: Uint8Array): unknown => x224Pdus.match(sourceOf(bytes), 0, bytes.length);
    expect(x224(wslg.request)).toBe(ConnectionRequest);
    expect(x224(wslg.confirm)).toBe(ConnectionConfirm);
    expect(x224(wslg.initial)).toBe(DataTpdu);
    expect(x224(bytesOf("0300000b06800000000003"))).toBe(DisconnectRequest);
    expect(x224(wslg.initial.subarray(0, 5))).toBeUndefined();
    const mcs = (bytes: Uint8Array): unknown => mcsPdus.match(sourceOf(bytes), 0, bytes.length);
    expect(mcs(wslg.initial.subarray(7))).toBe(ConnectInitial);
    expect(mcs(wslg.response.subarray(7))).toBe(ConnectResponse);
    expect(mcs(bytesOf("2e000009"))).toBe(AttachUserConfirm);
    expect(mcs(bytesOf("7f"))).toBeUndefined();
    expect(mcs(bytesOf("ff"))).toBeUndefined();
  });
});
