import { usualLimits, type App, type AppLimits } from "./app.js";
import type { ApplistSend, ApplistViolation } from "./applist-machine.js";

export interface ApplistServerOptions extends AppLimits {
  /** The folder of the Start menu: no space, quote or two dots. WSLg: the name of the distribution. */
  readonly providerName: string;
  /** A GUID without braces. Without one the server has version 3, which WSLg's client refuses. */
  readonly providerId: string | undefined;
  /**
   * WSLg's client cannot change the name or the presence of an icon of an entry, and closes the channel over
   * it: `"wslg"` deletes such entries first.
   */
  readonly compat: "wslg" | undefined;
}

/** The server's end of the channel, which has the applications. */
export interface ApplistServerState {
  readonly options: ApplistServerOptions;
  /** `ended`: the provider was deleted. */
  readonly phase: "closed" | "waiting" | "ready" | "ended";
  /** The lower one of both sides' versions. */
  readonly version: number;
  /**
   * All there are, by `appKey`, whether the channel is open or not: a client that is ready was told of them.
   * Undefined before the first, and when the provider was deleted.
   */
  readonly apps: ReadonlyMap<string, App> | undefined;
}

export type ApplistServerOutput =
  | ApplistSend
  /**
   * The client listens, and was told of all applications that are kept: send it the list if there is none yet,
   * or if names are to be in its language, such as `en_US`.
   */
  | { readonly type: "ready"; readonly version: number; readonly language: string }
  | ApplistViolation;

/** A window of the client, and the application that it is of; `execPath` and `desc` help if the id is unknown. */
export interface AssociateWindowCommand extends Pick<App, "id" | "group"> {
  readonly type: "associateWindow";
  /** The id in RAIL. */
  readonly windowId: number;
  readonly execPath?: string | undefined;
  readonly desc?: string | undefined;
}

/** The server before the channel is open. */
export const applistServer = (
  options: Pick<ApplistServerOptions, "providerName"> & Partial<ApplistServerOptions>,
): ApplistServerState => ({
  options: { ...usualLimits, providerId: undefined, compat: undefined, ...options },
  phase: "closed",
  version: 0,
  apps: undefined,
});
