import type { TextOutput } from "./terminal.js";

/** Milliseconds before progress is shown, and between two times that it is. */
const patience = 1000;
const interval = 250;

const clearLine = "\r\u001b[K";

/** Says on a terminal how far the reading is, if it takes long. */
export class Progress {
  private readonly output: TextOutput;
  private readonly enabled: boolean;
  private readonly started = Date.now();
  private next: number;
  private bytes = 0;
  private shown = false;

  constructor(output: TextOutput, enabled: boolean) {
    this.output = output;
    this.enabled = enabled;
    this.next = this.started + patience;
  }

  /** Counts the bytes of a file as they are read. */
  async *counted(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
    for await (const chunk of chunks) {
      this.bytes += chunk.length;
      yield chunk;
    }
  }

  /** To be called now and then. */
  update(messages: number): void {
    if (!this.enabled) return;
    const now = Date.now();
    if (now < this.next) return;
    this.next = now + interval;
    this.shown = true;
    const read = (this.bytes / 1_000_000).toFixed(1);
    const seconds = ((now - this.started) / 1000).toFixed(0);
    void this.output.write(`${clearLine}${read} MB read, ${messages} messages, ${seconds} s`);
  }

  /** Takes the progress line away. */
  clear(): void {
    if (!this.shown) return;
    this.shown = false;
    void this.output.write(clearLine);
  }
}
