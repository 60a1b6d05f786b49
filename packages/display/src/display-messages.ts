import { Family, lengthInHeader } from "@railvail/wire";
import { DisplayCaps } from "./pdu/display-caps.js";
import { MonitorLayout } from "./pdu/monitor-layout.js";

/** The name of the dynamic channel, [MS-RDPEDISP] 2.1. */
export const displayChannel = "Microsoft::Windows::RDS::DisplayControl";

/** The messages of the channel {@link displayChannel}. */
export const displayMessages = new Family("display control message", "messageType", [MonitorLayout, DisplayCaps]);

/** Bytes of the message that starts at an offset; see `lengthInHeader`. */
export const displayMessageLength = lengthInHeader;
