import { PcapngWriter, StreamRecorder } from "@railvail/capture";
import { Compositor, type CompositorOutput, type CompositorPeer } from "@railvail/session";

const ends = { client: { address: "127.0.0.1" }, server: { address: "127.0.0.1", port: 3389 } } as const;
const firstClientPort = 50_000;

/**
 * A compositor that records its connections as they are above TLS: what comes in and what goes out,
 * in one pcapng file.
 */
export class RecordedCompositor extends Compositor {
  private readonly writer = new PcapngWriter();
  private readonly blocks: Uint8Array[] = [this.writer.start()];
  private readonly recorders = new Map<CompositorPeer, StreamRecorder>();

  /** The file so far. */
  get recording(): Buffer {
    return Buffer.concat(this.blocks);
  }

  override accept(now: number): CompositorPeer {
    const peer = super.accept(now);
    const client = { ...ends.client, port: firstClientPort + this.recorders.size };
    const recorder = new StreamRecorder(this.writer, { client, server: ends.server });
    this.recorders.set(peer, recorder);
    this.keep(recorder.open(time()));
    const receive = peer.receive.bind(peer);
    peer.receive = (bytes, at) => {
      this.keep(recorder.data("c2s", bytes, time()));
      receive(bytes, at);
    };
    const closed = peer.closed.bind(peer);
    peer.closed = (at) => {
      this.keep(recorder.close(time()));
      closed(at);
    };
    return peer;
  }

  override flush(now: number): CompositorOutput[] {
    const outputs = super.flush(now);
    for (const output of outputs) {
      if (output.type !== "bytes") continue;
      const recorder = this.recorders.get(output.peer);
      for (const segment of output.segments) this.keep(recorder?.data("s2c", segment, time()) ?? []);
    }
    return outputs;
  }

  /** What is recorded may be used again by the compositor. */
  private keep(blocks: readonly Uint8Array[]): void {
    for (const block of blocks) this.blocks.push(block.slice());
  }
}

const time = (): bigint => BigInt(Date.now()) * 1_000_000n;
