/**
 * Values of the closed-caption parameters, [MS-RDPERP] 2.2.2.4.1, which names them and leaves
 * their numbers to the enumerations of `Windows.Media.ClosedCaptioning`.
 */
export const ClosedCaptionColor = {
  default: 0,
  white: 1,
  black: 2,
  red: 3,
  green: 4,
  blue: 5,
  yellow: 6,
  magenta: 7,
  cyan: 8,
} as const;

export const ClosedCaptionOpacity = {
  default: 0,
  oneHundredPercent: 1,
  seventyFivePercent: 2,
  twentyFivePercent: 3,
  zeroPercent: 4,
} as const;

export const ClosedCaptionSize = {
  default: 0,
  fiftyPercent: 1,
  oneHundredPercent: 2,
  oneHundredFiftyPercent: 3,
  twoHundredPercent: 4,
} as const;

export const ClosedCaptionStyle = {
  default: 0,
  monospacedWithSerifs: 1,
  proportionalWithSerifs: 2,
  monospacedWithoutSerifs: 3,
  proportionalWithoutSerifs: 4,
  casual: 5,
  cursive: 6,
  smallCapitals: 7,
} as const;

export const ClosedCaptionEdgeEffect = {
  default: 0,
  none: 1,
  raised: 2,
  depressed: 3,
  uniform: 4,
  dropShadow: 5,
} as const;
