import { describe, expect, test } from "vitest";
import { ack, syn, type Path } from "../testing/packet.js";
import { data, only, read, text, type Sent } from "../testing/sending.js";

describe("who the client is", () => {
  const odd: Partial<Path> = { clientPort: 1000, serverPort: 2000 };

  test("the sender of the SYN, whatever the ports say", () => {
    const path = { clientPort: 3389, serverPort: 60_000 };
    const got = only(read([{ fromClient: true, seq: 1, flags: syn, path }]));
    expect(got.connection).toMatchObject({ startMissing: false });
    expect(got.connection.client).toEqual({ address: "10.0.0.1", port: 3389 });
    expect(got.connection.server).toEqual({ address: "10.0.0.2", port: 60_000 });
  });

  test("the receiver of the SYN+ACK, and then nothing is missing", () => {
    const sent: Sent[] = [
      { fromClient: false, seq: 499, ack: 100, flags: syn | ack, path: odd },
      data(true, 103, "def", odd),
      data(true, 100, "abc", odd),
    ];
    const got = only(read(sent));
    expect(got.connection.client.port).toBe(1000);
    expect(got.connection.startMissing).toBe(false);
    expect(got.c2s.bytes).toEqual(text("abcdef"));
  });

  test("the side without port 3389", () => {
    const path = { clientPort: 1000, serverPort: 3389 };
    const got = only(read([data(false, 1, "x", path), data(true, 1, "y", path)]));
    expect(got.connection).toMatchObject({ client: { port: 1000 }, startMissing: true });
    expect([got.c2s.bytes, got.s2c.bytes]).toEqual([text("y"), text("x")]);
    const swapped = { clientPort: 3389, serverPort: 60_000 };
    expect(only(read([data(true, 1, "x", swapped)])).connection.client.port).toBe(60_000);
  });

  test("the side of the X.224 connection request", () => {
    const tpdu = (code: number): Uint8Array => Uint8Array.of(3, 0, 0, 11, 6, code, 0, 0, 0, 0, 0);
    const asked = only(read([{ fromClient: true, seq: 1, flags: ack, payload: tpdu(0xe0), path: odd }]));
    expect(asked.connection.client.port).toBe(1000);
    const told = only(read([{ fromClient: false, seq: 1, flags: ack, payload: tpdu(0xd0), path: odd }]));
    expect(told.connection.client.port).toBe(1000);
  });

  test("the side with the higher port", () => {
    expect(only(read([data(true, 1, "x", odd)])).connection.client.port).toBe(2000);
    expect(only(read([data(false, 1, "x", odd)])).connection.client.port).toBe(2000);
  });
});
