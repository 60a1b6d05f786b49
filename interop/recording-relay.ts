import { createConnection, createServer, type AddressInfo, type Server, type Socket } from "node:net";
import { PcapngWriter, StreamRecorder } from "@railvail/capture";

const firstClientPort = 50_000;

/** Stands between a client and a server of another process, and records what passes: also TLS, as it is. */
export class RecordingRelay {
  private readonly writer = new PcapngWriter();
  private readonly blocks: Uint8Array[] = [this.writer.start()];
  private readonly sockets = new Set<Socket>();
  private readonly server: Server;
  private connections = 0;

  private constructor(serverPort: number) {
    this.server = createServer((client) => this.join(client, createConnection(serverPort, "127.0.0.1"), serverPort));
  }

  /** Listens before a server on this machine. */
  static async before(serverPort: number): Promise<RecordingRelay> {
    const relay = new RecordingRelay(serverPort);
    await new Promise<void>((resolve) => relay.server.listen(0, "127.0.0.1", resolve));
    return relay;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** The file so far. */
  get recording(): Buffer {
    return Buffer.concat(this.blocks);
  }

  stop(): void {
    this.server.close();
    for (const socket of this.sockets) socket.destroy();
  }

  private join(client: Socket, server: Socket, serverPort: number): void {
    const address = "127.0.0.1";
    const recorder = new StreamRecorder(this.writer, {
      client: { address, port: firstClientPort + this.connections++ },
      server: { address, port: serverPort },
    });
    this.keep(recorder.open(time()));
    const pass = (from: Socket, to: Socket, direction: "c2s" | "s2c"): void => {
      this.sockets.add(from);
      from.on("data", (bytes) => {
        this.keep(recorder.data(direction, bytes, time()));
        to.write(bytes);
      });
      from.on("end", () => to.end());
      from.on("error", () => to.destroy());
      from.on("close", () => this.sockets.delete(from));
    };
    pass(client, server, "c2s");
    pass(server, client, "s2c");
  }

  /** What is recorded may be used again by the socket. */
  private keep(blocks: readonly Uint8Array[]): void {
    for (const block of blocks) this.blocks.push(block.slice());
  }
}

const time = (): bigint => BigInt(Date.now()) * 1_000_000n;
