import type { Message } from "@railvail/dissect";
import type { Pdu } from "@railvail/wire";
import { channelOf } from "../channels.js";
import type { Checked } from "./check.js";
import type { Operand } from "./operand.js";
import type { ValueTest } from "./value-test.js";

/**
 * The messages that somebody asks for by name. A message that carries others is shown if it is
 * one of them: by its own name or that of a field of it, or by `name ==`, `channel ==` or
 * `path ==` (or `in`) with what it has; what stands after `not` is not asked for.
 */
export class Named {
  private readonly pdus = new Set<Pdu>();
  private readonly words = { name: new Set<string>(), channel: new Set<string>(), path: new Set<string>() };

  /** Adds what a filter names. */
  addFilter(checked: Checked): void {
    switch (checked.kind) {
      case "and":
      case "or":
        for (const one of checked.of) this.addFilter(one);
        return;
      case "not":
        return this.addNegated(checked.of);
      case "truth":
        return;
      case "messages":
        for (const pdu of checked.pdus) this.pdus.add(pdu);
        return;
      case "fields":
        for (const { message } of checked.of) this.pdus.add(message.pdu);
        return;
      case "meta":
        if (checked.meta in this.words) {
          for (const word of wordsOf(checked.test)) this.words[checked.meta as keyof typeof this.words].add(word);
        }
    }
  }

  /** Adds what a name stands for. */
  addOperand(operand: Operand): void {
    if (operand.kind === "messages") for (const { pdu } of operand.of) this.pdus.add(pdu);
    if (operand.kind === "fields") for (const { message } of operand.of) this.pdus.add(message.pdu);
  }

  has(message: Message): boolean {
    const { pdus, words } = this;
    if (message.pdu !== undefined && pdus.has(message.pdu)) return true;
    return words.channel.has(channelOf(message)) || words.path.has(message.path) || words.name.has(message.name);
  }

  /** What stands after `not`: what is negated twice is asked for. */
  private addNegated(checked: Checked): void {
    if (checked.kind === "not") return this.addFilter(checked.of);
    if (checked.kind === "and" || checked.kind === "or") for (const one of checked.of) this.addNegated(one);
  }
}

/** The texts that something must be equal to. */
function wordsOf(test: ValueTest): readonly string[] {
  const values =
    test.kind === "in" ? test.values : test.kind === "compare" && test.comparison === "==" ? [test.value] : [];
  return values.filter((value) => typeof value === "string");
}
