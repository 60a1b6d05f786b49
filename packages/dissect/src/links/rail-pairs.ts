import { ClientCaps, ServerCaps } from "@railvail/applist";
import {
  Exec,
  ExecResult,
  GetAppIdReq,
  GetAppIdResp,
  GetAppIdRespEx,
  GetAppIdRespShort,
  Handshake,
  HandshakeEx,
} from "@railvail/rail";
import { by, type Pair } from "./pair.js";

/** WSLg's server counts a NUL into the name that it copies. */
const execKey = ({ flags, exeOrFile }: { readonly flags: number; readonly exeOrFile: string }): string =>
  `${flags} ${exeOrFile.replace(/\0+$/, "")}`;

/** Remote programs, [MS-RDPERP], and the list of applications. */
export const railPairs: readonly Pair[] = [
  { kind: "handshake", first: [by(HandshakeEx), by(Handshake)], second: [by(Handshake)], from: "s2c" },
  { kind: "start", first: [by(Exec, execKey)], second: [by(ExecResult, execKey)] },
  {
    kind: "application id",
    first: [by(GetAppIdReq, ({ windowId }) => windowId)],
    second: [
      by(GetAppIdResp, ({ windowId }) => windowId),
      by(GetAppIdRespShort, ({ windowId }) => windowId),
      by(GetAppIdRespEx, ({ windowId }) => windowId),
    ],
  },
  { kind: "application list", first: [by(ServerCaps)], second: [by(ClientCaps)] },
];
