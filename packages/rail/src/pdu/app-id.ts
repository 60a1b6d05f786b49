import { fixed, pdu, u32, utf16, type Infer } from "@railvail/wire";
import { railHeader, RailOrderType } from "./rail-header.js";

/** Bytes of the application id and of the image name on the wire: 260 UTF-16 units. */
const nameSize = 520;

/** Asks for the application id of a window. A server may leave it unanswered. */
export const GetAppIdReq = pdu(
  "TS_RAIL_ORDER_GET_APPID_REQ",
  "[MS-RDPERP] 2.2.2.6.5",
  { ...railHeader(RailOrderType.getAppIdReq), windowId: u32 },
  { sentBy: "client" },
);
export type GetAppIdReq = Infer<typeof GetAppIdReq>;

/** The application id by which the client groups a window on its taskbar. At most 260 units. */
export const GetAppIdResp = pdu(
  "TS_RAIL_ORDER_GET_APPID_RESP",
  "[MS-RDPERP] 2.2.2.8.1",
  {
    ...railHeader(RailOrderType.getAppIdResp),
    windowId: u32,
    applicationId: utf16(fixed(nameSize), { nul: "padded" }),
  },
  { sentBy: "server" },
);
export type GetAppIdResp = Infer<typeof GetAppIdResp>;

/** Bytes of the application id in the network capture that the specification prints. */
const shortNameSize = 512;

/** A {@link GetAppIdResp} as the capture of [MS-RDPERP] 4.5.7 has it: 8 bytes less than the text says. */
export const GetAppIdRespShort = pdu(
  "TS_RAIL_ORDER_GET_APPID_RESP",
  "[MS-RDPERP] 2.2.2.8.1",
  {
    ...railHeader(RailOrderType.getAppIdResp),
    windowId: u32,
    applicationId: utf16(fixed(shortNameSize), { nul: "padded" }),
  },
  { sentBy: "server" },
);
export type GetAppIdRespShort = Infer<typeof GetAppIdRespShort>;

/** As GetAppIdResp, with the number and the program's name of the process that owns the window. */
export const GetAppIdRespEx = pdu(
  "TS_RAIL_ORDER_GET_APPID_RESP_EX",
  "[MS-RDPERP] 2.2.2.8.2",
  {
    ...railHeader(RailOrderType.getAppIdRespEx),
    windowId: u32,
    applicationId: utf16(fixed(nameSize), { nul: "padded" }),
    processId: u32,
    processImageName: utf16(fixed(nameSize), { nul: "padded" }),
  },
  { sentBy: "server" },
);
export type GetAppIdRespEx = Infer<typeof GetAppIdRespEx>;
