import { once } from "node:events";
import { connect, createServer, type AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { compositorEndpoint, HostileClient, seeded, sessionTraffic, type HostileOutput } from "../index.js";

/** As the README does it. */
test("a hostile client says its packets to a server over a socket", async () => {
  const told = new Set<string>();
  const server = createServer((socket) => {
    const under = compositorEndpoint({ mapsSurfaces: "always" });
    socket.on("data", (bytes) => {
      for (const { type, segments = [] } of under.receive(bytes, performance.now())) {
        told.add(type);
        for (const part of segments) socket.write(part);
      }
    });
    socket.on("error", () => undefined);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");

  const input = sessionTraffic(seeded(2), "egfx").messages.filter(({ from }) => from === "client");
  const client = new HostileClient(input);
  const socket = connect({ host: "127.0.0.1", port: (server.address() as AddressInfo).port });
  const write = (outputs: readonly HostileOutput[]): void => {
    for (const output of outputs) {
      if (output.type === "bytes") for (const part of output.segments) socket.write(part);
      else if (output.type === "close") socket.end();
    }
  };
  socket.on("data", (bytes) => write(client.receive(bytes, performance.now())));
  await once(socket, "connect");
  write(client.connect(performance.now()));
  for (let waits = 0; client.openChannels.length === 0 && waits < 500; waits++) await sleep(2);
  while (!client.isDone && !socket.destroyed) {
    await sleep(2);
    write(client.next(performance.now()));
  }
  for (let waits = 0; !told.has("exposed") && waits < 500; waits++) await sleep(2);
  socket.destroy();
  server.close();
  expect([...told]).toEqual(expect.arrayContaining(["clientReady", "pixelPath", "exposed"]));
});
