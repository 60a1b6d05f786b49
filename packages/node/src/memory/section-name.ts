import { randomUUID } from "node:crypto";

/** The name of a new section, as WSLg makes them: a random GUID in braces. */
export const newSectionName = (): string => `{${randomUUID()}}`;

/** Whether a name is a GUID in braces and nothing else, so that it stays in the directory that it is put into. */
export const isSectionName = (name: string): boolean =>
  /^\{[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\}$/i.test(name);
