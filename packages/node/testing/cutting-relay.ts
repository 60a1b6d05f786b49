import { createConnection, createServer, type Socket } from "node:net";
import { onTestFinished } from "vitest";
import type { Address } from "../src/index.js";

/** A way to a server on which bytes are passed on in pieces of at most `size`, each for itself. */
export async function cuttingRelay(to: Address, size: number): Promise<Address> {
  const server = createServer((near) => {
    const far = "path" in to ? createConnection(to.path) : createConnection(to.port, to.host);
    pass(near, far, size);
    pass(far, near, size);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  return { host: "127.0.0.1", port: (server.address() as { port: number }).port };
}

function pass(from: Socket, to: Socket, size: number): void {
  let last = Promise.resolve();
  to.setNoDelay(true);
  from.on("data", (bytes) => {
    for (let at = 0; at < bytes.length; at += size) {
      const piece = bytes.subarray(at, at + size);
      last = last.then(() => new Promise((resolve) => void to.write(piece, () => setImmediate(resolve))));
    }
  });
  from.on("end", () => void last.then(() => to.end()));
  from.on("error", () => to.destroy());
}
