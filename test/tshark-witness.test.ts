// tshark's dissectors of X.224, MCS, GCC and dynamic channels were written by others, from the same
// specifications. Its reassembly of what a server sends in bulk loses track: there only what comes
// before is compared. The status of a created channel it reads in the wrong byte order.
import type { ConnectInitial, ConnectionConfirm, ConnectionRequest, ConnectResponse } from "@railvail/transport";
import { describe, expect, test } from "vitest";
import { fixture, fixtures } from "./recordings.js";
import { railDump } from "./run-rail-dump.js";
import { hasTshark, tsharkFields, whyNoTshark, type Fields } from "./tshark.js";

interface Session {
  readonly name: (typeof fixtures)[number] | "debian-shadow-tls";
  readonly port: number;
  readonly keyLog?: string;
}

const sessions: readonly Session[] = [
  ...fixtures.map((name) => ({ name, port: 33_890 })),
  { name: "debian-shadow-tls", port: 33_892, keyLog: "keylog.txt" },
];

interface Line {
  readonly direction: "c2s" | "s2c";
  readonly name: string;
  readonly path: string;
  readonly value: unknown;
}

/** Messages of a direction by rail-dump. */
async function linesOf({ name, keyLog }: Session, direction: string, channels: string, count = 1e6): Promise<Line[]> {
  const keys = keyLog === undefined ? [] : ["--keylog", fixture(name, keyLog)];
  const chosen = ["--direction", direction, "--channel", channels, "-c", String(count), "-T", "ndjson"];
  const text = await railDump([...chosen, ...keys, fixture(name)]);
  return text
    .split("\n")
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Line);
}

/** The value of the one message of this name. */
function only(lines: readonly Line[], name: string): unknown {
  const found = lines.filter((line) => line.name === name);
  expect(found.map((line) => line.name)).toEqual([name]);
  return found[0]?.value;
}

/** A block of GCC user data, if there is one. */
function block<B extends { readonly type: string }, T extends B["type"]>(
  blocks: readonly { readonly body: B }[],
  type: T,
): Extract<B, { readonly type: T }> | undefined {
  return blocks.map(({ body }) => body).find((body) => body.type === type) as
    | Extract<B, { readonly type: T }>
    | undefined;
}

/** Numbers that tshark prints in decimal, or in hexadecimal with `0x`. */
const numbers = (values: readonly string[]): number[] => values.map(Number);

/** Bytes that tshark prints in hexadecimal, which are a number on the wire. */
const littleEndian = (values: readonly string[]): number[] =>
  values.map((value) => Buffer.from(value, "hex").readUInt32LE());

/** The choice of the DomainMCSPDU type of T.125, by the names in our declarations. */
const domainChoices: Readonly<Record<string, number>> = {
  MCS_ERECT_DOMAIN_REQUEST: 1,
  MCS_DISCONNECT_PROVIDER_ULTIMATUM: 8,
  MCS_ATTACH_USER_REQUEST: 10,
  MCS_ATTACH_USER_CONFIRM: 11,
  MCS_CHANNEL_JOIN_REQUEST: 14,
  MCS_CHANNEL_JOIN_CONFIRM: 15,
  MCS_SEND_DATA_REQUEST: 25,
  MCS_SEND_DATA_INDICATION: 26,
};
const sendDataIndication = 26;
/** tshark prints user ids as they are on the wire, counted from the first one. */
const firstUserId = 1001;

/** `Cmd` of dynamic channel messages, [MS-RDPEDYC] 2.2. */
const commands: Readonly<Record<string, number>> = {
  DYNVC_CREATE_RSP: 1,
  DYNVC_DATA_FIRST: 2,
  DYNVC_DATA: 3,
  DYNVC_CLOSE: 4,
  DYNVC_CAPS_RSP: 5,
};

const fieldNames = [
  "cotp.type",
  "rdp.rt_cookie",
  "rdp.negRsp.flags",
  "rdp.negReq.selectedProtocol",
  "t125.maxChannelIds",
  "t125.maxUserIds",
  "t125.maxMCSPDUsize",
  "t124.DomainMCSPDU",
  "t124.initiator",
  "t124.channelId",
  "rdp.desktop.width",
  "rdp.desktop.height",
  "rdp.keyboardLayout",
  "rdp.client.build",
  "rdp.client.name",
  "rdp.keyboard.type",
  "rdp.keyboard.functionkey",
  "rdp.highColorDepth",
  "rdp.supportedColorDepths",
  "rdp.earlyCapabilityFlags",
  "rdp.connectionType",
  "rdp.serverSelectedProtocol",
  "rdp.encryptionMethods",
  "rdp.name",
  "rdp.options",
  "rdp.monitorDef.left",
  "rdp.monitorDef.top",
  "rdp.monitorDef.right",
  "rdp.monitorDef.bottom",
  "rdp.monitorDef.flags",
  "rdp.multiTransportFlags",
  "rdp.MCSChannelId",
  "rdp.msgChannelId",
  "rdp.encryptionMethod",
  "rdp.encryptionLevel",
  "rdp_drdynvc.cmd",
  "rdp_drdynvc.channelId",
] as const;

const read = (session: Session): Fields => {
  const keys = session.keyLog === undefined ? {} : { keyLog: fixture(session.name, session.keyLog) };
  return tsharkFields(fixture(session.name), { port: session.port, ...keys }, fieldNames);
};

/** Values that several messages have in turn. */
const each = (lines: readonly Line[], field: string): number[] =>
  lines.flatMap(({ value }) => {
    const found = (value as Readonly<Record<string, unknown>>)[field];
    return typeof found === "number" ? [found] : [];
  });

function expectClientData(witness: Fields, { userData, ...mcs }: ConnectInitial): void {
  const { blocks } = userData.userData;
  const core = block(blocks, "core");
  const monitors = block(blocks, "monitor")?.monitors ?? [];
  const channels = block(blocks, "network")?.channels ?? [];
  const parameters = [mcs.targetParameters, mcs.minimumParameters, mcs.maximumParameters];
  const of = (field: string): number[] => numbers(witness("c2s", field));
  expect(of("t125.maxChannelIds")).toEqual(parameters.map(({ maxChannelIds }) => maxChannelIds));
  expect(of("t125.maxUserIds")).toEqual(parameters.map(({ maxUserIds }) => maxUserIds));
  expect(of("t125.maxMCSPDUsize")).toEqual(parameters.map(({ maxMcsPduSize }) => maxMcsPduSize));
  expect({
    desktop: [of("rdp.desktop.width"), of("rdp.desktop.height")],
    keyboardLayout: of("rdp.keyboardLayout"),
    clientBuild: of("rdp.client.build"),
    clientName: witness("c2s", "rdp.client.name"),
    keyboard: [of("rdp.keyboard.type"), of("rdp.keyboard.functionkey")],
    highColorDepth: of("rdp.highColorDepth"),
    supportedColorDepths: of("rdp.supportedColorDepths"),
    earlyCapabilityFlags: of("rdp.earlyCapabilityFlags"),
    connectionType: of("rdp.connectionType"),
    serverSelectedProtocol: of("rdp.serverSelectedProtocol"),
  }).toEqual({
    desktop: [[core?.desktopWidth], [core?.desktopHeight]],
    keyboardLayout: [core?.keyboardLayout],
    clientBuild: [core?.clientBuild],
    clientName: [core?.clientName],
    keyboard: [[core?.keyboardType], [core?.keyboardFunctionKey]],
    highColorDepth: [core?.highColorDepth],
    supportedColorDepths: [core?.supportedColorDepths],
    earlyCapabilityFlags: [core?.earlyCapabilityFlags],
    connectionType: [core?.connectionType],
    serverSelectedProtocol: [core?.serverSelectedProtocol],
  });
  expect(littleEndian(witness("c2s", "rdp.encryptionMethods"))).toEqual([block(blocks, "security")?.encryptionMethods]);
  expect(witness("c2s", "rdp.name")).toEqual(channels.map(({ name }) => name));
  expect(of("rdp.options")).toEqual(channels.map(({ options }) => options));
  for (const field of ["left", "top", "right", "bottom", "flags"] as const) {
    expect(of(`rdp.monitorDef.${field}`)).toEqual(monitors.map((monitor) => monitor[field]));
  }
  expect(of("rdp.multiTransportFlags")).toEqual([block(blocks, "multitransport")?.flags]);
}

function expectServerData(witness: Fields, { userData, domainParameters }: ConnectResponse): void {
  const { blocks } = userData.userData;
  const network = block(blocks, "network");
  const security = block(blocks, "security");
  const of = (field: string): number[] => numbers(witness("s2c", field));
  expect(of("t125.maxUserIds")).toEqual([domainParameters.maxUserIds]);
  expect(of("rdp.MCSChannelId")).toEqual([network?.mcsChannelId, ...(network?.channelIds ?? [])]);
  expect(of("rdp.msgChannelId")).toEqual([block(blocks, "messageChannel")?.mcsChannelId]);
  expect(of("rdp.encryptionMethod")).toEqual([security?.encryptionMethod]);
  expect(of("rdp.encryptionLevel")).toEqual([security?.encryptionLevel]);
}

describe.skipIf(!hasTshark).each(sessions)(`tshark as a witness: $name (${whyNoTshark})`, (session) => {
  const witness = hasTshark ? read(session) : (): readonly string[] => [];

  // Inside TLS tshark is told what the protocol is; the negotiation before it is not.
  test.skipIf(session.keyLog !== undefined)("negotiation (skipped in TLS)", async () => {
    const [client, server] = [await linesOf(session, "c2s", "x224"), await linesOf(session, "s2c", "x224")];
    const { tpdu } = only(client, "X224_CRQ") as ConnectionRequest;
    expect(witness("c2s", "rdp.rt_cookie")).toEqual([tpdu.token]);
    const message = (only(server, "X224_CCF") as ConnectionConfirm).tpdu.negotiation?.message;
    if (message?.type !== "response") throw new Error("the server did not agree to anything");
    const { flags, selectedProtocol } = message;
    expect(numbers(witness("s2c", "rdp.negRsp.flags"))).toEqual([flags]);
    expect(numbers(witness("s2c", "rdp.negReq.selectedProtocol"))).toEqual([selectedProtocol]);
  });

  test("MCS and GCC: domain parameters, desktop, channels by name and id, monitors, security", async () => {
    const [client, server] = [await linesOf(session, "c2s", "mcs", 1), await linesOf(session, "s2c", "mcs", 1)];
    expectClientData(witness, only(client, "MCS_CONNECT_INITIAL") as ConnectInitial);
    expectServerData(witness, only(server, "MCS_CONNECT_RESPONSE") as ConnectResponse);
  });

  test("MCS domain messages of the client in their order, with channel and user", async () => {
    const [, ...lines] = await linesOf(session, "c2s", "mcs");
    const of = (field: string): number[] => numbers(witness("c2s", field));
    expect(lines.length).toBeGreaterThan(20);
    expect(of("t124.DomainMCSPDU")).toEqual(lines.map(({ name }) => domainChoices[name]));
    expect(of("t124.channelId")).toEqual(each(lines, "channelId"));
    expect(of("t124.initiator").map((id) => id + firstUserId)).toEqual(each(lines, "initiator"));
  });

  test("MCS domain messages of the server before it sends data", async () => {
    const lines = await linesOf(session, "s2c", "mcs", 40);
    const choices = lines.map(({ name }) => domainChoices[name]).filter((choice) => choice !== undefined);
    const before = choices.slice(0, choices.indexOf(sendDataIndication));
    const theirs = numbers(witness("s2c", "t124.DomainMCSPDU"));
    expect(before.length).toBeGreaterThan(4);
    expect(theirs.slice(0, theirs.indexOf(sendDataIndication))).toEqual(before);
  });

  test("dynamic channel messages of the client in their order, with channel", async () => {
    const lines = await linesOf(session, "c2s", "drdynvc");
    const of = (field: string): number[] => numbers(witness("c2s", field));
    expect(lines.length).toBeGreaterThan(5);
    expect(of("rdp_drdynvc.cmd")).toEqual(lines.map(({ name }) => commands[name]));
    expect(of("rdp_drdynvc.channelId")).toEqual(each(lines, "channelId"));
  });
});
