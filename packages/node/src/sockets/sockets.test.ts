import { existsSync, lstatSync, readFileSync, statSync } from "node:fs";
import { createServer as createPlainServer, Socket } from "node:net";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, onTestFinished, test } from "vitest";
import { testCertificate } from "../../testing/certificate.js";
import { conduitPair, ended, nextOf, reading, type PairOptions } from "../../testing/conduit-pair.js";
import { temporaryFolder } from "../../testing/temporary.js";
import { connect, ConduitError, listen, type Conduit } from "../index.js";

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const nothing = new Uint8Array(0);

/** The peer says that it will send nothing more, and does not read. */
function endWithoutReading(conduit: Conduit): void {
  const socket = Reflect.get(conduit, "socket") as Socket;
  socket.allowHalfOpen = true;
  socket.end();
}

const places = ["tcp", "unix"] as const;

describe.each(places)("over %s", (place) => {
  test("what is written comes out at the other end, in order, in both directions", async () => {
    const segments = fc.array(fc.array(fc.uint8Array({ maxLength: 3000, size: "max" }), { maxLength: 5 }), {
      maxLength: 5,
    });
    await fc.assert(
      fc.asyncProperty(segments, segments, async (up, down) => {
        const { client, server, stop } = await conduitPair({ place });
        const [atServer, atClient] = [reading(server), reading(client)];
        for (const part of up) client.write(part);
        for (const part of down) server.write(part);
        const total = (parts: Uint8Array[][]) => Buffer.concat(parts.flat());
        await atServer.until(total(up).length);
        await atClient.until(total(down).length);
        expect(Buffer.compare(atServer.bytes, total(up))).toBe(0);
        expect(Buffer.compare(atClient.bytes, total(down))).toBe(0);
        stop();
      }),
      { numRuns: 20 },
    );
  });

  test("what was written before a close arrives, and both ends are closed in order", async () => {
    const { client, server } = await conduitPair({ place });
    const atServer = reading(server);
    reading(client);
    client.write([new Uint8Array(300_000).fill(7)]);
    client.close();
    expect(client.state).toBe("closing");
    expect(await Promise.all([ended(client), ended(server)])).toEqual([undefined, undefined]);
    expect(atServer.bytes.length).toBe(300_000);
    expect([client.state, server.state]).toEqual(["closed", "closed"]);
    client.write([bytesOf("too late")]);
    expect(client.bufferedBytes).toBe(0);
  });

  test("a peer that breaks off is an event, not an exception", async () => {
    const { client, server } = await conduitPair({ place });
    reading(server);
    client.write([bytesOf("x")]);
    client.abort();
    const [mine] = await Promise.all([ended(client), ended(server)]);
    expect(mine).toMatchObject({ name: "ConduitError", fault: "aborted" });
  });

  test("TLS begins in the middle of the stream", async () => {
    const { client, server, certificate } = await conduitPair({ place, tls: true });
    const [atServer, atClient] = [reading(server), reading(client)];
    client.write([bytesOf("hello")]);
    await atServer.until(5);
    server.write([bytesOf("go")]);
    server.startTls(nothing);
    await atClient.until(2);
    client.startTls(nothing);
    // Nothing of this may go out in the clear.
    client.write([bytesOf("sec"), bytesOf("ret")]);
    const [facts] = await Promise.all([nextOf(client, "secured"), nextOf(server, "secured")]);
    expect(facts).toMatchObject({ protocol: "TLSv1.3", fingerprint: certificate.fingerprint });
    server.write([bytesOf("answer")]);
    await Promise.all([atServer.until(11), atClient.until(8)]);
    expect(atServer.text).toBe("hellosecret");
    expect(atClient.text).toBe("goanswer");
    client.close();
    expect(await Promise.all([ended(client), ended(server)])).toEqual([undefined, undefined]);
  });
});

describe("back-pressure", () => {
  test.each([false, true])("a conduit is congested until the peer has read, TLS %s", async (tls) => {
    const { client, server } = await conduitPair({ tls, secured: tls, server: { congestedAt: 100_000 } });
    client.pause();
    const frame = new Uint8Array(4_000_000);
    for (let index = 0; index < 10; index++) server.write([frame]);
    expect(server.congested).toBe(true);
    expect(server.bufferedBytes).toBeGreaterThan(100_000);
    const drained = nextOf(server, "drained");
    const atClient = reading(client);
    client.resume();
    await drained;
    expect(server.congested).toBe(false);
    await atClient.until(10 * frame.length);
    expect(server.bufferedBytes).toBe(0);
  });

  test("more than the limit may wait if the peer reads it in time", async () => {
    const { client, server } = await conduitPair({ server: { maximumBuffered: 1_000_000, readPatience: 10_000 } });
    client.pause();
    server.write([new Uint8Array(7_000_000)]);
    const atClient = reading(client);
    const drained = nextOf(server, "drained");
    client.resume();
    await drained;
    await atClient.until(7_000_000);
    expect(server.state).toBe("open");
    client.pause();
    server.write([new Uint8Array(7_000_000)]);
    expect(server.state).toBe("open");
    client.abort();
    server.abort();
  });

  test("a peer that leaves more than the limit for too long is cut off", async () => {
    const { client, server } = await conduitPair({ server: { maximumBuffered: 1_000_000, readPatience: 30 } });
    client.pause();
    const end = ended(server);
    server.write([new Uint8Array(7_000_000)]);
    expect(server.state).toBe("open");
    expect(await end).toMatchObject({ fault: "overflow" });
    client.abort();
  });

  test("a peer that leaves a multiple of the limit is cut off at once", async () => {
    const { client, server } = await conduitPair({ server: { maximumBuffered: 1_250_000 } });
    client.pause();
    const end = ended(server);
    const frame = new Uint8Array(1_000_000);
    let written = 0;
    while (server.state === "open" && written < 100) {
      server.write([frame]);
      written += 1;
      await new Promise(setImmediate);
    }
    expect(await end).toMatchObject({ fault: "overflow" });
    expect(written).toBeLessThan(40);
    client.abort();
  });

  test.each(["server", "client"] as const)(
    "an end of the %s is not held up by a peer that does not read",
    async (side) => {
      const { client, server } = await conduitPair({ server: { closePatience: 30 } });
      const end = ended(server);
      server.on("received", () => undefined);
      server.write([new Uint8Array(30_000_000)]);
      if (side === "server") server.close();
      else endWithoutReading(client);
      expect(await end).toMatchObject({ fault: "timed-out" });
      client.abort();
    },
  );

  test("segments are not put together", async () => {
    const { client, server } = await conduitPair({});
    const written: unknown[] = [];
    const original = Reflect.get(Socket.prototype, "_writev") as (chunks: { chunk: Uint8Array }[]) => void;
    Reflect.set(Socket.prototype, "_writev", function (this: Socket, ...values: [{ chunk: Uint8Array }[]]) {
      written.push(...values[0].map(({ chunk }) => chunk.buffer));
      Reflect.apply(original, this, values);
    });
    onTestFinished(() => void Reflect.set(Socket.prototype, "_writev", original));
    const segments = [new Uint8Array(10), new Uint8Array(100_000)];
    server.write(segments);
    expect(written).toEqual(segments.map(({ buffer }) => buffer));
    expect(written[1]).toBe(segments[1]?.buffer);
    await reading(client).until(100_010);
  });
});

describe("TLS", () => {
  test("bytes that came before TLS was started are TLS's, however many they are", async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 200 }), fc.boolean(), async (count, waits) => {
        const { client, server, stop } = await conduitPair({ tls: true });
        // The machine was given the first bytes of the handshake together with what came before.
        const taken: Uint8Array[] = [];
        const off = server.on("received", (bytes) => {
          taken.push(bytes);
          const all = Buffer.concat(taken);
          if (waits && all.length < count) return;
          off();
          server.startTls(all);
          // Who listens during the handshake gets none of its bytes.
          server.on("received", () => undefined);
        });
        client.startTls(nothing);
        const bothSecured = Promise.all([nextOf(client, "secured"), nextOf(server, "secured")]);
        const atServer = reading(server);
        await bothSecured;
        client.write([new Uint8Array(count)]);
        const before = Buffer.concat(taken).length;
        await atServer.until(before + count);
        expect(atServer.bytes.length).toBe(before + count);
        stop();
      }),
      { numRuns: 10 },
    );
  });

  const secure = async (options: PairOptions) => {
    const { client, server } = await conduitPair({ tls: true, ...options });
    reading(server);
    const outcome = Promise.race([nextOf(client, "secured").then(() => "secured"), ended(client)]);
    const other = ended(server);
    server.startTls(nothing);
    client.startTls(nothing);
    return { outcome: await outcome, client, server, other };
  };

  test("the pinned certificate is believed, in any notation", async () => {
    const { fingerprint } = await testCertificate();
    const colons = fingerprint.toUpperCase().replaceAll(/(..)(?=.)/g, "$1:");
    expect((await secure({ client: { tls: { trust: { fingerprint: colons } } } })).outcome).toBe("secured");
  });

  test("another certificate than the pinned one is refused, and the error says which it was", async () => {
    const { outcome, other } = await secure({ client: { tls: { trust: { fingerprint: "00".repeat(32) } } } });
    const { fingerprint } = await testCertificate();
    expect(outcome).toMatchObject({ fault: "certificate", message: expect.stringContaining(fingerprint) as string });
    await other;
  });

  test("a certificate that nobody signed is refused where it is to be verified", async () => {
    const { outcome, other } = await secure({ client: { tls: { trust: "verify" } } });
    expect(outcome).toMatchObject({ fault: "certificate", code: "DEPTH_ZERO_SELF_SIGNED_CERT" });
    await other;
  });

  test("one that a given authority signed is believed for its name", async () => {
    const { certificate } = await testCertificate();
    const tls = { trust: "verify", authorities: [certificate] } as const;
    expect((await secure({ client: { tls } })).outcome).toBe("secured");
  });

  test("keys are logged at both ends where SSLKEYLOGFILE asks for it", async () => {
    const path = join(temporaryFolder(), "keys.txt");
    process.env["SSLKEYLOGFILE"] = path;
    onTestFinished(() => void delete process.env["SSLKEYLOGFILE"]);
    await conduitPair({ tls: true, secured: true });
    const lines = readFileSync(path, "utf8").trim().split("\n");
    const secrets = lines.filter((line) => line.startsWith("CLIENT_TRAFFIC_SECRET_0 "));
    expect(secrets).toHaveLength(2);
    expect(secrets[0]).toBe(secrets[1]);
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  test("a client that does not speak TLS is an event", async () => {
    const { client, server } = await conduitPair({ tls: true });
    server.startTls(nothing);
    reading(client);
    client.write([bytesOf("GET / HTTP/1.0\r\n\r\n".repeat(20))]);
    const ends = await Promise.all([ended(server), ended(client)]);
    expect(ends[0]).toMatchObject({ fault: "tls" });
  });

  test("a server that does not speak TLS is an event", async () => {
    const { client, server } = await conduitPair({ tls: true });
    reading(server);
    client.startTls(nothing);
    server.write([bytesOf("this is not TLS at all")]);
    const ends = await Promise.all([ended(client), ended(server)]);
    expect(ends[0]).toMatchObject({ fault: "tls" });
  });

  test.each(["server", "client"] as const)("a %s waits for the handshake no longer than it was told", async (side) => {
    const pair = await conduitPair({ tls: true, [side]: { handshakePatience: 20 } });
    pair[side].startTls(nothing);
    const other = side === "server" ? pair.client : pair.server;
    reading(other);
    const ends = await Promise.all([ended(pair[side]), ended(other)]);
    expect(ends[0]).toMatchObject({ fault: "timed-out" });
  });

  test("a peer that goes away during the handshake is an event", async () => {
    const { client, server } = await conduitPair({ tls: true });
    server.startTls(nothing);
    client.close();
    expect(await ended(server)).toMatchObject({ fault: "reset" });
  });

  test("without a certificate TLS cannot be started, and starting it twice ends the stream", async () => {
    const plain = await conduitPair({});
    plain.server.startTls(nothing);
    expect(await ended(plain.server)).toMatchObject({ fault: "tls" });
    const twice = await conduitPair({ tls: true });
    twice.server.startTls(nothing);
    twice.server.startTls(nothing);
    expect(await ended(twice.server)).toMatchObject({ fault: "tls" });
  });

  test("a key that does not fit is refused at once", async () => {
    const { certificate } = await testCertificate();
    const listening = listen({ host: "127.0.0.1", port: 0 }, { tls: { key: "no key", certificate } }, () => undefined);
    await expect(listening).rejects.toMatchObject({ fault: "certificate" });
  });
});

describe("addresses", () => {
  test("where nobody listens there is a typed error", async () => {
    const socket = createPlainServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => socket.once("listening", resolve));
    const { port } = socket.address() as { port: number };
    await new Promise((resolve) => socket.close(resolve));
    const refused = connect({ host: "127.0.0.1", port });
    await expect(refused).rejects.toBeInstanceOf(ConduitError);
    await expect(refused).rejects.toMatchObject({ fault: "refused", message: `nobody listens at 127.0.0.1:${port}` });
    const missing = connect({ path: join(temporaryFolder(), "none") });
    await expect(missing).rejects.toMatchObject({ fault: "not-found" });
  });

  test("an address is given to one program at a time", async () => {
    const path = join(temporaryFolder(), "socket");
    const first = await listen({ path }, {}, () => undefined);
    await expect(listen({ path }, {}, () => undefined)).rejects.toMatchObject({ fault: "in-use" });
    expect(lstatSync(path).mode & 0o777).toBe(0o600);
    first.close();
    expect(existsSync(path)).toBe(false);
    const tcp = await listen({ host: "127.0.0.1", port: 0 }, {}, () => undefined);
    await expect(listen(tcp.address, {}, () => undefined)).rejects.toMatchObject({ fault: "in-use" });
    tcp.close();
  });

  test("more clients than allowed are turned away", async () => {
    const accepted: Conduit[] = [];
    const { address, close } = await listen({ host: "127.0.0.1", port: 0 }, { maximumConnections: 1 }, (one) => {
      accepted.push(one);
      reading(one);
    });
    const first = await connect(address);
    const second = await connect(address);
    reading(second);
    await ended(second);
    expect(accepted).toHaveLength(1);
    expect(first.state).toBe("open");
    first.abort();
    close();
  });
});
