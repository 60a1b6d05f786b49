import { catalogue, packageNames, type DeclaredMessage } from "../dictionary/catalogue.js";
import { findFields } from "../dictionary/find-fields.js";
import { fieldsOf } from "../dictionary/message-fields.js";
import { messageNames, messagesIn, messagesNamed } from "../dictionary/message-names.js";
import { listed, nearestNames, suggestion } from "../dictionary/nearest.js";
import { isMeta, metaNames } from "./meta-names.js";
import type { FieldOf, Operand } from "./operand.js";
import { wiresharkNames } from "./wireshark-names.js";

/** A name that stands for nothing; `at` and `end` are of the part that is wrong. */
export interface Unresolved {
  readonly kind: "unresolved";
  readonly at: number;
  readonly end: number;
  readonly message: string;
}

/** Packages that are named where a field alone was given. */
const homesShown = 3;

/**
 * What a name stands for: `channel`; `WindowMove` or `rail.WindowMove`, and with a field
 * `WindowMove.left`; `rail.left` of any message of the package; or a name that Wireshark has.
 */
export function resolveName(name: string): Operand | Unresolved {
  if (isMeta(name)) return { kind: "meta", meta: name };
  const aliases = wiresharkNames.get(name);
  if (aliases !== undefined) return joined(aliases.map((alias) => resolveName(alias)));
  const parts = name.split(".");
  const [first = "", second] = parts;
  const qualified = second === undefined ? [] : messagesNamed(`${first}.${second}`);
  if (qualified.length > 0) return inMessages(qualified, parts, 2);
  const named = messagesNamed(first);
  if (named.length > 0) return inMessages(named, parts, 1);
  const group = messagesIn(first);
  if (group.length > 0) return inMessages(group, parts, 1);
  return { kind: "unresolved", at: 0, end: first.length, message: unknownName(name, first, second !== undefined) };
}

/** What several names stand for together. */
function joined(operands: readonly (Operand | Unresolved)[]): Operand | Unresolved {
  const wrong = operands.find((operand) => operand.kind === "unresolved");
  if (wrong !== undefined) return wrong;
  const [first = { kind: "messages", of: [] }] = operands;
  if (first.kind === "meta") return first;
  const fields = operands.flatMap((operand) => (operand.kind === "fields" ? operand.of : []));
  if (fields.length > 0) return { kind: "fields", of: fields };
  return { kind: "messages", of: operands.flatMap((operand) => (operand.kind === "messages" ? operand.of : [])) };
}

/** The fields of some messages that the parts from `from` on name. */
function inMessages(
  messages: readonly DeclaredMessage[],
  parts: readonly string[],
  from: number,
): Operand | Unresolved {
  const path = parts.slice(from);
  if (path.length === 0) return { kind: "messages", of: messages };
  const of: FieldOf[] = messages.flatMap((message) =>
    findFields(fieldsOf(message.pdu), path).map((field) => ({ message, field })),
  );
  if (of.length > 0) return { kind: "fields", of };
  return missingField(messages, parts, from);
}

/** Says which part of a path leads nowhere. */
function missingField(messages: readonly DeclaredMessage[], parts: readonly string[], from: number): Unresolved {
  const leads = (count: number): boolean =>
    messages.some(({ pdu }) => findFields(fieldsOf(pdu), parts.slice(from, count)).length > 0);
  let good = from;
  while (good + 1 < parts.length && leads(good + 1)) good++;
  const at = parts.slice(0, good).join(".").length + 1;
  const wrong = parts[good] ?? "";
  const before = parts.slice(from, good);
  const names = messages.flatMap(({ pdu }) =>
    fieldsOf(pdu)
      .filter(({ path }) => before.length === 0 || path.startsWith(`${before.join(".")}.`))
      .map(({ path }) => path.split(".")[before.length] ?? ""),
  );
  const whole = parts.slice(0, good).join(".");
  const message = `there is no field '${wrong}' in ${whole}${suggestion(wrong, names)}`;
  return { kind: "unresolved", at, end: at + wrong.length, message };
}

/** Says what was perhaps meant by a name whose first part stands for nothing. */
function unknownName(name: string, first: string, dotted: boolean): string {
  if (dotted) {
    const near = suggestion(name, wiresharkNames.keys());
    if (near !== "") return `there is no name '${name}'${near}`;
    return `there is no message and no package '${first}'${suggestion(first, [...messageNames, ...packageNames])}`;
  }
  const fields = withPackages(name);
  if (fields.length > 0) return `the field '${name}' is named with its message or package: ${listed(fields)}`;
  const names = [...messageNames, ...packageNames, ...Object.keys(metaNames), ...wiresharkNames.keys()];
  const near = suggestion(name, names);
  if (near !== "") return `there is no message and no name '${name}'${near}`;
  const [field] = nearestNames(
    name,
    catalogue.flatMap(({ pdu }) => fieldsOf(pdu).map(({ path }) => path)),
  );
  const meant = field === undefined ? "" : `; did you mean ${listed(withPackages(field))}?`;
  return `there is no message and no name '${name}'${meant}`;
}

/** A field as one would name it, of each package that has it. */
const withPackages = (field: string): readonly string[] =>
  packageNames
    .filter((home) => messagesIn(home).some(({ pdu }) => fieldsOf(pdu).some(({ path }) => path === field)))
    .map((home) => `${home}.${field}`)
    .slice(0, homesShown);
