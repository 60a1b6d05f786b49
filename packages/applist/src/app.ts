import type { ApplistRule } from "./applist-machine.js";
import { stringByteLimit } from "./pdu/header.js";
import type { AppIcon, UpdateAppList } from "./pdu/update-app-list.js";

/** An application as a client lists it. A text that is not there is undefined or empty. */
export interface App {
  /** With the group, the key. */
  readonly id: string;
  readonly group?: string | undefined;
  /** The command line. */
  readonly execPath: string;
  /** Not there: the home directory. */
  readonly workingDir?: string | undefined;
  /** The name shown, in the language of the client. */
  readonly desc: string;
  readonly icon?: AppIcon | undefined;
}

/** What one application may have, and how many there may be. */
export interface AppLimits {
  readonly maxApps: number;
  /** Bytes of the bits of one icon. */
  readonly maxIconBytes: number;
}

/** 256 times 256 pixels, and as much again. */
export const usualLimits: AppLimits = { maxApps: 2048, maxIconBytes: 2 * 256 * 256 * 4 };

/** Characters without the NUL. */
const maxLength = stringByteLimit / 2 - 1;

const isTooLong = (text: string | undefined): boolean => text !== undefined && text.length > maxLength;

/** Texts that become names of files; a NUL would end them early. Separators are allowed: WSLg's client takes them. */
const isForbiddenName = (text: string | undefined): boolean => text !== undefined && /\.\.|["\0]/.test(text);

/** The same application has the same key; texts with a NUL are refused before. */
export const appKey = (id: string, group?: string): string => `${group ?? ""}\0${id}`;

/** The rule that makes an application void. */
export function appFault(app: App): ApplistRule | undefined {
  const { id, group, execPath, workingDir, desc } = app;
  if (id === "" || execPath === "" || desc === "") return "field-missing";
  if ([id, group, execPath, workingDir, desc].some(isTooLong)) return "text-too-long";
  if ([id, group, desc].some(isForbiddenName)) return "text-forbidden";
  return execPath.includes("\0") || /["\0]/.test(workingDir ?? "") ? "text-forbidden" : undefined;
}

/** A provider's name becomes a folder. */
export const isProviderName = (name: string): boolean =>
  name !== "" && !isTooLong(name) && !isForbiddenName(name) && !name.includes(" ");

/** Whether this is a GUID without braces. */
export const isProviderId = (id: string): boolean => /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id);

/**
 * The number by which WSLg's client finds a window on the desktop: the first 32 bits of the provider's
 * GUID above the id that the window has in RAIL.
 */
export const desktopWindowId = (providerId: string, windowId: number): bigint =>
  (BigInt(`0x${providerId.slice(0, 8)}`) << 32n) | BigInt(windowId);

export const filled = (text: string | undefined): string | undefined => (text === "" ? undefined : text);

/** The message for an application; `hints` are of `AppFlags`. */
export const updateOf = (app: App, hints: number): UpdateAppList => ({
  flags: hints,
  appId: app.id,
  appGroup: filled(app.group),
  appExecPath: app.execPath,
  appWorkingDir: filled(app.workingDir),
  appDesc: app.desc,
  appIcon: app.icon,
});

/** The application that a message tells of; what is missing is empty. The icon is not copied. */
export const appOf = (update: UpdateAppList): App => ({
  id: update.appId ?? "",
  group: update.appGroup ?? "",
  execPath: update.appExecPath ?? "",
  workingDir: update.appWorkingDir ?? "",
  desc: update.appDesc ?? "",
  icon: update.appIcon,
});
