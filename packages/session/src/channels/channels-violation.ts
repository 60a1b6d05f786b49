import type { DrdynvcDataProblem, DrdynvcRule } from "@railvail/transport";
import { violationsOf, type Violation } from "@railvail/wire";

/** What is out of place in the data of channels, and what it means. */
export const channelDataRules = {
  unreadable: "a message of the channel cannot be read; it is passed over",
  unfinished: "a message began before the one before was complete, which was dropped",
  "too-much-data": "more came than the message's first part stated; it was dropped",
  "limit-exceeded": "a message is larger than allowed; it was dropped",
  "memory-exceeded": "the messages that are not complete take more memory than allowed; one was dropped",
  "broken-data": "compressed data cannot be opened; its message was dropped",
  "queue-full": "so much waits to be sent that this message was not taken",
} as const satisfies Readonly<Record<DrdynvcDataProblem["rule"] | "queue-full" | "unreadable", string>>;
export type ChannelDataRule = keyof typeof channelDataRules;

/** Something that is out of place on `drdynvc` or one of its channels. */
export interface ChannelsViolation extends Violation<DrdynvcRule | ChannelDataRule> {
  /** The name of the dynamic channel; `drdynvc` if it is about none. */
  readonly channel: string;
}

const violation = violationsOf(channelDataRules);

export const dataViolation = (
  by: ChannelsViolation["by"],
  rule: ChannelDataRule,
  channel: string,
): ChannelsViolation => ({ ...violation(by, rule), channel });
