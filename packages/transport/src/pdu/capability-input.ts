import { enumeration, fixed, flags, optional, reserved, u16, u32, utf16 } from "@railvail/wire";

export const InputFlags = {
  INPUT_FLAG_SCANCODES: 0x0001,
  INPUT_FLAG_MOUSEX: 0x0004,
  INPUT_FLAG_FASTPATH_INPUT: 0x0008,
  INPUT_FLAG_UNICODE: 0x0010,
  INPUT_FLAG_FASTPATH_INPUT2: 0x0020,
  INPUT_FLAG_UNUSED1: 0x0040,
  INPUT_FLAG_MOUSE_RELATIVE: 0x0080,
  TS_INPUT_FLAG_MOUSE_HWHEEL: 0x0100,
  TS_INPUT_FLAG_QOE_TIMESTAMPS: 0x0200,
} as const;

/**
 * TS_INPUT_CAPABILITYSET, [MS-RDPBCGR] 2.2.7.1.6. Only the flags count when the server sends it;
 * Windows servers leave rubbish in the rest.
 */
export const inputCapability = {
  inputFlags: flags(u16, InputFlags),
  pad2OctetsA: reserved(u16),
  keyboardLayout: u32,
  keyboardType: u32,
  keyboardSubType: u32,
  keyboardFunctionKey: u32,
  imeFileName: utf16(fixed(64), { nul: "padded" }),
};

/**
 * TS_POINTER_CAPABILITYSET, [MS-RDPBCGR] 2.2.7.1.5: cache sizes in pointers. A peer that leaves
 * the last one out does not know the New Pointer Update.
 */
export const pointerCapability = {
  colorPointerFlag: u16,
  colorPointerCacheSize: u16,
  pointerCacheSize: optional(u16),
};

export const LargePointerSupportFlags = {
  LARGE_POINTER_FLAG_96x96: 1,
  LARGE_POINTER_FLAG_384x384: 2,
} as const;

/** TS_LARGE_POINTER_CAPABILITYSET, [MS-RDPBCGR] 2.2.7.2.7. */
export const largePointerCapability = {
  largePointerSupportFlags: flags(u16, LargePointerSupportFlags),
};

/** TS_COMPDESK_CAPABILITYSET, [MS-RDPBCGR] 2.2.7.2.8. */
export const desktopCompositionCapability = {
  compDeskSupportLevel: enumeration(u16, { COMPDESK_NOT_SUPPORTED: 0, COMPDESK_SUPPORTED: 1 }),
};
