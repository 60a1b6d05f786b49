import type { Pdu, Source } from "@railvail/wire";
import { AttachUserConfirm, AttachUserRequest } from "./mcs-attach-user.js";
import { ChannelJoinConfirm, ChannelJoinRequest } from "./mcs-channel-join.js";
import { ConnectInitial } from "./mcs-connect-initial.js";
import { ConnectResponse } from "./mcs-connect-response.js";
import { DisconnectProviderUltimatum } from "./mcs-disconnect-provider.js";
import { DomainMcsPdu } from "./mcs-domain-pdu.js";
import { ErectDomainRequest } from "./mcs-erect-domain.js";
import { SendDataIndication, SendDataRequest } from "./mcs-send-data.js";

const byChoice: ReadonlyMap<number, Pdu> = new Map<number, Pdu>([
  [DomainMcsPdu.erectDomainRequest, ErectDomainRequest],
  [DomainMcsPdu.disconnectProviderUltimatum, DisconnectProviderUltimatum],
  [DomainMcsPdu.attachUserRequest, AttachUserRequest],
  [DomainMcsPdu.attachUserConfirm, AttachUserConfirm],
  [DomainMcsPdu.channelJoinRequest, ChannelJoinRequest],
  [DomainMcsPdu.channelJoinConfirm, ChannelJoinConfirm],
  [DomainMcsPdu.sendDataRequest, SendDataRequest],
  [DomainMcsPdu.sendDataIndication, SendDataIndication],
]);

/**
 * The MCS PDUs that RDP uses. They have no common header that `Family` could describe: two are
 * told by a BER tag of two bytes, the others by the upper six bits of the first byte.
 */
export const mcsPdus = {
  name: "MCS",
  members: [ConnectInitial, ConnectResponse, ...byChoice.values()] as readonly Pdu[],

  /** The PDU that the bytes from `offset` to `end` are, or undefined if they are none of these. */
  match(source: Source, offset: number, end: number): Pdu | undefined {
    if (offset >= end) return undefined;
    const first = source.view.getUint8(offset);
    if (first !== 0x7f) return byChoice.get(first >> 2);
    if (offset + 2 > end) return undefined;
    const second = source.view.getUint8(offset + 1);
    return second === 0x65 ? ConnectInitial : second === 0x66 ? ConnectResponse : undefined;
  },
};
