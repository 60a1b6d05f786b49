import { tcpFlag, type TcpSegment } from "./tcp-segment.js";

const rdpPort = 3389;
const tpktVersion = 3;
const connectionRequest = 0xe0;
const connectionConfirm = 0xd0;

const userData = 0xf0;
/** BER tags of the first MCS messages (T.125, section 11): application 101 and 102. */
const connectInitial = 0x65;
const connectResponse = 0x66;
/** TLS: a record of a handshake, and its first messages. */
const handshakeRecord = 0x16;
const clientHello = 1;
const serverHello = 2;

/** TPDU code of X.224 behind a TPKT header (RFC 1006, section 6; X.224, section 13); 0 if their lengths do not fit. */
const x224Code = (bytes: Uint8Array, start: number, end: number): number => {
  if (end - start < 6) return 0;
  const [version, reserved, high = 0, low = 0, headerLength = 0, code = 0] = bytes.subarray(start, start + 6);
  if (version !== tpktVersion || reserved !== 0) return 0;
  // The TPKT header has 4 bytes, and the length of the TPDU's header leaves out its own byte.
  const fits = headerLength >= 2 && 5 + headerLength <= high * 256 + low;
  return fits ? code & 0xf0 : 0;
};

/**
 * Whether bytes are the first ones of a session, and of which side: a connection request or
 * confirm; the first MCS message, where X.224 was left out; a hello of TLS.
 */
export const sessionStart = (bytes: Uint8Array, start: number, end: number): "client" | "server" | undefined => {
  if (end - start < 9) return undefined;
  const at = (index: number): number => bytes[start + index] ?? 0;
  if (at(0) === handshakeRecord && at(1) === 3) {
    return at(5) === clientHello ? "client" : at(5) === serverHello ? "server" : undefined;
  }
  const code = x224Code(bytes, start, end);
  if (code === connectionRequest) return "client";
  if (code === connectionConfirm) return "server";
  if (code !== userData || at(7) !== 0x7f) return undefined;
  return at(8) === connectInitial ? "client" : at(8) === connectResponse ? "server" : undefined;
};

/** Whether bytes are an X.224 connection request, with which every session begins. */
export const isConnectionRequest = ({ bytes, payloadStart, capturedEnd }: TcpSegment): boolean =>
  x224Code(bytes, payloadStart, capturedEnd) === connectionRequest;

/** Whether the sender of a connection's first segment is its client; see {@link Connection}. */
export const sentByClient = (segment: TcpSegment): boolean => {
  const { flags, sourcePort, destinationPort } = segment;
  if (flags & tcpFlag.syn) return (flags & tcpFlag.ack) === 0;
  if (sourcePort !== destinationPort) {
    if (destinationPort === rdpPort) return true;
    if (sourcePort === rdpPort) return false;
  }
  const code = x224Code(segment.bytes, segment.payloadStart, segment.capturedEnd);
  if (code === connectionRequest) return true;
  if (code === connectionConfirm) return false;
  return sourcePort >= destinationPort;
};
