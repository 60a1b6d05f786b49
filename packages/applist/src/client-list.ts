import { appFault, appKey, appOf, type App } from "./app.js";
import { applistViolation, type ApplistRule } from "./applist-machine.js";
import type { ApplistClientOutput, ApplistClientState, ListedApp } from "./client-state.js";
import { AppFlags } from "./pdu/app-flags.js";
import type { DeleteAppList } from "./pdu/delete-app-list.js";
import type { UpdateAppList } from "./pdu/update-app-list.js";

type State = ApplistClientState;
type Outputs = ApplistClientOutput[];

/** The rule is reported, and nothing has changed. */
export function refusePeer(state: State, rule: ApplistRule, outputs: Outputs, appId?: string): State {
  outputs.push(applistViolation("peer", rule, appId === "" ? undefined : appId));
  return state;
}

const iconSize = (app: App | undefined): number => app?.icon?.bits.length ?? 0;

/** An update: perhaps the start of a whole list before it, perhaps the end after it. */
export function updated(state: State, value: UpdateAppList, outputs: Outputs): State {
  const { flags } = value;
  const has = (bits: number): boolean => (flags & bits) !== 0;
  let next = has(AppFlags.syncStart) ? started(state, outputs) : state;
  if (!next.syncing && has(AppFlags.sync | AppFlags.syncEnd)) refusePeer(next, "sync-not-started", outputs);
  // A list that is empty may be told by a start and an end without an application.
  const isMark = value.appId === undefined && has(AppFlags.syncStart | AppFlags.syncEnd);
  if (!isMark) next = listed(next, appOf(value), outputs);
  return has(AppFlags.syncEnd) && next.syncing ? ended(next, outputs) : next;
}

function started(state: State, outputs: Outputs): State {
  if (state.syncing) refusePeer(state, "sync-again", outputs);
  const next = brokenOff(state, outputs);
  return { ...next, syncing: true, round: state.round + 1 };
}

function ended(state: State, outputs: Outputs): State {
  const next = withoutUntold(state, outputs);
  outputs.push({ type: "synchronised", deleted: state.apps.size - next.apps.size });
  return { ...next, syncing: false };
}

/**
 * A list that does not end deletes nothing, unless that would leave more than is allowed: lists that are begun again
 * and again would make it grow without end.
 */
export function brokenOff(state: State, outputs: Outputs): State {
  const { maxApps, maxTotalIconBytes } = state.options;
  const isAllowed = state.apps.size <= maxApps && state.iconBytes <= maxTotalIconBytes;
  return { ...(isAllowed ? state : withoutUntold(state, outputs)), syncing: false };
}

/** What the list did not tell of is gone, whenever it was that it was told of. */
function withoutUntold(state: State, outputs: Outputs): State {
  const apps = new Map(state.apps);
  let { iconBytes } = state;
  for (const [key, { app, round }] of state.apps) {
    if (round === state.round) continue;
    apps.delete(key);
    iconBytes -= iconSize(app);
    outputs.push({ type: "appDeleted", app });
  }
  return { ...state, apps, iconBytes };
}

/** An update replaces all that was known of an application. */
function listed(state: State, given: App, outputs: Outputs): State {
  const { options, apps } = state;
  const rule = appFault(given);
  if (rule !== undefined) return refusePeer(state, rule, outputs, given.id);
  const key = appKey(given.id, given.group);
  const before = apps.get(key)?.app;
  const others = counted(state, key);
  if (others.count >= options.maxApps) return refusePeer(state, "too-many-apps", outputs, given.id);
  const iconRule = iconFault(state, given, others.iconBytes);
  if (iconRule !== undefined) refusePeer(state, iconRule, outputs, given.id);
  const app = kept(given, iconRule === undefined);
  outputs.push({ type: "appUpdated", app, isNew: before === undefined });
  const entry: ListedApp = { app, round: state.round };
  const iconBytes = state.iconBytes - iconSize(before) + iconSize(app);
  return { ...state, apps: new Map(apps).set(key, entry), iconBytes };
}

/** What counts towards the limits beside the application: in a list what it has told of, for the rest may go. */
function counted({ apps, syncing, round }: State, key: string): { count: number; iconBytes: number } {
  let [count, iconBytes] = [0, 0];
  for (const [otherKey, other] of apps) {
    if (otherKey === key || (syncing && other.round !== round)) continue;
    count++;
    iconBytes += iconSize(other.app);
  }
  return { count, iconBytes };
}

function iconFault({ options }: State, app: App, others: number): ApplistRule | undefined {
  const bytes = iconSize(app);
  if (bytes > options.maxIconBytes) return "icon-too-big";
  return others + bytes > options.maxTotalIconBytes ? "too-many-icon-bytes" : undefined;
}

/** The application without the bytes of the message, which live no longer than the step. */
function kept(app: App, withIcon: boolean): App {
  const { icon } = app;
  return { ...app, icon: withIcon && icon !== undefined ? { ...icon, bits: icon.bits.slice() } : undefined };
}

export function deleted(state: State, { appId, appGroup }: DeleteAppList, outputs: Outputs): State {
  if (appId === undefined || appId === "") return refusePeer(state, "field-missing", outputs);
  const key = appKey(appId, appGroup);
  const entry = state.apps.get(key);
  if (entry === undefined) return refusePeer(state, "unknown-app", outputs, appId);
  outputs.push({ type: "appDeleted", app: entry.app });
  const apps = new Map(state.apps);
  apps.delete(key);
  return { ...state, apps, iconBytes: state.iconBytes - iconSize(entry.app) };
}
