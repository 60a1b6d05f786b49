import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { syn, type Path } from "../testing/packet.js";
import { data, read, text, type Sent } from "../testing/sending.js";
import { hashOf } from "./connection-key.js";
import { TcpSegment } from "./tcp-segment.js";

describe("many connections", () => {
  const paths = Array.from({ length: 300 }, (_, n): Partial<Path> => ({
    ipVersion: n % 2 === 0 ? 4 : 6,
    clientPort: 40_000 + (n % 7),
    serverPort: 1 + (n % 5),
    clientHost: n % 199,
    serverHost: n % 201,
  }));

  test("are told apart", () => {
    const sent = [0, 1, 2].flatMap((round) =>
      paths.flatMap((path, n) => [
        data(true, 1 + round * 4, `${round}`.padEnd(4, "c"), path),
        data(false, n + round * 4, `${n}`.padEnd(4, "s"), path),
      ]),
    );
    const { connections } = read(sent);
    expect(connections.length).toBe(300);
    connections.forEach(({ c2s, s2c }, n) => {
      expect(c2s.bytes).toEqual(text("0ccc1ccc2ccc"));
      expect(s2c.bytes).toEqual(text(`${n}`.padEnd(4, "s").repeat(3)));
    });
  });

  test("that differ in one field only are told apart, whichever packet comes next", () => {
    const pairs = [0, 1].flatMap((x) => [0, 1].map((y) => [x, y] as const));
    const close = pairs.flatMap(([a, b]) =>
      pairs.flatMap(([c, d]) =>
        ([4, 6] as const).map((ipVersion): Path => ({
          ipVersion,
          clientHost: 1 + a,
          serverHost: 3 + b,
          clientPort: 5000 + c,
          serverPort: 7 + d,
        })),
      ),
    );
    const opened = close.map((path): Sent => ({ fromClient: true, seq: 0, flags: syn, path }));
    const order = fc.shuffledSubarray([...close.keys(), ...close.keys()], { minLength: 64 });
    fc.assert(
      fc.property(order, (indices) => {
        const next = close.map(() => 1);
        const sent = indices.map((index) => {
          const seq = next[index] ?? 0;
          next[index] = 900;
          return data(seq === 900, seq, `${index}`, close[index]);
        });
        read([...opened, ...sent]).connections.forEach(({ c2s, s2c }, index) => {
          expect([s2c.bytes, c2s.bytes.slice(-`${index}`.length)]).toEqual([text(`${index}`), text(`${index}`)]);
        });
      }),
      { numRuns: 50 },
    );
  });

  test("with the same hash are told apart, and stay so when one is removed", () => {
    const seen = new Map<number, Partial<Path>>();
    const segment = new TcpSegment();
    segment.source0 = 0x0a000001;
    segment.destination0 = 0x0a000002;
    const clashes: Partial<Path>[][] = [];
    for (let n = 0; n < 300_000; n += 1) {
      const path = { clientPort: 1 + (n % 60_000), serverPort: 61_000 + Math.floor(n / 60_000) };
      segment.sourcePort = path.clientPort;
      segment.destinationPort = path.serverPort;
      const hash = hashOf(segment);
      const other = seen.get(hash);
      if (other !== undefined) clashes.push([other, path]);
      seen.set(hash, path);
    }
    expect(clashes.length).toBeGreaterThan(0);
    for (const [first = {}, second = {}] of clashes) {
      const sent: Sent[] = [
        { fromClient: true, seq: 0, flags: syn, path: first },
        { fromClient: true, seq: 0, flags: syn, path: second },
        data(true, 1, "1", first),
        data(true, 1, "2", second),
        { fromClient: true, seq: 800, flags: syn, path: first },
        data(true, 801, "3", first),
        { fromClient: true, seq: 800, flags: syn, path: second },
        data(true, 801, "4", second),
        data(true, 802, "5", first),
      ];
      const streams = read(sent).connections.map(({ c2s }) => c2s.bytes);
      expect(streams).toEqual(["1", "2", "35", "4"].map(text));
    }
  });

  test("beyond the limit the one that is silent longest goes", () => {
    const opened = paths.map((path): Sent => ({ fromClient: true, seq: 1, flags: syn, path }));
    const busy = opened.flatMap((open, n) => [open, data(true, 2 + n, "x", { clientPort: 9, serverPort: 8 })]);
    const { connections } = read(busy, { connections: 10 });
    const kept = connections.filter(({ connection }) => connection.server.port === 8);
    expect(kept[0]?.c2s.bytes.length).toBe(300);
    const evicted = connections.filter(({ close }) => close?.how === "evicted");
    expect(evicted.length).toBeGreaterThanOrEqual(290);
    expect(connections.every(({ close }) => close !== undefined)).toBe(true);
  });
});
