import { appFault, appKey, updateOf, type App } from "./app.js";
import { applistSend, applistViolation, type ApplistRule } from "./applist-machine.js";
import { AppFlags } from "./pdu/app-flags.js";
import { UpdateAppList } from "./pdu/update-app-list.js";
import type { ApplistServerOutput, ApplistServerState } from "./server-state.js";

type State = ApplistServerState;
type Outputs = ApplistServerOutput[];

/**
 * An empty list has no entry that could carry its start and end, and the client takes no entry without an
 * id. So this one carries both, and is deleted again.
 */
export const emptyListApp: App = { id: "railvail-empty-list", execPath: "true", desc: "railvail-empty-list" };

/** Whether WSLg's client would fail to take the new form of an entry. */
const isRenamed = (before: App, after: App): boolean =>
  before.desc !== after.desc || (before.icon === undefined) !== (after.icon === undefined);

function sendDelete({ id, group }: Pick<App, "id" | "group">, outputs: Outputs): void {
  const appGroup = group === "" ? undefined : group;
  outputs.push(applistSend({ message: "deleteAppList", value: { flags: 0, appId: id, appGroup } }));
}

function refuse(rule: ApplistRule, app: Pick<App, "id">, outputs: Outputs): undefined {
  outputs.push(applistViolation("local", rule, app.id));
}

/** The application as it can be sent, now and later; undefined if it cannot. */
function sendable(state: State, app: App, outputs: Outputs): App | undefined {
  const rule = appFault(app);
  if (rule !== undefined) return refuse(rule, app, outputs);
  const isTooBig = (app.icon?.bits.length ?? 0) > state.options.maxIconBytes;
  if (isTooBig) refuse("icon-too-big", app, outputs);
  const sent = kept(app, !isTooBig);
  // Nothing is sent now: what cannot be encoded is found out here, and not when each client comes.
  if (state.phase !== "ready") UpdateAppList.encode(updateOf(sent, 0));
  return sent;
}

/** The application without the caller's memory; of some kinds of it a `slice` is no copy. */
function kept(app: App, withIcon: boolean): App {
  const { icon } = app;
  return { ...app, icon: withIcon && icon !== undefined ? { ...icon, bits: new Uint8Array(icon.bits) } : undefined };
}

/** One application is new or has changed. */
export function update(state: State, given: App, outputs: Outputs): State {
  const app = sendable(state, given, outputs);
  if (app === undefined) return state;
  const key = appKey(app.id, app.group);
  const apps = new Map(state.apps);
  const before = apps.get(key);
  if (before === undefined && apps.size >= state.options.maxApps) {
    refuse("too-many-apps", app, outputs);
    return state;
  }
  if (state.phase === "ready") tellOne(state, before, app, outputs);
  return { ...state, apps: apps.set(key, app) };
}

function tellOne({ options }: State, before: App | undefined, app: App, outputs: Outputs): void {
  const first = before !== undefined && options.compat === "wslg" && isRenamed(before, app);
  if (first) sendDelete(app, outputs);
  const hints = before === undefined || first ? AppFlags.newId : 0;
  outputs.push(applistSend({ message: "updateAppList", value: updateOf(app, hints) }));
}

/** One application is gone. */
export function remove(state: State, app: Pick<App, "id" | "group">, outputs: Outputs): State {
  const apps = new Map(state.apps);
  if (!apps.delete(appKey(app.id, app.group))) {
    refuse("unknown-app", app, outputs);
    return state;
  }
  if (state.phase === "ready") sendDelete(app, outputs);
  return { ...state, apps };
}

/** These applications and no others are there. */
export function synchronise(state: State, given: readonly App[], outputs: Outputs): State {
  const apps = new Map<string, App>();
  for (const each of given) {
    const key = appKey(each.id, each.group);
    if (apps.has(key)) refuse("app-twice", each, outputs);
    else if (apps.size >= state.options.maxApps) refuse("too-many-apps", each, outputs);
    else {
      const app = sendable(state, each, outputs);
      if (app !== undefined) apps.set(key, app);
    }
  }
  if (state.phase === "ready") {
    if (state.options.compat === "wslg") deleteFirst(state, apps, outputs);
    tellAll(apps, outputs);
  }
  return { ...state, apps };
}

/** The list as one transaction: the client deletes all that it had besides. */
export function tellAll(apps: ReadonlyMap<string, App>, outputs: Outputs): void {
  const list = apps.size === 0 ? [emptyListApp] : [...apps.values()];
  for (const [index, app] of list.entries()) {
    const start = index === 0 ? AppFlags.syncStart : 0;
    const end = index === list.length - 1 ? AppFlags.syncEnd : 0;
    const hints = AppFlags.newId | AppFlags.sync | start | end;
    outputs.push(applistSend({ message: "updateAppList", value: updateOf(app, hints) }));
  }
  if (apps.size === 0) sendDelete(emptyListApp, outputs);
}

/** Before the list, because WSLg's client deletes files by name: one may be another entry's by then. */
function deleteFirst(state: State, apps: ReadonlyMap<string, App>, outputs: Outputs): void {
  for (const [key, before] of state.apps ?? []) {
    const after = apps.get(key);
    if (after === undefined || isRenamed(before, after)) sendDelete(before, outputs);
  }
}
