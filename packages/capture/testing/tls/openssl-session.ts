/** A session between `openssl s_client` and Node's server over loopback, through a recording proxy. */
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { connect, createServer, type AddressInfo, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createServer as createTlsServer } from "node:tls";
import { certificate } from "./certificate.js";
import type { Chunk } from "./live-session.js";

export const hasOpenssl = spawnSync("openssl", ["version"]).status === 0;

const listen = async (server: Server): Promise<number> => {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return (server.address() as AddressInfo).port;
};

/**
 * The client sends the lines, one after the other; the server echoes them. A line `k` or `K` is
 * not sent but makes the client update its keys; after `K` the server does as well.
 */
export async function opensslSession(lines: readonly string[]): Promise<{ chunks: Chunk[]; keyLog: string }> {
  const chunks: Chunk[] = [];
  const folder = mkdtempSync(join(tmpdir(), "tls-session-"));
  const server = createTlsServer({ ...certificate("ec"), minVersion: "TLSv1.3" }, (socket) => {
    socket.on("error", () => socket.destroy());
    socket.on("data", (bytes: Buffer) => socket.write(bytes));
  });
  const port = await listen(server);
  const proxy = createServer((near) => {
    const far = connect(port, "127.0.0.1");
    for (const [direction, from, to] of [
      ["c2s", near, far],
      ["s2c", far, near],
    ] as const) {
      from.on("data", (bytes) => {
        chunks.push({ direction, bytes });
        to.write(bytes);
      });
      from.on("close", () => to.destroy());
      from.on("error", () => to.destroy());
    }
  });
  const proxyPort = await listen(proxy);
  const keyLogPath = join(folder, "keys");
  try {
    const client = spawn("openssl", [
      "s_client",
      "-connect",
      `127.0.0.1:${proxyPort}`,
      "-keylogfile",
      keyLogPath,
      "-tls1_3",
    ]);
    let output = "";
    const said = (text: string): Promise<void> =>
      new Promise((resolve, reject) => {
        const check = (bytes?: Buffer): void => {
          output += bytes?.toString("latin1") ?? "";
          const at = output.indexOf(text);
          if (at < 0) return;
          output = output.slice(at + text.length);
          client.stdout.off("data", check);
          client.stderr.off("data", check);
          resolve();
        };
        client.stdout.on("data", check);
        client.stderr.on("data", check);
        client.once("close", () => reject(new Error(`openssl ended before it said ${text}`)));
        check();
      });
    const closed = once(client, "close");
    await said("---\n");
    for (const line of lines) {
      client.stdin.write(`${line}\n`);
      await said(line.toUpperCase() === "K" ? "KEYUPDATE\n" : `${line}\n`);
    }
    client.stdin.end("Q\n");
    await closed;
    return { chunks, keyLog: readFileSync(keyLogPath, "latin1") };
  } finally {
    proxy.close();
    server.close();
    rmSync(folder, { recursive: true });
  }
}
