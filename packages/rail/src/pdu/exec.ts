import { enumeration, flags, length, pdu, reserved, sized, u16, u32, utf16, type Infer } from "@railvail/wire";
import { railHeader, RailOrderType } from "./rail-header.js";

/** How the strings of an Exec are to be read, [MS-RDPERP] 2.2.2.3.1. */
export const ExecFlags = {
  expandWorkingDirectory: 0x01,
  translateFiles: 0x02,
  file: 0x04,
  expandArguments: 0x08,
  appUserModelId: 0x10,
} as const;

/**
 * Asks the server to start a program or open a file. The three strings carry no NUL; the
 * specification allows 520 bytes for the first two and 16,000 for the arguments.
 */
export const Exec = pdu(
  "TS_RAIL_ORDER_EXEC",
  "[MS-RDPERP] 2.2.2.3.1",
  {
    ...railHeader(RailOrderType.exec),
    flags: flags(u16, ExecFlags),
    exeOrFileLength: length(u16),
    workingDirLength: length(u16),
    argumentsLen: length(u16),
    exeOrFile: utf16(sized("exeOrFileLength")),
    workingDir: utf16(sized("workingDirLength")),
    arguments: utf16(sized("argumentsLen")),
  },
  { sentBy: "client" },
);
export type Exec = Infer<typeof Exec>;

/** How a start ended, [MS-RDPERP] 2.2.2.3.2. */
export const ExecResultCode = {
  ok: 0,
  hookNotLoaded: 1,
  decodeFailed: 2,
  notInAllowlist: 3,
  fileNotFound: 5,
  fail: 6,
  sessionLocked: 7,
} as const;

/**
 * How an Exec ended. Only `flags` and `exeOrFile`, both copied from the Exec, tell which one is
 * meant. WSLg's server counts a NUL into the length of `exeOrFile`: it stays in the string.
 */
export const ExecResult = pdu(
  "TS_RAIL_ORDER_EXEC_RESULT",
  "[MS-RDPERP] 2.2.2.3.2",
  {
    ...railHeader(RailOrderType.execResult),
    flags: flags(u16, ExecFlags),
    execResult: enumeration(u16, ExecResultCode),
    rawResult: u32,
    padding: reserved(u16),
    exeOrFileLength: length(u16),
    exeOrFile: utf16(sized("exeOrFileLength")),
  },
  { sentBy: "server" },
);
export type ExecResult = Infer<typeof ExecResult>;
