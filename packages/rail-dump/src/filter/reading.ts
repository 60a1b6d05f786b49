import type { Message } from "@railvail/dissect";
import type { FieldSpan } from "@railvail/wire";

/** What one filter remembers from message to message. */
export class Reading {
  /** Nanoseconds since 1970 from which times count; undefined until something is known. */
  first: bigint | undefined;
  private message: Message | undefined;
  private fields: readonly FieldSpan[] = [];

  /** The spans of a message. Several fields may be looked for in the same one. */
  spans(message: Message): readonly FieldSpan[] {
    if (this.message !== message) {
      this.message = message;
      this.fields = message.inspect()?.fields ?? [];
    }
    return this.fields;
  }
}
