import type { Message } from "@railvail/dissect";
import type { ExtractKind } from "./extract-options.js";
import type { ExtractReport } from "./extract-report.js";
import type { OutputFolder } from "./output-folder.js";

/** What an extractor works with. */
export interface ExtractContext {
  readonly folder: OutputFolder;
  readonly report: ExtractReport;
}

/** Takes one kind of things out of the messages of all connections. */
export interface Extractor {
  readonly kind: ExtractKind;
  /** The channels whose messages it wants. */
  readonly channels: readonly string[];
  /** Whether it would use a message that cannot be read; all of its channels if absent. */
  wants?(message: Message): boolean;
  /** The next message, which was decoded without trouble. Its bytes are valid until this returns. */
  message(message: Message): void;
  /** Bytes of a connection are missing. */
  lost?(connection: number): void;
  /** No more messages come. */
  finish(): void;
}
