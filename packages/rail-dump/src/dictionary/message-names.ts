import { UsageError } from "@railvail/command-line";
import { catalogue, packageNames, type DeclaredMessage } from "./catalogue.js";
import { listed, suggestion } from "./nearest.js";

const byName = new Map<string, DeclaredMessage[]>();
for (const message of catalogue) {
  const { exported, pdu } = message;
  const own = [exported, pdu.name];
  for (const name of new Set([...own, ...own.map((one) => `${message.package}.${one}`)])) {
    const same = byName.get(name);
    if (same === undefined) byName.set(name, [message]);
    else same.push(message);
  }
}

const none: readonly DeclaredMessage[] = [];

/**
 * The messages of a name: the one its package exports it by, or the specification's, alone or
 * after its package and a dot. Some names belong to several.
 */
export const messagesNamed = (name: string): readonly DeclaredMessage[] => byName.get(name) ?? none;

const messagesOf = new Map(packageNames.map((name) => [name, catalogue.filter((message) => message.package === name)]));

/** The messages of a package. */
export const messagesIn = (name: string): readonly DeclaredMessage[] => messagesOf.get(name) ?? none;

/** Every name that {@link messagesNamed} knows. */
export const messageNames: readonly string[] = [...byName.keys()];

/** The name that belongs to this message alone. */
export const fullName = (message: DeclaredMessage): string => `${message.package}.${message.exported}`;

/** The shortest name under which its package exports it that belongs to no other. */
export const plainName = (message: DeclaredMessage): string =>
  messagesNamed(message.exported).length === 1 ? message.exported : fullName(message);

/**
 * The one message of a name.
 *
 * @throws UsageError if there is none, or if there are several
 */
export function messageNamed(name: string): DeclaredMessage {
  const [message, ...others] = messagesNamed(name);
  if (message === undefined) {
    throw new UsageError(`there is no message '${name}'${suggestion(name, messageNames)}`);
  }
  if (others.length > 0) {
    const names = [message, ...others].map(fullName);
    throw new UsageError(`several messages are called '${name}': name ${listed(names)}`);
  }
  return message;
}
