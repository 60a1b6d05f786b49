import { UsageError } from "@railvail/command-line";
import type { FieldOf } from "../filter/operand.js";
import { resolveName } from "../filter/resolve.js";
import { catalogue, packageNames, type DeclaredMessage } from "./catalogue.js";
import type { Field } from "./field.js";
import { fieldsOf } from "./message-fields.js";
import { fullName, messageNames, messagesIn, messagesNamed, plainName } from "./message-names.js";
import { suggestion } from "./nearest.js";

/** A message with those of its fields that were asked for. */
export interface Selected {
  readonly message: DeclaredMessage;
  readonly fields: readonly Field[];
  /** The message itself was asked for. */
  readonly named: boolean;
}

/** What a pattern asks for. */
export interface Selection {
  /** Messages were named: they are shown in full. */
  readonly full: boolean;
  readonly of: readonly Selected[];
}

const whole = (messages: readonly DeclaredMessage[]): readonly Selected[] =>
  messages.map((message) => ({ message, fields: fieldsOf(message.pdu), named: true }));

/**
 * All fields; those of a message or of a package that is named; those that a filter would find
 * by this name; or else those whose names, or whose message's names, have the pattern in them, in
 * either case of letters.
 *
 * @throws UsageError if there is none
 */
export function selectFields(pattern: string | undefined): Selection {
  if (pattern === undefined) return { full: false, of: whole(catalogue) };
  const named = messagesNamed(pattern);
  if (named.length > 0) return { full: true, of: whole(named) };
  const group = messagesIn(pattern);
  if (group.length > 0) return { full: false, of: whole(group) };
  const operand = resolveName(pattern);
  if (operand.kind === "fields") return { full: false, of: byMessage(operand.of) };
  const wanted = pattern.toLowerCase();
  const has = (text: string): boolean => text.toLowerCase().includes(wanted);
  const of = catalogue.flatMap((message) => {
    const { pdu } = message;
    if (has(fullName(message)) || has(pdu.name)) return whole([message]);
    const fields = fieldsOf(pdu).filter(({ path }) => has(`${fullName(message)}.${path}`));
    return fields.length === 0 ? [] : [{ message, fields, named: false }];
  });
  if (of.length > 0) return { full: false, of };
  const names = [...messageNames, ...packageNames, ...catalogue.flatMap(fieldNames)];
  throw new UsageError(`no message and no field has '${pattern}' in its name${suggestion(pattern, names)}`);
}

/** Fields, those of a message together. */
function byMessage(fields: readonly FieldOf[]): readonly Selected[] {
  const found = new Map<DeclaredMessage, Field[]>();
  for (const { message, field } of fields) {
    const those = found.get(message);
    if (those === undefined) found.set(message, [field]);
    else those.push(field);
  }
  return [...found].map(([message, those]) => ({ message, fields: those, named: false }));
}

/** Names of fields as they are written in a filter, and the last parts of them. */
const fieldNames = (message: DeclaredMessage): readonly string[] =>
  fieldsOf(message.pdu).flatMap(({ path }) => [`${plainName(message)}.${path}`, path.slice(path.lastIndexOf(".") + 1)]);
