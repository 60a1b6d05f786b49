import { bytes, enumeration, fixed, flags, pdu, u16, u32, type Infer } from "@railvail/wire";
import { railHeader, RailOrderType } from "./rail-header.js";

/** Where and how the language bar is shown, [MS-RDPERP] 2.2.2.9.1. */
export const LanguageBarStatus = {
  showNormal: 0x0001,
  dock: 0x0002,
  minimized: 0x0004,
  hidden: 0x0008,
  noTransparency: 0x0010,
  lowTransparency: 0x0020,
  highTransparency: 0x0040,
  labels: 0x0080,
  noLabels: 0x0100,
  extraIconsOnMinimized: 0x0200,
  noExtraIconsOnMinimized: 0x0400,
  deskBand: 0x0800,
} as const;

/** The state of the sender's language bar. */
export const LangbarInfo = pdu("TS_RAIL_ORDER_LANGBARINFO", "[MS-RDPERP] 2.2.2.9.1", {
  ...railHeader(RailOrderType.langbarInfo),
  languageBarStatus: flags(u32, LanguageBarStatus),
});
export type LangbarInfo = Infer<typeof LangbarInfo>;

/** What a language profile is, [MS-RDPERP] 2.2.2.10.1. */
export const ProfileType = { inputProcessor: 1, keyboardLayout: 2 } as const;

/**
 * The client's language profile. The two GUIDs are 16 bytes as they stand on the wire (`guidText`
 * shows them); both are zero for a keyboard layout. `keyboardLayout` is a Windows HKL.
 */
export const LanguageImeInfo = pdu(
  "TS_RAIL_ORDER_LANGUAGEIMEINFO",
  "[MS-RDPERP] 2.2.2.10.1",
  {
    ...railHeader(RailOrderType.languageImeInfo),
    profileType: enumeration(u32, ProfileType),
    languageId: u16,
    languageProfileClsid: bytes(fixed(16)),
    profileGuid: bytes(fixed(16)),
    keyboardLayout: u32,
  },
  { sentBy: "client" },
);
export type LanguageImeInfo = Infer<typeof LanguageImeInfo>;

/** Whether the input method is open, [MS-RDPERP] 2.2.2.10.2. */
export const ImeState = { closed: 0, open: 1 } as const;

/** How an input method converts, [MS-RDPERP] 2.2.2.10.2. */
export const ImeConversionMode = {
  native: 0x0001,
  katakana: 0x0002,
  fullShape: 0x0008,
  roman: 0x0010,
  charCode: 0x0020,
  hanjaConvert: 0x0040,
  softKeyboard: 0x0080,
  noConversion: 0x0100,
  eudc: 0x0200,
  symbol: 0x0400,
  fixed: 0x0800,
} as const;

/** What an input method does with a sentence, [MS-RDPERP] 2.2.2.10.2. */
export const ImeSentenceMode = {
  pluralClause: 0x01,
  singleConvert: 0x02,
  automatic: 0x04,
  phrasePredict: 0x08,
  conversation: 0x10,
} as const;

/** Whether Japanese is typed in kana, [MS-RDPERP] 2.2.2.10.2. */
export const KanaMode = { off: 0, on: 1 } as const;

/** The state of the sender's input method. */
export const CompartmentInfo = pdu("TS_RAIL_ORDER_COMPARTMENTINFO_BODY", "[MS-RDPERP] 2.2.2.10.2", {
  ...railHeader(RailOrderType.compartmentInfo),
  imeState: enumeration(u32, ImeState),
  imeConvMode: flags(u32, ImeConversionMode),
  imeSentenceMode: flags(u32, ImeSentenceMode),
  kanaMode: enumeration(u32, KanaMode),
});
export type CompartmentInfo = Infer<typeof CompartmentInfo>;
