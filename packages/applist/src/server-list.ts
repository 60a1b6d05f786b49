import { appFault, appKey, updateOf, type App } from "./app.js";
import { applistSend, applistViolation, type ApplistRule } from "./applist-machine.js";
import { AppFlags } from "./pdu/app-flags.js";
import type { ApplistServerOutput, ApplistServerState, KnownApp } from "./server-state.js";

type State = ApplistServerState;
type Outputs = ApplistServerOutput[];

/**
 * An empty list has no entry that could carry its start and end, and the client takes no entry without an
 * id. So this one carries both, and is deleted again.
 */
export const emptyListApp: App = { id: "railvail-empty-list", execPath: "true", desc: "railvail-empty-list" };

const knownOf = ({ id, group, desc, icon }: App): KnownApp => ({
  id,
  group: group ?? "",
  desc,
  hasIcon: icon !== undefined,
});

/** Whether WSLg's client would fail to take the new form of an entry. */
const isRenamed = (before: KnownApp, after: KnownApp): boolean =>
  before.desc !== after.desc || before.hasIcon !== after.hasIcon;

function sendDelete({ id, group }: Pick<App, "id" | "group">, outputs: Outputs): void {
  const appGroup = group === "" ? undefined : group;
  outputs.push(applistSend({ message: "deleteAppList", value: { flags: 0, appId: id, appGroup } }));
}

function refuse(rule: ApplistRule, app: Pick<App, "id">, outputs: Outputs): undefined {
  outputs.push(applistViolation("local", rule, app.id));
}

/** The application as it can be sent; undefined if it cannot. */
function sendable(state: State, app: App, outputs: Outputs): App | undefined {
  const rule = appFault(app);
  if (rule !== undefined) return refuse(rule, app, outputs);
  if ((app.icon?.bits.length ?? 0) <= state.options.maxIconBytes) return app;
  refuse("icon-too-big", app, outputs);
  return { ...app, icon: undefined };
}

/** One application is new or has changed. */
export function update(state: State, given: App, outputs: Outputs): State {
  const app = sendable(state, given, outputs);
  if (app === undefined) return state;
  const key = appKey(app.id, app.group);
  const before = state.known.get(key);
  if (before === undefined && state.known.size >= state.options.maxApps) {
    refuse("too-many-apps", app, outputs);
    return state;
  }
  const after = knownOf(app);
  const first = before !== undefined && state.options.compat === "wslg" && isRenamed(before, after);
  if (first) sendDelete(app, outputs);
  const hints = before === undefined || first ? AppFlags.newId : 0;
  outputs.push(applistSend({ message: "updateAppList", value: updateOf(app, hints) }));
  return { ...state, known: new Map(state.known).set(key, after) };
}

/** One application is gone. */
export function remove(state: State, app: Pick<App, "id" | "group">, outputs: Outputs): State {
  const key = appKey(app.id, app.group);
  if (!state.known.has(key)) {
    refuse("unknown-app", app, outputs);
    return state;
  }
  sendDelete(app, outputs);
  const known = new Map(state.known);
  known.delete(key);
  return { ...state, known };
}

/** These applications and no others are there: the client deletes all that it had besides. */
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
  if (state.options.compat === "wslg") deleteFirst(state, apps, outputs);
  const list = apps.size === 0 ? [emptyListApp] : [...apps.values()];
  for (const [index, app] of list.entries()) {
    const start = index === 0 ? AppFlags.syncStart : 0;
    const end = index === list.length - 1 ? AppFlags.syncEnd : 0;
    const hints = AppFlags.newId | AppFlags.sync | start | end;
    outputs.push(applistSend({ message: "updateAppList", value: updateOf(app, hints) }));
  }
  if (apps.size === 0) sendDelete(emptyListApp, outputs);
  return { ...state, known: new Map([...apps].map(([key, app]) => [key, knownOf(app)])) };
}

/** Before the list, because WSLg's client deletes files by name: one may be another entry's by then. */
function deleteFirst(state: State, apps: ReadonlyMap<string, App>, outputs: Outputs): void {
  for (const [key, before] of state.known) {
    const after = apps.get(key);
    if (after === undefined || isRenamed(before, knownOf(after))) sendDelete(before, outputs);
  }
}
