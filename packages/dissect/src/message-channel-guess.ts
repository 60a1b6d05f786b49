import { messageChannelPdus, MultitransportResponse, SecurityFlags } from "@railvail/transport";
import type { Source } from "@railvail/wire";
import { decodedWhole, sentMember } from "./fitting.js";
import type { Direction } from "./record.js";

const identifying: ReadonlySet<number> = new Set<number>([
  SecurityFlags.SEC_AUTODETECT_REQ,
  SecurityFlags.SEC_AUTODETECT_RSP,
  SecurityFlags.SEC_HEARTBEAT,
  SecurityFlags.SEC_TRANSPORT_REQ,
]);

/**
 * Whether what was sent on a channel can only be one message of the message channel: for a
 * connection whose beginning is missing. A multitransport response is no evidence: it can be a
 * chunk of a static channel, too.
 */
export function guessMessageChannel(direction: Direction, source: Source, offset: number, end: number): boolean {
  // One flag of 16, and nothing in the half that is valid only with another flag.
  if (end - offset < 4 || !identifying.has(source.view.getUint32(offset, true))) return false;
  const pdu = sentMember(messageChannelPdus, direction, source, offset, end);
  if (pdu === undefined || pdu === MultitransportResponse) return false;
  const { deviations } = pdu.inspect(source, offset, end);
  return deviations.length === 0 && decodedWhole(pdu, source, offset, end) !== undefined;
}
