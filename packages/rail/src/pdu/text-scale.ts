import { pdu, u32, type Infer } from "@railvail/wire";
import { railHeader, RailOrderType } from "./rail-header.js";

/** The client's text scale in percent: 100 to 225. */
export const TextScaleInfo = pdu(
  "TS_RAIL_ORDER_TEXTSCALEINFO",
  "[MS-RDPERP] 2.2.2.15.1",
  { ...railHeader(RailOrderType.textScaleInfo), textScaleFactor: u32 },
  { sentBy: "client" },
);
export type TextScaleInfo = Infer<typeof TextScaleInfo>;

/** A caret that does not blink, as a {@link CaretBlinkInfo} says it. */
export const caretDoesNotBlink = 0xffff_ffff;

/** Milliseconds between two changes of the client's caret, or {@link caretDoesNotBlink}. */
export const CaretBlinkInfo = pdu(
  "TS_RAIL_ORDER_CARETBLINKINFO",
  "[MS-RDPERP] 2.2.2.15.2",
  { ...railHeader(RailOrderType.caretBlinkInfo), caretBlinkRate: u32 },
  { sentBy: "client" },
);
export type CaretBlinkInfo = Infer<typeof CaretBlinkInfo>;
