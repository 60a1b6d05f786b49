import { Utf8Text } from "@railvail/wire";
import { ClosedOutputError, type TextOutput } from "./terminal.js";

/** Bytes after which what was collected is written. */
const block = 64 * 1024;
/** What is written besides a block, mostly: the line that made it full. */
const spare = 16 * 1024;

/** Collects text and writes it in large blocks. */
export class Printer {
  /** Where text can be written at once; {@link ended} has to follow. */
  text = new Utf8Text(block + spare);
  private readonly output: TextOutput;
  private pending: Promise<boolean>[] = [];
  /** Memory of blocks that were taken. */
  private readonly free: Utf8Text[] = [];

  constructor(output: TextOutput) {
    this.output = output;
  }

  /** Adds text, newline included where one is wanted. */
  add(text: string): void {
    this.text.text(text);
    this.ended();
  }

  /** Adds a line. */
  line(text = ""): void {
    this.text.text(text);
    this.text.unit(0x0a);
    this.ended();
  }

  /** A part that is not to be torn has been written. */
  ended(): void {
    if (this.text.length >= block) this.send();
  }

  /**
   * Between two batches: waits until what was sent is taken. Text short of a block waits for more,
   * unless somebody watches.
   */
  async settle(): Promise<void> {
    if (this.output.isTerminal) return this.flush();
    return this.drain();
  }

  private async drain(): Promise<void> {
    const { pending } = this;
    if (pending.length === 0) return;
    this.pending = [];
    const taken = await Promise.all(pending);
    if (taken.includes(false)) throw new ClosedOutputError();
  }

  /** Writes all that was added. Throws {@link ClosedOutputError}. */
  async flush(): Promise<void> {
    if (this.text.length > 0) this.send();
    await this.drain();
  }

  private send(): void {
    const { text, output } = this;
    this.text = this.free.pop() ?? new Utf8Text(block + spare);
    const written = this.write(output, text);
    // A failure is seen at the next settling; until then it is not one that nobody handles.
    written.catch(() => {});
    this.pending.push(written);
  }

  private async write(output: TextOutput, text: Utf8Text): Promise<boolean> {
    const bytes = text.written();
    const taken = await (output.writeBytes?.(bytes) ?? output.write(Buffer.from(bytes).toString()));
    text.length = 0;
    this.free.push(text);
    return taken;
  }
}
