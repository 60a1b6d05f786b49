import {
  EnhancedServerRedirection,
  LicenseErrorMessage,
  LicenseRequest,
  NewLicense,
  PlatformChallenge,
  UpgradeLicense,
} from "@railvail/transport";
import { generate, type Pdu } from "@railvail/wire";
import { describe, expect, test } from "vitest";
import { activePair, type Pair } from "../../testing/pair.js";
import { broken, data, hand } from "../../testing/sent-bytes.js";

const lowest = { int: (low: number) => low };
/** A message of the server with nothing in it. */
const smallest = (pdu: Pdu): Uint8Array =>
  pdu.encode({ ...(generate(pdu, lowest) as Record<string, unknown>), flags: 0x80 });

/** The client waits for the end of licensing; the server's part is played by the test. */
function licensing(): [Pair, (bytes: Uint8Array) => void] {
  const pair = activePair({ logon: "ask" });
  return [pair, (bytes) => hand(pair, "client", data("server", pair.client.state.ioChannelId, bytes))];
}

/** What the client sent last, if it is a licensing error. */
const lastAnswer = ({ wire }: Pair): LicenseErrorMessage => LicenseErrorMessage.decode(wire.server.subarray(-20));

describe("a client whose server issues licences", () => {
  test("says that it has none, and goes on if the server does", () => {
    const [pair, receive] = licensing();
    receive(smallest(LicenseRequest));
    expect(lastAnswer(pair)).toMatchObject({ errorCode: 1, stateTransition: 1 });
    receive(smallest(PlatformChallenge));
    expect(broken(pair, "client")).toEqual(["license-required", "license-required"]);
    expect(pair.client.state.phase).toBe("logon");
    pair.take("server", pair.server.command({ type: "accept" }, 0));
    pair.wire.server = new Uint8Array(0);
    pair.settle();
    expect(pair.client.state.phase).toBe("active");
  });

  test.each([
    ["a new licence", NewLicense],
    ["an upgraded licence", UpgradeLicense],
  ] as [string, Pdu][])("takes %s as the end of licensing", (_name, pdu) => {
    const [pair, receive] = licensing();
    receive(smallest(LicenseRequest));
    receive(smallest(pdu));
    expect(pair.client.state.phase).toBe("capabilities");
  });

  test("gives up when the server does, with a rule that says why", () => {
    const [pair, receive] = licensing();
    receive(
      LicenseErrorMessage.encode({
        flags: 0x80,
        flagsHi: 0,
        preambleVersion: 3,
        extendedErrorSupported: 0,
        errorCode: 6,
        stateTransition: 1,
        errorInfo: { blobType: 4, data: new Uint8Array(0) },
      }),
    );
    expect(pair.of("client", "close")).toEqual([{ type: "close", because: "license-refused" }]);
  });

  test("gives up when the server says no more", () => {
    const [pair, receive] = licensing();
    receive(smallest(LicenseRequest));
    pair.take("client", pair.client.tick(30_001));
    expect(pair.of("client", "close")).toEqual([{ type: "close", because: "timed-out" }]);
  });
});

test("a client is told where it is to connect instead", () => {
  const pair = activePair();
  const serverRedirectionPdu = { sessionId: 4, redirFlags: 0, targetNetAddress: "192.0.2.7", userName: "ann" };
  const value = { pduSource: 1002, serverRedirectionPdu };
  hand(pair, "client", data("server", pair.client.state.ioChannelId, EnhancedServerRedirection.encode(value)));
  expect(pair.of("client", "redirected")).toMatchObject([{ target: { targetNetAddress: "192.0.2.7", sessionId: 4 } }]);
  expect(pair.client.state.phase).toBe("active");
  expect(pair.violations).toEqual([]);
});
