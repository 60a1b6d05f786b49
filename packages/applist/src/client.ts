import type { Step } from "@railvail/wire";
import { match } from "ts-pattern";
import { appKey, desktopWindowId, isProviderId, isProviderName } from "./app.js";
import { applistSend, applistViolation, type ApplistMessage } from "./applist-machine.js";
import { brokenOff, deleted, refusePeer, updated } from "./client-list.js";
import { listedApps, type ApplistClientOutput, type ApplistClientState, type Provider } from "./client-state.js";
import { AppFlags } from "./pdu/app-flags.js";
import type { AssociateWindowId } from "./pdu/associate-window-id.js";
import { channelVersion, type ServerCaps } from "./pdu/capabilities.js";
import type { DeleteAppListProvider } from "./pdu/delete-app-list.js";

type State = ApplistClientState;
type Outputs = ApplistClientOutput[];

export type ApplistClientInput =
  | { readonly type: "opened" }
  /** A list that has not ended is broken off: nothing is deleted for its sake, unless there would be too much. */
  | { readonly type: "closed" }
  | { readonly type: "received"; readonly message: ApplistMessage };

/** The client's next state; `listedApps` has the list. It answers servers of any version. */
export function stepApplistClient(state: State, input: ApplistClientInput): Step<State, ApplistClientOutput> {
  const outputs: Outputs = [];
  const next = match<ApplistClientInput, State>(input)
    .with({ type: "opened" }, () => {
      if (state.phase === "closed") return { ...state, phase: "waiting" };
      outputs.push(applistViolation("local", "already-open"));
      return state;
    })
    .with({ type: "closed" }, () =>
      state.phase === "closed" ? state : { ...brokenOff(state, outputs), phase: "closed" },
    )
    .with({ type: "received" }, ({ message }) => received(state, message, outputs))
    .exhaustive();
  return { state: next, outputs };
}

function received(state: State, message: ApplistMessage, outputs: Outputs): State {
  if (state.phase === "closed") return refusePeer(state, "not-open", outputs);
  if (message.message === "clientCaps") return refusePeer(state, "wrong-direction", outputs);
  if (message.message === "serverCaps")
    return state.phase === "waiting"
      ? introduced(state, message.value, outputs)
      : refusePeer(state, "caps-again", outputs);
  const { provider } = state;
  if (state.phase === "waiting" || provider === undefined) return refusePeer(state, "not-ready", outputs);
  switch (message.message) {
    case "updateAppList":
      return updated(state, message.value, outputs);
    case "deleteAppList":
      return deleted(state, message.value, outputs);
    case "deleteAppListProvider":
      return providerDeleted(state, provider, message.value, outputs);
    case "associateWindowId":
      return associated(state, provider, message.value, outputs);
  }
}

function introduced(state: State, caps: ServerCaps, outputs: Outputs): State {
  const { version, appListProviderName: name, appListProviderUniqueId: given } = caps;
  if (!isProviderName(name)) return refusePeer(state, "provider-name", outputs);
  const stated = version >= channelVersion ? (given ?? "") : undefined;
  const id = stated !== undefined && isProviderId(stated) ? stated : undefined;
  if (id !== stated) refusePeer(state, "provider-id", outputs);
  const answer = { version: Math.min(version, channelVersion), clientLanguageId: state.options.language };
  outputs.push(applistSend({ message: "clientCaps", value: answer }));
  const provider = { version, name, id };
  const isSame = state.provider?.name === name;
  outputs.push({ type: "ready", provider, apps: isSame ? listedApps(state) : [] });
  const next = { ...state, phase: "ready", provider } as const;
  return isSame ? next : { ...next, apps: new Map(), iconBytes: 0 };
}

function providerDeleted(state: State, provider: Provider, value: DeleteAppListProvider, outputs: Outputs): State {
  const { appListProviderName: name = provider.name } = value;
  if (name !== provider.name) return refusePeer(state, "other-provider", outputs);
  outputs.push({ type: "providerDeleted", provider, apps: listedApps(state) });
  return { ...state, apps: new Map(), iconBytes: 0, syncing: false };
}

function associated(state: State, provider: Provider, value: AssociateWindowId, outputs: Outputs): State {
  const { flags, appWindowId: windowId, appId: id, appGroup: group = "", appExecPath: execPath, appDesc: desc } = value;
  if (provider.version < channelVersion) return refusePeer(state, "needs-version-4", outputs, id);
  if (id === undefined || id === "" || (flags & AppFlags.windowId) === 0)
    return refusePeer(state, "field-missing", outputs, id);
  outputs.push({
    type: "windowAssociated",
    windowId,
    desktopWindowId: provider.id === undefined ? undefined : desktopWindowId(provider.id, windowId),
    id,
    group,
    execPath,
    desc,
    app: state.apps.get(appKey(id, group))?.app,
  });
  return state;
}
