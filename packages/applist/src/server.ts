import type { Step } from "@railvail/wire";
import { match } from "ts-pattern";
import { appFault, filled, isProviderId, isProviderName, type App } from "./app.js";
import { applistSend, applistViolation, type ApplistMessage, type ApplistRule } from "./applist-machine.js";
import { AppFlags } from "./pdu/app-flags.js";
import { channelVersion } from "./pdu/capabilities.js";
import { remove, synchronise, tellAll, update } from "./server-list.js";
import {
  applistServer,
  type ApplistServerOutput,
  type ApplistServerState,
  type AssociateWindowCommand,
} from "./server-state.js";

type State = ApplistServerState;
type Outputs = ApplistServerOutput[];

/**
 * The list is kept while there is no client, and outlives the channel: whoever comes is told of it as a whole.
 * While there is none, an application that cannot be sent, for a number in its icon, throws `EncodeError`.
 */
export type ApplistServerCommand =
  /** These are all applications, or there are none. */
  | { readonly type: "synchronise"; readonly apps: readonly App[] }
  | { readonly type: "update"; readonly app: App }
  | ({ readonly type: "delete" } & Pick<App, "id" | "group">)
  /** The server stops; nothing can be sent after it. */
  | { readonly type: "deleteProvider" }
  | AssociateWindowCommand;

export type ApplistServerInput =
  | { readonly type: "opened" }
  | { readonly type: "closed" }
  | { readonly type: "received"; readonly message: ApplistMessage }
  | ApplistServerCommand;

/** The server's next state. It states its version first, and sends nothing more before the client has answered. */
export function stepApplistServer(state: State, input: ApplistServerInput): Step<State, ApplistServerOutput> {
  const outputs: Outputs = [];
  return { state: changed(state, input, outputs), outputs };
}

function refuse(state: State, by: "peer" | "local", rule: ApplistRule, outputs: Outputs, appId?: string): State {
  outputs.push(applistViolation(by, rule, appId));
  return state;
}

function changed(state: State, input: ApplistServerInput, outputs: Outputs): State {
  switch (input.type) {
    case "opened":
      return state.phase === "closed" ? opened(state, outputs) : refuse(state, "local", "already-open", outputs);
    case "closed":
      return state.phase === "closed" ? state : { ...applistServer(state.options), apps: state.apps };
    case "received":
      return received(state, input.message, outputs);
    default:
      return isTaken(state, input)
        ? commanded(state, input, outputs)
        : refuse(state, "local", state.phase === "closed" ? "not-open" : "not-ready", outputs);
  }
}

/** Until the provider is deleted there is a list, with a client or without; all else is for one that listens. */
function isTaken({ phase }: State, { type }: ApplistServerCommand): boolean {
  if (phase === "ready") return true;
  return phase !== "ended" && type !== "deleteProvider" && type !== "associateWindow";
}

function opened(state: State, outputs: Outputs): State {
  const { providerName, providerId } = state.options;
  if (!isProviderName(providerName)) return refuse(state, "local", "provider-name", outputs);
  if (providerId !== undefined && !isProviderId(providerId)) return refuse(state, "local", "provider-id", outputs);
  const version = providerId === undefined ? channelVersion - 1 : channelVersion;
  const value = { version, appListProviderName: providerName, appListProviderUniqueId: providerId };
  outputs.push(applistSend({ message: "serverCaps", value }));
  return { ...state, phase: "waiting", version };
}

function received(state: State, message: ApplistMessage, outputs: Outputs): State {
  if (state.phase === "closed") return refuse(state, "peer", "not-open", outputs);
  if (message.message !== "clientCaps") return refuse(state, "peer", "wrong-direction", outputs);
  if (state.phase !== "waiting") return refuse(state, "peer", "caps-again", outputs);
  const version = Math.min(state.version, message.value.version);
  // Before the event: the answer to it is the newer list.
  if (state.apps !== undefined) tellAll(state.apps, outputs);
  outputs.push({ type: "ready", version, language: message.value.clientLanguageId });
  return { ...state, phase: "ready", version };
}

function commanded(state: State, command: ApplistServerCommand, outputs: Outputs): State {
  return match(command)
    .with({ type: "synchronise" }, ({ apps }) => synchronise(state, apps, outputs))
    .with({ type: "update" }, ({ app }) => update(state, app, outputs))
    .with({ type: "delete" }, (app) => remove(state, app, outputs))
    .with({ type: "deleteProvider" }, () => {
      const value = { flags: 0, appListProviderName: state.options.providerName };
      outputs.push(applistSend({ message: "deleteAppListProvider", value }));
      return { ...state, phase: "ended", apps: undefined } as const;
    })
    .with({ type: "associateWindow" }, (associate) => associated(state, associate, outputs))
    .exhaustive();
}

function associated(state: State, command: AssociateWindowCommand, outputs: Outputs): State {
  const { windowId, id } = command;
  const [group, execPath, desc] = [filled(command.group), filled(command.execPath), filled(command.desc)];
  // What is not said about the application is in order.
  const fault = appFault({ id, group, execPath: execPath ?? id, desc: desc ?? id });
  const rule = state.version < channelVersion ? "needs-version-4" : fault;
  if (rule !== undefined) return refuse(state, "local", rule, outputs, id);
  const value = {
    flags: AppFlags.windowId,
    appWindowId: windowId,
    appId: id,
    appGroup: group,
    appExecPath: execPath,
    appDesc: desc,
  };
  outputs.push(applistSend({ message: "associateWindowId", value }));
  return state;
}
