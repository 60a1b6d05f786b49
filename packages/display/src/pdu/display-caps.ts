import { pdu, u32, type Infer } from "@railvail/wire";
import { displayHeader, DisplayMessageType } from "./display-header.js";

/**
 * What the server can show, sent when the channel opens: the number of monitors, and as their
 * area in pixels at most the product of the three numbers.
 */
export const DisplayCaps = pdu(
  "DISPLAYCONTROL_CAPS_PDU",
  "[MS-RDPEDISP] 2.2.2.1",
  {
    ...displayHeader(DisplayMessageType.caps),
    maxNumMonitors: u32,
    maxMonitorAreaFactorA: u32,
    maxMonitorAreaFactorB: u32,
  },
  { sentBy: "server" },
);
export type DisplayCaps = Infer<typeof DisplayCaps>;
