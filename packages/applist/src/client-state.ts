import { usualLimits, type App, type AppLimits } from "./app.js";
import type { ApplistSend, ApplistViolation } from "./applist-machine.js";

/** The limits are of what is there when no whole list runs. While one does, what it may delete comes on top. */
export interface ApplistClientOptions extends AppLimits {
  /** In which names should be, such as `en_US`; at most 32 characters of ASCII. */
  readonly language: string;
  /** Bytes of the bits of all icons. */
  readonly maxTotalIconBytes: number;
}

/** An application, and the list that last told of it. */
export interface ListedApp {
  readonly app: App;
  readonly round: number;
}

export interface Provider {
  readonly version: number;
  readonly name: string;
  /** From version 4 on: a GUID without braces. */
  readonly id: string | undefined;
}

/** The client's end of the channel, which has the list. The list survives the channel. */
export interface ApplistClientState {
  readonly options: ApplistClientOptions;
  readonly phase: "closed" | "waiting" | "ready";
  /** Whose list it is. */
  readonly provider: Provider | undefined;
  /** By `appKey`. */
  readonly apps: ReadonlyMap<string, ListedApp>;
  readonly iconBytes: number;
  /** Counts the whole lists that were started. */
  readonly round: number;
  /** Between the start of a whole list and its end. */
  readonly syncing: boolean;
}

export type ApplistClientOutput =
  | ApplistSend
  /** `apps`: what is known from an earlier channel of this provider. */
  | { readonly type: "ready"; readonly provider: Provider; readonly apps: readonly App[] }
  /** The application is now this; all texts are there, and may be empty. */
  | { readonly type: "appUpdated"; readonly app: App; readonly isNew: boolean }
  | { readonly type: "appDeleted"; readonly app: App }
  /** A whole list has ended; `appDeleted` came before for what was not in it. */
  | { readonly type: "synchronised"; readonly deleted: number }
  /** The server stops. Its applications are not listed any more; WSLg's client leaves them in the Start menu. */
  | { readonly type: "providerDeleted"; readonly provider: Provider; readonly apps: readonly App[] }
  | {
      readonly type: "windowAssociated";
      /** The id in RAIL. */
      readonly windowId: number;
      /** See `desktopWindowId`; undefined if the provider has no id. */
      readonly desktopWindowId: bigint | undefined;
      readonly id: string;
      readonly group: string;
      readonly execPath: string | undefined;
      readonly desc: string | undefined;
      /** The listed application, if it is listed. */
      readonly app: App | undefined;
    }
  | ApplistViolation;

/** The client before the channel is open. */
export const applistClient = (options: Partial<ApplistClientOptions> = {}): ApplistClientState => ({
  options: { ...usualLimits, language: "en_US", maxTotalIconBytes: 1 << 26, ...options },
  phase: "closed",
  provider: undefined,
  apps: new Map(),
  iconBytes: 0,
  round: 0,
  syncing: false,
});

/** The applications that are listed now. */
export const listedApps = (state: ApplistClientState): App[] => [...state.apps.values()].map(({ app }) => app);
