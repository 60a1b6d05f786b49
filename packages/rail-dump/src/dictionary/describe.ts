import type { Names, Pdu, Sender } from "@railvail/wire";
import { resolveName } from "../filter/resolve.js";
import { wiresharkNames } from "../filter/wireshark-names.js";
import type { DeclaredMessage } from "./catalogue.js";
import type { Field } from "./field.js";
import { fullName, plainName } from "./message-names.js";
import type { Selected } from "./select-fields.js";

const senders: Readonly<Record<Sender, string>> = {
  client: "client to server",
  server: "server to client",
  both: "both directions",
};

/** `show=5 hide=0`; bits in hexadecimal. */
const namesText = (names: Names, base: 10 | 16): string =>
  Object.entries(names)
    .map(([name, value]) => `${name}=${base === 16 ? `0x${value.toString(16)}` : value}`)
    .join(" ");

/** What there is to say of a field besides its name and type. */
function noteOf({ role, values, flags, words, wireOnly, optional }: Field): string {
  const parts = [role];
  if (optional) parts.push("may be absent");
  if (wireOnly) parts.push("only on the wire");
  if (values !== undefined) parts.push(namesText(values, 10));
  if (flags !== undefined) parts.push(namesText(flags, 16));
  if (words !== undefined) parts.push(words.join(" "));
  return parts.filter((part) => part !== "").join("; ");
}

/** `TS_RAIL_ORDER_WINDOWMOVE, [MS-RDPERP] 2.2.2.7.4, client to server`. */
const messageNote = ({ pdu }: DeclaredMessage): string => `${pdu.name}, ${pdu.spec}, ${senders[pdu.sentBy]}`;

/** Rows of a listing: name, type, note. */
export function* rowsOf({ message, fields, named }: Selected): Generator<readonly [string, string, string]> {
  const name = plainName(message);
  if (named) yield [name, "message", messageNote(message)];
  for (const field of fields) yield [`${name}.${field.path}`, field.type, noteOf(field)];
}

/** Rows of a message in full: each name of a value by itself, and Wireshark's names. */
export function* fullRowsOf({ message, fields }: Selected): Generator<readonly [string, string, string]> {
  yield [fullName(message), "message", messageNote(message)];
  const wireshark = wiresharkNamesOf(message.pdu);
  for (const field of fields) {
    const note = noteOf({ ...field, values: undefined, flags: undefined, words: undefined });
    const aliases = wireshark.get(field.path) ?? [];
    const also = aliases.length === 0 ? "" : `${note === "" ? "" : "; "}in Wireshark ${aliases.join(", ")}`;
    yield [`  ${field.path}`, field.type, note + also];
    for (const [name, value] of Object.entries(field.values ?? {})) yield [`      ${name}`, String(value), ""];
    for (const [name, bit] of Object.entries(field.flags ?? {})) yield [`      ${name}`, `0x${bit.toString(16)}`, ""];
    for (const word of field.words ?? []) yield [`      ${word}`, "", ""];
  }
}

/** Wireshark's names of the fields of a message, by path. */
function wiresharkNamesOf(pdu: Pdu): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const name of wiresharkNames.keys()) {
    const operand = resolveName(name);
    if (operand.kind !== "fields") continue;
    for (const { message, field } of operand.of) {
      if (message.pdu !== pdu) continue;
      const names = found.get(field.path);
      if (names === undefined) found.set(field.path, [name]);
      else names.push(name);
    }
  }
  return found;
}

/** A message and its fields as `--json` has them. */
export const plainOf = ({ message, fields }: Selected): object => ({
  name: message.exported,
  package: message.package,
  specificationName: message.pdu.name,
  section: message.pdu.spec,
  sentBy: message.pdu.sentBy,
  fields: fields.map(plainField),
});

function plainField({ path, type, kind, role, values, flags, words, wireOnly, optional, range }: Field): object {
  return {
    name: path,
    type,
    kind,
    ...(role === "" ? {} : { role }),
    ...(range === undefined ? {} : { least: String(range[0]), most: String(range[1]) }),
    ...(values === undefined ? {} : { values }),
    ...(flags === undefined ? {} : { flags }),
    ...(words === undefined ? {} : { words }),
    onlyOnTheWire: wireOnly,
    optional,
  };
}
