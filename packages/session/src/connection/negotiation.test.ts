import { ConnectionConfirm, ConnectionRequest, NegotiationFailureCode, SecurityProtocol } from "@railvail/transport";
import { describe, expect, test } from "vitest";
import { activePair, joined, Pair } from "../../testing/pair.js";
import { ClientConnection, ServerConnection, type ServerSettings } from "../index.js";

const { PROTOCOL_SSL, PROTOCOL_HYBRID, PROTOCOL_HYBRID_EX } = SecurityProtocol;
const { SSL_REQUIRED_BY_SERVER, SSL_NOT_ALLOWED_BY_SERVER } = NegotiationFailureCode;

/** What the server answers to a request; `requestedProtocols` undefined: no negotiation. */
function answer(settings: Partial<ServerSettings>, requestedProtocols: number | undefined) {
  const server = new ServerConnection(settings);
  const negotiation = requestedProtocols === undefined ? undefined : { flags: 0, requestedProtocols };
  const tpdu = { destinationReference: 0, sourceReference: 0, token: undefined, negotiation };
  const outputs = server.receive(ConnectionRequest.encode({ tpdu }), 0);
  const bytes = outputs.flatMap((output) => (output.type === "bytes" ? output.segments : []));
  const { phase } = server.state;
  return { phase, outputs, negotiation: ConnectionConfirm.decode(joined(bytes)).tpdu.negotiation?.message };
}

const both = ["rdp", "tls"] as const;

describe("a server", () => {
  test.each([
    [["rdp"], 0, 0],
    [both, 0, 0],
    [both, PROTOCOL_SSL, PROTOCOL_SSL],
    [["tls"], PROTOCOL_SSL | PROTOCOL_HYBRID, PROTOCOL_SSL],
  ] as const)("that allows %j and is asked for %i chooses %i", (security, requested, selectedProtocol) => {
    const { phase, negotiation } = answer({ security }, requested);
    expect(negotiation).toMatchObject({ type: "response", selectedProtocol });
    expect(phase).toBe(selectedProtocol === 0 ? "settings" : "tls");
  });

  test.each([
    [["rdp"], PROTOCOL_SSL, SSL_NOT_ALLOWED_BY_SERVER],
    [["rdp"], PROTOCOL_HYBRID | PROTOCOL_HYBRID_EX, SSL_NOT_ALLOWED_BY_SERVER],
    [["tls"], PROTOCOL_HYBRID, SSL_REQUIRED_BY_SERVER],
    [both, PROTOCOL_HYBRID | PROTOCOL_HYBRID_EX, SSL_REQUIRED_BY_SERVER],
    [["tls"], 0, SSL_REQUIRED_BY_SERVER],
    [["tls"], undefined, SSL_REQUIRED_BY_SERVER],
  ] as const)("that allows %j and is asked for %i refuses with %i", (security, requested, failureCode) => {
    const { phase, negotiation, outputs } = answer({ security }, requested);
    expect(negotiation).toMatchObject({ type: "failure", failureCode });
    expect(phase).toBe("closed");
    expect(outputs).toContainEqual({ type: "close", because: "no-common-security" });
  });

  test("answers a request without negotiation without one, but for WSLg's clients", () => {
    expect(answer({}, undefined)).toMatchObject({ phase: "settings", negotiation: undefined });
    expect(answer({ compat: "wslg" }, undefined).negotiation).toMatchObject({ type: "response", selectedProtocol: 0 });
  });
});

test("the client is told the failure code", () => {
  const pair = activePair({ security: ["tls"] }, { security: "rdp" });
  expect(pair.of("client", "refused")).toEqual([{ type: "refused", failureCode: SSL_REQUIRED_BY_SERVER }]);
  expect(pair.of("client", "close")).toHaveLength(1);
});

test("bytes after the confirm belong to TLS, and are given back", () => {
  const client = new ClientConnection({ security: "tls" });
  client.command({ type: "connect" }, 0);
  const pair = new Pair({ security: ["tls"] }, { security: "tls" });
  pair.connect();
  pair.deliver("server");
  const outputs = client.receive(joined([pair.wire.client, new Uint8Array([0x16, 3, 1])]), 0);
  expect(outputs).toContainEqual({ type: "startTls", rest: new Uint8Array([0x16, 3, 1]) });
});

test("a client takes no other protocol than the one it asked for", () => {
  const client = new ClientConnection({ security: "tls" });
  client.command({ type: "connect" }, 0);
  const message = { type: "response", flags: 0, selectedProtocol: 0 } as const;
  const tpdu = { destinationReference: 0, sourceReference: 0, negotiation: { message } };
  const outputs = client.receive(ConnectionConfirm.encode({ tpdu }), 0);
  expect(outputs).toContainEqual({ type: "close", because: "no-common-security" });
});
