import { violationsOf, type Violation } from "@railvail/wire";

/** What is wrong with what a server shows, and what comes of it. Channels have rules of their own. */
export const viewerRules = {
  "order-malformed": "a windowing order cannot be decoded; it is left out",
  "orders-unparsed": "orders cannot be told apart; the rest of the update is left out",
  "order-not-offered": "a drawing order came that the client did not offer to draw; it is left out",
  "bitmap-malformed": "a bitmap cannot be decoded; it is left out",
  "codec-not-offered": "surface bits came in a codec that the client did not offer; they are left out",
  "outside-desktop": "pixels go past the desktop; what is on it is drawn",
  "desktop-size": "the desktop has no pixels, or more than are allowed; nothing is drawn on it",
  "surface-trouble": "a drawing of the graphics pipeline could not be done, or not all of it",
  "section-failed": "memory that the server shares could not be opened or read; its pictures are left out",
  "too-much-memory": "pictures take more memory than is allowed; this one is left out",
} as const;
export type ViewerRule = keyof typeof viewerRules;

/** Something that cannot be shown; `detail` says what exactly. */
export interface ViewerViolation extends Violation<ViewerRule> {
  readonly detail: string;
}

const violation = violationsOf(viewerRules);

export const viewerViolation = (rule: ViewerRule, detail: string): ViewerViolation => ({
  ...violation("peer", rule),
  detail,
});
