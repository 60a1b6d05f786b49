import { existsSync, readFileSync } from "node:fs";
import { DecodeError, deviationRules, pdu, tilingFault, type Pdu } from "@railvail/wire";
import { describe, expect, test } from "vitest";
import { ChannelPdu } from "./pdu/channel-pdu.js";
import { ClientClusterData } from "./pdu/client-cluster-data.js";
import { ClientCoreData } from "./pdu/client-core-data.js";
import { AutoReconnectClient } from "./pdu/client-info-auto-reconnect.js";
import { ClientInfo } from "./pdu/client-info.js";
import { ClientMonitorData, ClientMonitorExtendedData } from "./pdu/client-monitor-data.js";
import { ClientNetworkData } from "./pdu/client-network-data.js";
import { ClientSecurityData } from "./pdu/client-security-data.js";
import { ClientMessageChannelData, ClientMultitransportData } from "./pdu/client-transport-data.js";
import { CapabilitiesRequest, CapabilitiesResponse } from "./pdu/drdynvc-capabilities.js";
import { Close } from "./pdu/drdynvc-close.js";
import { CreateRequest, CreateResponse } from "./pdu/drdynvc-create.js";
import { Data, DataFirst } from "./pdu/drdynvc-data.js";
import { SoftSyncRequest, SoftSyncResponse } from "./pdu/drdynvc-soft-sync.js";
import {
  clientBlocks,
  ConferenceCreateRequest,
  ConferenceCreateResponse,
  serverBlocks,
} from "./pdu/gcc-conference-create.js";
import { PlatformChallenge, PlatformChallengeResponse } from "./pdu/license-challenge.js";
import { NewLicenseRequest } from "./pdu/license-client.js";
import { ClientHardwareId, NewLicenseInfo, PlatformChallengeResponseData } from "./pdu/license-contents.js";
import { LicenseErrorMessage } from "./pdu/license-error.js";
import { NewLicense } from "./pdu/license-grant.js";
import { licenseTextBlob } from "./pdu/license-preamble.js";
import { LicenseRequest, ProductInfo } from "./pdu/license-request.js";
import { AttachUserConfirm, AttachUserRequest } from "./pdu/mcs-attach-user.js";
import { ChannelJoinConfirm, ChannelJoinRequest } from "./pdu/mcs-channel-join.js";
import { ConnectInitial } from "./pdu/mcs-connect-initial.js";
import { ConnectResponse } from "./pdu/mcs-connect-response.js";
import { DisconnectProviderUltimatum } from "./pdu/mcs-disconnect-provider.js";
import { ErectDomainRequest } from "./pdu/mcs-erect-domain.js";
import { SendDataIndication, SendDataRequest } from "./pdu/mcs-send-data.js";
import { RsaPublicKey, ServerCertificate } from "./pdu/security-certificate.js";
import { MultipartSegments, SingleSegment } from "./pdu/segmented-data.js";
import { ServerCoreData } from "./pdu/server-core-data.js";
import { ServerNetworkData } from "./pdu/server-network-data.js";
import { ServerSecurityData } from "./pdu/server-security-data.js";
import { ServerMessageChannelData, ServerMultitransportData } from "./pdu/server-transport-data.js";
import { ConnectionConfirm } from "./pdu/x224-connection-confirm.js";
import { ConnectionRequest, cookieToken, cookieUser } from "./pdu/x224-connection-request.js";

interface Vector {
  name: string;
  hex?: string;
  expect: unknown;
  outcome?: string;
}
const folder = "../shared/vectors/open";
const areas = ["x224", "mcs", "gcc", "client-info", "licence", "dvc", "svc", "zgfx"];
const vectors = new Map(
  areas
    .filter((area) => existsSync(`${folder}/${area}.json`))
    .flatMap((area) => JSON.parse(readFileSync(`${folder}/${area}.json`, "utf8")) as Vector[])
    .map((vector) => [vector.name, vector]),
);
// Skipped only where the bytes of other projects are not beside the repository.
const described = vectors.size === 0 ? describe.skip : describe;

const bytesOf = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex, "hex"));

/** Every number and text of what the source expects, so that each must be found in our value. */
function scalars(of: unknown, bytes: Uint8Array): (number | string)[] {
  if (of === null || of === undefined || typeof of === "boolean") return [];
  if (typeof of === "string") return of === "" ? [] : [of];
  if (typeof of === "number") return [of];
  const object = of as Record<string, unknown>;
  if (typeof object["hex"] === "string") return object["hex"] === "" ? [] : [object["hex"]];
  const { flags, compression_type: compression } = object;
  if (typeof flags === "number" && typeof compression === "number") {
    return [flags | (compression << 9), ...scalars({ ...object, flags: null }, bytes)];
  }
  if (Array.isArray(object["slice"])) {
    const [from, to] = object["slice"] as [number, number];
    return [Buffer.from(bytes.subarray(from, to)).toString("hex")];
  }
  return Object.entries(object)
    .filter(([key]) => !ignored.has(key))
    .flatMap(([, value]) => scalars(value, bytes));
}

/** Lengths and types that we compute; values that the source derives from others. */
const ignored = new Set([
  "preamble_message_type",
  "preamble_message_size",
  "preamble_flags",
  "compression_type",
  "block_type",
  "block_length",
  "cb_id",
  "len",
  "packet_length",
  "flags_and_version",
]);

/** Every number, text and byte run of a decoded value. */
function leavesOf(value: unknown): (number | string)[] {
  if (value === null || value === undefined) return [];
  if (typeof value === "number") return [value];
  if (typeof value === "string") return [value, value.replace(/^Cookie: mstshash=|\0$/, "")];
  if (value instanceof Uint8Array) return [Buffer.from(value).toString("hex")];
  return Object.values(value).flatMap(leavesOf);
}

function check(pdu: Pdu, name: string, prefix: string, skip: number): unknown {
  const vector = vectors.get(name);
  if (vector?.hex === undefined) throw new Error(`no vector ${name}`);
  const raw = bytesOf(vector.hex);
  const head = bytesOf(prefix);
  const bytes = Uint8Array.from([...head, ...raw.subarray(skip)]);
  const value = pdu.decode(bytes);
  const found = leavesOf(value);
  for (const each of scalars(vector.expect, raw)) expect(found, `${name}: ${each}`).toContain(each);
  const { fields, deviations } = pdu.inspect(bytes);
  expect(tilingFault(fields, bytes.length)).toBe(-1);
  const lossy = deviations.filter(({ rule }) => deviationRules[rule].lossy);
  if (lossy.length === 0)
    expect(Buffer.from(pdu.encode(value)).toString("hex")).toBe(Buffer.from(bytes).toString("hex"));
  if (pdu.delimited) {
    for (let size = 0; size < bytes.length; size += bytes.length > 100 ? 7 : 1) {
      expect(() => pdu.decode(bytes.subarray(0, size))).toThrow(DecodeError);
    }
  }
  return { value, lossy: lossy.map(({ rule }) => rule) };
}

const blocks = (name: string, list: typeof clientBlocks | typeof serverBlocks): Pdu =>
  pdu(name, "test", { blocks: list as typeof clientBlocks });
const header = (type: number, size: number): string =>
  Buffer.from([type & 0xff, type >> 8, size & 0xff, size >> 8]).toString("hex");
const body = (of: Pdu, type: number, name: string): Row => {
  const size = (vectors.get(name)?.hex?.length ?? 0) / 2 + 4;
  return [name, of, header(type, size)];
};
type Row = readonly [name: string, of: Pdu, prefix?: string, skip?: number];

const table: readonly Row[] = [
  ["x224.connection-request-rdp-security-without-cookie", ConnectionRequest],
  ["x224.connection-request-plain", ConnectionRequest],
  ["x224.connection-confirm-response", ConnectionConfirm],
  ["x224.connection-confirm-failure", ConnectionConfirm],
  ["x224.connection-confirm-hybrid-ex", ConnectionConfirm],
  ["mcs.erect-domain-request", ErectDomainRequest],
  ["mcs.attach-user-request", AttachUserRequest],
  ["mcs.channel-join-request", ChannelJoinRequest],
  ["mcs.disconnect-provider-ultimatum", DisconnectProviderUltimatum],
  ["mcs.send-data-request", SendDataRequest],
  ["mcs.connect-initial", ConnectInitial],
  ["mcs.connect-response", ConnectResponse],
  ["mcs.x224-attach-user-request", AttachUserRequest, "", 7],
  ["mcs.x224-attach-user-confirm", AttachUserConfirm, "", 7],
  ["mcs.x224-channel-join-confirm", ChannelJoinConfirm, "", 7],
  ["mcs.x224-send-data-indication-300", SendDataIndication, "", 7],
  ["gcc.conference-create-request", ConferenceCreateRequest],
  ["gcc.conference-create-response", ConferenceCreateResponse],
  body(ClientCoreData, 0xc001, "gcc.client-core"),
  body(ClientCoreData, 0xc001, "gcc.client-core-to-serial-number"),
  body(ClientCoreData, 0xc001, "gcc.client-core-to-server-selected-protocol"),
  body(ClientCoreData, 0xc001, "gcc.client-core-all-optional-32bpp"),
  body(ClientClusterData, 0xc004, "gcc.client-cluster"),
  body(ServerCoreData, 0x0c01, "gcc.server-core"),
  body(ServerCoreData, 0x0c01, "gcc.server-core-requested-protocol"),
  body(ServerCoreData, 0x0c01, "gcc.server-core-all-optional"),
  body(ClientSecurityData, 0xc002, "gcc.client-security"),
  body(ServerSecurityData, 0x0c02, "gcc.server-security-none"),
  body(ServerSecurityData, 0x0c02, "gcc.server-security-full"),
  body(ClientNetworkData, 0xc003, "gcc.client-network"),
  body(ServerNetworkData, 0x0c03, "gcc.server-network"),
  body(ServerMessageChannelData, 0x0c04, "gcc.server-message-channel"),
  body(ServerMultitransportData, 0x0c08, "gcc.server-multitransport"),
  body(ClientMonitorData, 0xc005, "gcc.client-monitor"),
  body(ClientMonitorExtendedData, 0xc008, "gcc.client-monitor-extended"),
  body(ClientMessageChannelData, 0xc006, "gcc.client-message-channel"),
  body(ClientMultitransportData, 0xc00a, "gcc.client-multitransport"),
  ["gcc.client-blocks", blocks("CS", clientBlocks)],
  ["gcc.client-blocks-cluster", blocks("CS", clientBlocks)],
  ["gcc.server-blocks", blocks("SC", serverBlocks)],
  ["gcc.block-client-monitor", ClientMonitorData],
  ["gcc.block-server-network", ServerNetworkData],
  ["gcc.block-server-message-channel", ServerMessageChannelData],
  ["gcc.block-server-multitransport", ServerMultitransportData],
  ["client-info.unicode", ClientInfo, "40000000"],
  ["client-info.ansi", ClientInfo, "40000000"],
  ["client-info.unicode-no-optional", ClientInfo, "40000000"],
  ["client-info.pdu", ClientInfo],
  ["client-info.auto-reconnect-cookie", AutoReconnectClient],
  ["licence.error-valid-client", LicenseErrorMessage],
  ["licence.error-valid-client-size-0x14", LicenseErrorMessage],
  ["licence.platform-challenge", PlatformChallenge],
  ["licence.platform-challenge-response", PlatformChallengeResponse],
  ["licence.platform-challenge-response-data", PlatformChallengeResponseData],
  ["licence.client-hardware-id", ClientHardwareId],
  ["licence.upgrade-license", NewLicense],
  ["licence.new-license-information", NewLicenseInfo],
  ["licence.license-request-no-certificate", LicenseRequest],
  ["licence.rsa-public-key", RsaPublicKey],
  ["licence.proprietary-certificate", ServerCertificate, "01000000"],
  ["licence.server-certificate-x509", ServerCertificate],
  ["licence.product-info", ProductInfo],
  ["licence.scope", pdu("SCOPE", "test", { scope: licenseTextBlob }), "0e00", 2],
  ["licence.new-license-request-b", NewLicenseRequest],
  ["dvc.caps-request-v1", CapabilitiesRequest],
  ["dvc.caps-request-v2", CapabilitiesRequest],
  ["dvc.caps-response-v1", CapabilitiesResponse],
  ["dvc.create-response", CreateResponse],
  ["dvc.close", Close],
  ["dvc.data", Data],
  ["dvc.soft-sync-request", SoftSyncRequest],
  ["dvc.soft-sync-response", SoftSyncResponse],
  ["dvc.create-request-u16-id", CreateRequest],
  ["dvc.data-first-u32-length", DataFirst],
  ["dvc.data-u16-id", Data],
  ["svc.chunk-header", ChannelPdu],
  ["svc.chunk-header-first-last", ChannelPdu],
  ["zgfx.fox-single", SingleSegment],
  ["zgfx.fox-multipart", MultipartSegments],
  ["zgfx.segmented-single", SingleSegment],
  ["zgfx.segmented-multipart", MultipartSegments],
];

/** Vectors in which a length is not the real one: the value is kept and the difference named. */
const lengthDiffers = new Set([
  "mcs.connect-initial",
  "gcc.conference-create-request",
  "licence.error-valid-client-size-0x14",
  "licence.license-request-no-certificate",
]);

described("bytes of other projects (skipped without ../shared/vectors)", () => {
  test.each(table.map((row) => ({ name: row[0], row })))("$name", ({ row: [name, of, prefix = "", skip = 0] }) => {
    const { lossy } = check(of, name, prefix, skip) as { lossy: string[] };
    expect(lossy).toEqual(lengthDiffers.has(name) ? ["length-differs"] : []);
  });
});

const hexOf = (name: string): Uint8Array => bytesOf(vectors.get(name)?.hex ?? "");

described("connection requests of other projects (skipped without ../shared/vectors)", () => {
  const read = (name: string): unknown => {
    check(ConnectionRequest, name, "", 0);
    return ConnectionRequest.decode(hexOf(name)).tpdu;
  };
  test("a cookie and a negotiation request", () => {
    expect(read("x224.connection-request-rdp-security-with-cookie")).toMatchObject({
      token: "Cookie: mstshash=User",
      negotiation: { flags: 0, requestedProtocols: 0 },
      correlation: undefined,
    });
  });
  test("a negotiation request and a correlation id", () => {
    expect(read("x224.connection-request-with-correlation-info")).toMatchObject({
      token: undefined,
      negotiation: { flags: 8, requestedProtocols: 1 },
      correlation: { correlationId: new Uint8Array(16).fill(1) },
    });
  });
  const inRequest = (name: string): Uint8Array => {
    const data = hexOf(name);
    return Uint8Array.from([3, 0, 0, 11 + data.length, 6 + data.length, 0xe0, 0, 0, 0, 0, 0, ...data]);
  };
  test("a cookie and a routing token with bytes after them", () => {
    expect(ConnectionRequest.decode(inRequest("x224.cookie")).tpdu).toMatchObject({
      token: cookieToken("User"),
      trailing: bytesOf("ffff"),
    });
    const { token } = ConnectionRequest.decode(inRequest("x224.routing-token")).tpdu;
    expect(token).toBe("Cookie: msts=3640205228.15629.0000");
    expect(cookieUser(token ?? "")).toBeUndefined();
  });
  test("a cookie without CR LF is refused", () => {
    expect(() => ConnectionRequest.decode(inRequest("x224.cookie-without-crlf"))).toThrow(DecodeError);
  });
});
