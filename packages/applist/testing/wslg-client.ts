import { AppFlags, type ApplistMessage } from "../src/index.js";

interface Entry {
  readonly link: string;
  readonly icon: string;
}

const keyOf = (group: string | undefined, id: string): string => (group === undefined ? id : `${group}\\${id}`);

/**
 * What WSLg's client does with the list: it writes a file for each entry, named after what is shown, and
 * gives up the channel over what it does not expect. The files outlive it.
 */
export class WslgClient {
  readonly files: Set<string>;
  failure: string | undefined;
  private readonly entries = new Map<string, Entry>();
  private unreported: Set<string> | undefined;

  constructor(files: Iterable<string> = []) {
    this.files = new Set(files);
  }

  take({ message, value }: ApplistMessage): void {
    if (this.failure !== undefined) return;
    if (message === "updateAppList") this.update(value);
    else if (message === "deleteAppList") this.delete(keyOf(value.appGroup, value.appId ?? ""));
  }

  private update(value: Extract<ApplistMessage, { message: "updateAppList" }>["value"]): void {
    const { flags, appId, appGroup, appExecPath, appDesc, appIcon } = value;
    if (!appId || !appExecPath || !appDesc) return this.fail("a field is missing");
    if ((flags & AppFlags.syncStart) !== 0) {
      if (this.unreported !== undefined) return this.fail("a list starts in a list");
      this.unreported = new Set(this.files);
    }
    if ((flags & (AppFlags.sync | AppFlags.syncEnd)) !== 0 && this.unreported === undefined)
      return this.fail("a list has not started");
    const key = keyOf(appGroup, appId);
    const entry = { link: keyOf(appGroup, `${appDesc}.lnk`), icon: appIcon === undefined ? "" : `${key}.ico` };
    const before = this.entries.get(key);
    if (before !== undefined && (before.link !== entry.link || before.icon !== entry.icon))
      return this.fail("an entry changes its files");
    this.entries.set(key, entry);
    for (const file of [entry.link, entry.icon]) {
      if (file === "") continue;
      this.files.add(file);
      this.unreported?.delete(file);
    }
    if ((flags & AppFlags.syncEnd) === 0) return undefined;
    for (const file of this.unreported ?? []) this.files.delete(file);
    this.unreported = undefined;
    return undefined;
  }

  private delete(key: string): void {
    const entry = this.entries.get(key);
    if (entry === undefined) return this.fail("an unknown entry is deleted");
    this.entries.delete(key);
    this.files.delete(entry.link);
    this.files.delete(entry.icon);
    return undefined;
  }

  private fail(reason: string): void {
    this.failure = reason;
  }
}
