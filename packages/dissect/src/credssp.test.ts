import { EarlyUserAuthorizationResult, SecurityProtocol, TsRequest } from "@railvail/transport";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bytesOf, concat, connectionConfirm, fastPath, opening, sendData } from "../testing/session-bytes.js";
import { Watched } from "../testing/watch.js";

const { PROTOCOL_HYBRID, PROTOCOL_HYBRID_EX, PROTOCOL_SSL } = SecurityProtocol;
const { c2s: initial, s2c: response } = opening();
const message = (...fields: TsRequest["fields"][number]["field"][]): Uint8Array =>
  TsRequest.encode({ fields: [{ type: "version", version: 6 } as const, ...fields].map((field) => ({ field })) });
const tokens = (size: number): Uint8Array =>
  message({ type: "negoTokens", negoTokens: [{ token: { negoToken: new Uint8Array(size).fill(3) } }] });
const keys = message({ type: "pubKeyAuth", pubKeyAuth: new Uint8Array(200).fill(7) });
const credentials = message({ type: "authInfo", authInfo: new Uint8Array(90).fill(9) });
const result = (authorizationResult: number): Uint8Array =>
  EarlyUserAuthorizationResult.encode({ authorizationResult });

/** What the client and the server send inside TLS, and then the first packets of RDP. */
const client = concat(tokens(40), keys, credentials, initial);
const server = (...end: Uint8Array[]): Uint8Array => concat(tokens(300), keys, ...end, response);
const deactivate = sendData("s2c", 1003, bytesOf("0600 1600 ea03"));

const shown = {
  client: ["credssp TSRequest", "credssp TSRequest", "credssp TSRequest", "mcs MCS_CONNECT_INITIAL"],
  server: ["credssp TSRequest", "credssp TSRequest", "mcs MCS_CONNECT_RESPONSE"],
  result: "credssp EARLY_USER_AUTHORIZATION_RESULT_PDU",
};
const withResult = [...shown.server.slice(0, 2), shown.result, ...shown.server.slice(2)];

/** Each direction by itself, in packets of these sizes. */
function sent(watched: Watched, direction: "c2s" | "s2c", stream: Uint8Array, size: number): string[] {
  for (let at = 0; at < stream.length; at += size) watched.send(direction, stream.slice(at, at + size));
  return watched.taken();
}
const size = fc.oneof(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 13, max: 2000 }));

describe("CredSSP", () => {
  test("its messages come before RDP, however the stream is cut", () => {
    fc.assert(
      fc.property(size, (step) => {
        const watched = new Watched().send("s2c", connectionConfirm(PROTOCOL_HYBRID));
        watched.taken();
        expect(sent(watched, "c2s", client, step)).toEqual(shown.client);
        expect(sent(watched, "s2c", concat(server(), deactivate), step)).toEqual([
          ...shown.server,
          "mcs/io TS_DEACTIVATE_ALL_PDU",
        ]);
      }),
      { numRuns: 40 },
    );
  });

  test("with HYBRID_EX the server says at the end whether the user may log on", () => {
    fc.assert(
      fc.property(size, fc.constantFrom(0, 5, 0x52e), (step, code) => {
        const watched = new Watched().send("s2c", connectionConfirm(PROTOCOL_HYBRID_EX));
        watched.taken();
        expect(sent(watched, "c2s", client, step)).toEqual(shown.client);
        for (let at = 0, stream = server(result(code)); at < stream.length; at += step) {
          watched.send("s2c", stream.slice(at, at + step));
        }
        expect(watched.lines.find(({ name }) => name.startsWith("EARLY"))?.value).toEqual({
          authorizationResult: code,
        });
        expect(watched.taken()).toEqual(withResult);
      }),
      { numRuns: 40 },
    );
  });

  test("a refusal is the last thing that comes", () => {
    const failed = message({ type: "errorCode", errorCode: 0xc000_006d });
    const watched = new Watched().send("s2c", connectionConfirm(PROTOCOL_HYBRID_EX), failed, result(5)).end();
    expect(watched.taken()).toEqual(["x224 X224_CCF", "credssp TSRequest", shown.result]);
  });

  test("the fields are those of the declaration, and a refused message says why", () => {
    const watched = new Watched().send("s2c", connectionConfirm(PROTOCOL_HYBRID)).send("c2s", tokens(3));
    expect(watched.lines.at(-1)?.value).toMatchObject({
      fields: [{ field: { version: 6 } }, { field: { negoTokens: [{ token: { negoToken: bytesOf("030303") } }] } }],
    });
    watched.send("c2s", bytesOf("3005 a003 020206"));
    expect(watched.lines.at(-1)).toMatchObject({ path: "credssp", trouble: "undecodable" });
  });

  test("without CredSSP a packet may begin like its messages", () => {
    const events = concat([0x30, 14], new Uint8Array(12).fill(0x60));
    const watched = new Watched().send("s2c", connectionConfirm(PROTOCOL_SSL)).send("c2s", events);
    expect(watched.taken().slice(1)).toEqual(Array.from({ length: 12 }, () => "fastpath-in TS_FP_INPUT_EVENT"));
    const later = new Watched().send("s2c", connectionConfirm(PROTOCOL_HYBRID)).send("c2s", initial, events);
    expect(later.taken().slice(2)).toEqual(Array.from({ length: 12 }, () => "fastpath-in TS_FP_INPUT_EVENT"));
  });
});

describe("CredSSP whose beginning is missing", () => {
  test("its messages are known by themselves, and RDP goes on", () => {
    fc.assert(
      fc.property(size, (step) => {
        const watched = new Watched(true);
        expect(sent(watched, "c2s", client, step)).toEqual(shown.client);
        expect(sent(watched, "s2c", server(result(0)), step)).toEqual(withResult);
        const plain = new Watched(true);
        expect(sent(plain, "s2c", server(), step)).toEqual(shown.server);
      }),
      { numRuns: 40 },
    );
  });

  test("in the middle of a message: the rest of it is skipped", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: keys.length - 1 }), size, (at, step) => {
        const watched = new Watched(true);
        const lines = sent(watched, "c2s", concat(keys.subarray(at), credentials, initial), step);
        expect(lines).toEqual(["stream skipped!", ...shown.client.slice(-2)]);
      }),
      { numRuns: 40 },
    );
  });

  test("packets lost between the negotiation and the first MCS PDU", () => {
    const watched = new Watched().send("s2c", connectionConfirm(PROTOCOL_HYBRID_EX)).send("c2s", tokens(40));
    watched.gap("c2s").send("c2s", keys.subarray(100), credentials, initial);
    expect(watched.taken().slice(2)).toEqual(["stream skipped!", ...shown.client.slice(-2)]);
    const lost = new Watched().gap("s2c").send("s2c", tokens(300), keys, result(0), response);
    expect(lost.taken()).toEqual(withResult);
  });

  test("an RDP session is read as ever", () => {
    const update = fastPath({ updateCode: 1, fragmentation: 0, compression: 0, updateData: new Uint8Array(4) });
    const watched = new Watched(true).send("s2c", update, update, update, deactivate);
    expect(watched.taken().at(-1)).toBe("mcs/io TS_DEACTIVATE_ALL_PDU");
    const events = concat([0x30, 14], new Uint8Array(12).fill(0x60));
    watched.send("c2s", events, events, events);
    expect(watched.taken()).toEqual(Array.from({ length: 36 }, () => "fastpath-in TS_FP_INPUT_EVENT"));
  });
});
