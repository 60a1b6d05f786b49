import type { Pdu, Source } from "@railvail/wire";
import { ConnectionConfirm } from "./x224-connection-confirm.js";
import { ConnectionRequest } from "./x224-connection-request.js";
import { DataTpdu } from "./x224-data.js";
import { DisconnectRequest } from "./x224-disconnect-request.js";
import { TpduCode } from "./x224-tpdu.js";

const byCode: ReadonlyMap<number, Pdu> = new Map<number, Pdu>([
  [TpduCode.connectionRequest, ConnectionRequest],
  [TpduCode.connectionConfirm, ConnectionConfirm],
  [TpduCode.disconnectRequest, DisconnectRequest],
  [TpduCode.data, DataTpdu],
]);

/** The TPKT packets that RDP uses, told apart by the code of their TPDU (byte 5, upper bits). */
export const x224Pdus = {
  name: "X.224",
  members: [...byCode.values()] as readonly Pdu[],

  /** The PDU that the packet from `offset` to `end` is, or undefined if it is none of these. */
  match(source: Source, offset: number, end: number): Pdu | undefined {
    return offset + 6 > end ? undefined : byCode.get(source.view.getUint8(offset + 5) >> 4);
  },
};
