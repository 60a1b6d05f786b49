import { McsReason } from "@railvail/transport";
import { match } from "ts-pattern";
import { same } from "./common-output.js";
import { violation } from "./rules.js";
import { acceptLogon, demandActive, serverShare, validClient } from "./server-activation.js";
import { saveSession } from "./server-session-info.js";
import { clientSupports } from "./server-settings.js";
import type { ServerCommand, ServerOutput, ServerState, ServerStep } from "./server-state.js";
import { shareHeader } from "./share-values.js";
import { channelsOpen, serverChannelId } from "./shared-state.js";
import { send } from "./vocabulary.js";

/** What the application wants. A command that does not fit the phase is a local violation. */
export function commandServer(state: ServerState, command: ServerCommand): ServerStep {
  const { phase } = state;
  const notNow = (): ServerStep => same(state, violation("local", "not-now", `${command.type} during ${phase}`));
  return match<ServerCommand, ServerStep>(command)
    .with({ type: "tlsStarted" }, () =>
      phase === "tls" ? { state: { ...state, phase: "settings" }, outputs: [] } : notNow(),
    )
    .with({ type: "accept" }, ({ capabilities = [] }) =>
      phase === "logon" ? acceptLogon(state, capabilities) : notNow(),
    )
    .with({ type: "saveSession" }, (what) => (phase === "active" ? saveSession(state, what) : notNow()))
    .with({ type: "denyShutdown" }, () =>
      phase === "active" ? same(state, send("shutdownDenied", shareHeader(serverShare(state), 0))) : notNow(),
    )
    .with({ type: "reactivate" }, (how) => (phase === "active" ? reactivate(state, how) : notNow()))
    .with({ type: "disconnect" }, ({ errorInfo }) => disconnect(state, errorInfo))
    .exhaustive();
}

/** [MS-RDPBCGR] 1.3.1.3: Deactivate All, and another share with its own capability sets. */
function reactivate(
  state: ServerState,
  { desktop, monitors = state.monitors, capabilities = [] }: ServerCommand & { type: "reactivate" },
): ServerStep {
  const settings = desktop === undefined ? state.settings : { ...state.settings, desktop };
  const deactivate = send("deactivateAll", {
    pduSource: serverChannelId,
    shareId: state.shareId,
    sourceDescriptor: new Uint8Array([0]),
  });
  const { state: next, outputs } = demandActive({ ...state, settings, monitors }, capabilities);
  return { state: next, outputs: [deactivate, ...outputs] };
}

/** [MS-RDPBCGR] 3.3.5.7.1.1, 1.3.1.4.2: why, if the client can be told, and the end of the domain. */
function disconnect(state: ServerState, errorInfo: number | undefined): ServerStep {
  const outputs: ServerOutput[] = [];
  const attached = state.phase === "joining" || state.phase === "logon" || channelsOpen(state.phase);
  const told = errorInfo !== undefined && clientSupports(state, "RNS_UD_CS_SUPPORT_ERRINFO_PDU");
  if (told && (channelsOpen(state.phase) || state.phase === "logon")) {
    // Before the end of licensing a client reads nothing else.
    if (state.phase === "logon") outputs.push(validClient);
    outputs.push(send("setErrorInfo", { ...shareHeader(serverShare(state), 4), errorInfo }));
  }
  if (attached) outputs.push(send("disconnectProvider", { reason: McsReason.providerInitiated }));
  outputs.push({ type: "close", because: "local" });
  return { state: { ...state, phase: "closed" }, outputs };
}
