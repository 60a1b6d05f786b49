import { flags, length, list, sized, u32, utf16 } from "@railvail/wire";

/** High contrast, [MS-RDPERP] 2.2.2.4.2. */
export const HighContrastFlags = {
  on: 0x01,
  available: 0x02,
  hotkeyActive: 0x04,
  confirmHotkey: 0x08,
  hotkeySound: 0x10,
} as const;

/**
 * TS_HIGHCONTRAST. `colorScheme` is all that its length covers: peers disagree on whether the
 * name has a length of its own in front. `colorSchemeName` reads both forms.
 */
export const highContrast = {
  flags: flags(u32, HighContrastFlags),
  colorSchemeLength: length(u32),
  colorScheme: utf16(sized("colorSchemeLength")),
};

/** Filter keys, [MS-RDPERP] 2.2.2.4.3. */
export const FilterKeysFlags = {
  on: 0x01,
  available: 0x02,
  hotkeyActive: 0x04,
  confirmHotkey: 0x08,
  hotkeySound: 0x10,
  indicator: 0x20,
  clickOn: 0x40,
} as const;

/** TS_FILTERKEYS; all times in milliseconds. */
export const filterKeys = {
  flags: flags(u32, FilterKeysFlags),
  waitTime: u32,
  delayTime: u32,
  repeatTime: u32,
  bounceTime: u32,
};

/** Toggle keys, [MS-RDPERP] 2.2.2.4.4. */
export const ToggleKeysFlags = {
  on: 0x01,
  available: 0x02,
  hotkeyActive: 0x04,
  confirmHotkey: 0x08,
  hotkeySound: 0x10,
} as const;

/** TS_TOGGLEKEYS. */
export const toggleKeys = { flags: flags(u32, ToggleKeysFlags) };

/** Sticky keys, [MS-RDPERP] 2.2.2.4.5: settings, and which modifiers are locked or latched. */
export const StickyKeysFlags = {
  on: 0x0000_0001,
  available: 0x0000_0002,
  hotkeyActive: 0x0000_0004,
  confirmHotkey: 0x0000_0008,
  hotkeySound: 0x0000_0010,
  indicator: 0x0000_0020,
  audibleFeedback: 0x0000_0040,
  triState: 0x0000_0080,
  twoKeysOff: 0x0000_0100,
  leftShiftLocked: 0x0001_0000,
  rightShiftLocked: 0x0002_0000,
  leftControlLocked: 0x0004_0000,
  rightControlLocked: 0x0008_0000,
  leftAltLocked: 0x0010_0000,
  rightAltLocked: 0x0020_0000,
  leftWindowsLocked: 0x0040_0000,
  rightWindowsLocked: 0x0080_0000,
  leftShiftLatched: 0x0100_0000,
  rightShiftLatched: 0x0200_0000,
  leftControlLatched: 0x0400_0000,
  rightControlLatched: 0x0800_0000,
  leftAltLatched: 0x1000_0000,
  rightAltLatched: 0x2000_0000,
  leftWindowsLatched: 0x4000_0000,
  rightWindowsLatched: 0x8000_0000,
} as const;

/** TS_STICKYKEYS. */
export const stickyKeys = { flags: flags(u32, StickyKeysFlags) };

/** Which values of an accent color are to be used, [MS-RDPERP] 2.2.2.4.6. */
export const AccentColorFlags = {
  accentColor: 0x001,
  colorizationColor: 0x002,
  colorizationColorBalance: 0x004,
  colorizationAfterglow: 0x008,
  colorizationAfterglowBalance: 0x010,
  colorizationBlurBalance: 0x020,
  colorizationGlassAttribute: 0x040,
  colorPrevalence: 0x080,
  enableWindowColorization: 0x100,
  accentColorMenu: 0x200,
  accentPalette: 0x800,
} as const;

/** TS_ACCENTCOLOR: registry values of Windows. All are there whatever the flags say. */
export const accentColor = {
  fieldsValidFlags: flags(u32, AccentColorFlags),
  accentColor: u32,
  colorizationColor: u32,
  colorizationColorBalance: u32,
  colorizationAfterglow: u32,
  colorizationAfterglowBalance: u32,
  colorizationBlurBalance: u32,
  colorizationGlassAttribute: u32,
  colorPrevalence: u32,
  enableWindowColorization: u32,
  accentColorMenu: u32,
  startColorMenu: u32,
  accentPaletteLength: length(u32),
  accentPalette: list(u32, sized("accentPaletteLength")),
};
