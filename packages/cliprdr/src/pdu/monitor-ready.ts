import { pdu, type Infer } from "@railvail/wire";
import { clipHeader, ClipboardMessageType } from "./header.js";

/** The server is ready; the client answers with its capabilities and a format list. */
export const MonitorReady = pdu(
  "CLIPRDR_MONITOR_READY",
  "[MS-RDPECLIP] 2.2.2.2",
  { ...clipHeader(ClipboardMessageType.monitorReady) },
  { sentBy: "server" },
);
export type MonitorReady = Infer<typeof MonitorReady>;
