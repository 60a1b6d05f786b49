import { Messages, violationsOf, type MessageOf, type Send, type Violation } from "@railvail/wire";
import { displayMessages } from "./display-messages.js";
import type { LayoutViolation } from "./layout-violations.js";
import { DisplayCaps } from "./pdu/display-caps.js";
import { MonitorLayout } from "./pdu/monitor-layout.js";

const pdus = { displayCaps: DisplayCaps, monitorLayout: MonitorLayout };

/** The messages of the channel, by name. */
export const displayVocabulary = new Messages(displayMessages, pdus);
export type DisplayMessage = MessageOf<typeof pdus>;

/** What a peer or the application can do wrong, and what it means. */
export const displayRules = {
  "not-open": "the channel is not open",
  "wrong-direction": "only the other side sends this message",
  "caps-again": "the server stated its limits a second time; the new ones count",
  "layout-void": "a layout breaks rules that make it void; it is not used",
} as const;
export type DisplayRule = keyof typeof displayRules;

/** Something that is out of place; a layout names each rule that it breaks. */
export interface DisplayViolation extends Violation<DisplayRule> {
  readonly layout?: readonly LayoutViolation[];
}

/** What a machine wants sent on the channel. */
export type DisplaySend = Send<DisplayMessage>;

const violation = violationsOf(displayRules);

export const displayViolation = (
  by: DisplayViolation["by"],
  rule: DisplayRule,
  layout?: readonly LayoutViolation[],
): DisplayViolation => ({
  ...violation(by, rule),
  ...(layout === undefined ? {} : { layout }),
});
