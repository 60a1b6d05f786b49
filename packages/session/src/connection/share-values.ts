import { ControlAction, FontFlags, shareDataHeaderSize, StreamId } from "@railvail/transport";
import type { Pdu } from "@railvail/wire";
import { send, type ConnectionSend } from "./vocabulary.js";

/** The header fields of a Data PDU that its sender fills in the same way for each. */
export interface ShareDataHeader {
  readonly pduSource: number;
  readonly shareId: number;
  readonly streamId: number;
  readonly uncompressedLength: number;
  readonly compressedType: number;
  readonly compressedLength: number;
}

/** Who sends, and in which share. */
export interface ShareSender {
  readonly pduSource: number;
  readonly shareId: number;
}

/** The header of a Data PDU whose body has `size` bytes. */
export const shareHeader = ({ pduSource, shareId }: ShareSender, size: number): ShareDataHeader => ({
  pduSource,
  shareId,
  streamId: StreamId.low,
  uncompressedLength: size,
  compressedType: 0,
  compressedLength: 0,
});

/** What a Data PDU holds beside its header. */
export type ShareBody<T> = Omit<T, keyof ShareDataHeader>;

/** A whole Data PDU; its size is measured. Throws `EncodeError`. */
export function shareValue<T extends ShareDataHeader>(pdu: Pdu<T>, from: ShareSender, body: ShareBody<T>): T {
  const value = { ...shareHeader(from, 0), ...body } as unknown as T;
  return { ...value, uncompressedLength: pdu.size(value) - shareDataHeaderSize };
}

/** [MS-RDPBCGR] 2.2.1.14: `targetUser` is the channel of the peer. */
export const synchronize = (from: ShareSender, targetUser: number): ConnectionSend =>
  send("synchronize", { ...shareHeader(from, 4), targetUser });

/** [MS-RDPBCGR] 2.2.1.15: cooperate and request have no ids. */
export const control = (from: ShareSender, action: number, grantId = 0, controlId = 0): ConnectionSend =>
  send("control", { ...shareHeader(from, 8), action, grantId, controlId });

export const { cooperate, requestControl, grantedControl } = ControlAction;

/** [MS-RDPBCGR] 2.2.1.18: no fonts, in one PDU. */
export const fontList = (from: ShareSender): ConnectionSend =>
  send("fontList", { ...shareHeader(from, 8), numberFonts: 0, totalNumFonts: 0, listFlags: bothFonts, entrySize: 50 });

/** [MS-RDPBCGR] 2.2.1.22. */
export const fontMap = (from: ShareSender): ConnectionSend =>
  send("fontMap", { ...shareHeader(from, 8), numberEntries: 0, totalNumEntries: 0, mapFlags: bothFonts, entrySize: 4 });

const bothFonts = FontFlags.FIRST | FontFlags.LAST;
