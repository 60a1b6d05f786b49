/**
 * Bits of `flags` in all messages after the capabilities. The lower ones say which fields are
 * there: those of the message follow from its fields and are not in the decoded value. The upper
 * ones are hints: a new entry rather than a change; part of a full resynchronisation; its first
 * entry; its last one, after which the client deletes what was not reported.
 */
export const AppFlags = {
  id: 0x01,
  group: 0x02,
  execPath: 0x04,
  desc: 0x08,
  icon: 0x10,
  provider: 0x20,
  workingDir: 0x40,
  windowId: 0x80,
  newId: 0x0001_0000,
  sync: 0x0010_0000,
  syncStart: 0x0020_0000,
  syncEnd: 0x0040_0000,
} as const;
