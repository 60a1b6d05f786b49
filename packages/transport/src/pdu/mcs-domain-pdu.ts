import { biased, u16be } from "@railvail/wire";

/**
 * Choices of DomainMCSPDU, [T125] section 7 part 10. They stand in the upper six bits of the
 * first byte; the lower two already belong to the chosen structure.
 */
export const DomainMcsPdu = {
  erectDomainRequest: 1,
  disconnectProviderUltimatum: 8,
  attachUserRequest: 10,
  attachUserConfirm: 11,
  channelJoinRequest: 14,
  channelJoinConfirm: 15,
  sendDataRequest: 25,
  sendDataIndication: 26,
} as const;

/** A user id: PER INTEGER (1001..65535), so 1001 is written as 0. */
export const userId = biased(u16be, 1001);
