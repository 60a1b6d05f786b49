import { bits, carrier, literal, u8 } from "@railvail/wire";

/** The codes of X.224 class 0 TPDUs that RDP uses, [X224] section 13. */
export const TpduCode = {
  disconnectRequest: 0x8,
  connectionConfirm: 0xd,
  connectionRequest: 0xe,
  data: 0xf,
} as const;

/** The code and credit byte of a TPDU; RDP uses class 0, where the credit is 0. */
export const tpduCode = (code: number) => ({
  codeCredit: carrier(u8),
  code: literal(bits("codeCredit", 4, 4), code),
});
