import { tcpFlag, type TcpSegment } from "./tcp-segment.js";

const rdpPort = 3389;
const tpktVersion = 3;
const connectionRequest = 0xe0;
const connectionConfirm = 0xd0;

/** TPDU code of X.224 behind a TPKT header (RFC 1006, section 6; X.224, section 13). */
const x224Code = (segment: TcpSegment): number => {
  const { bytes, payloadStart, capturedEnd } = segment;
  if (capturedEnd - payloadStart < 6) return 0;
  if (bytes[payloadStart] !== tpktVersion || bytes[payloadStart + 1] !== 0) return 0;
  return (bytes[payloadStart + 5] ?? 0) & 0xf0;
};

/** Whether the sender of a connection's first segment is its client; see {@link Connection}. */
export const sentByClient = (segment: TcpSegment): boolean => {
  const { flags, sourcePort, destinationPort } = segment;
  if (flags & tcpFlag.syn) return (flags & tcpFlag.ack) === 0;
  if (sourcePort !== destinationPort) {
    if (destinationPort === rdpPort) return true;
    if (sourcePort === rdpPort) return false;
  }
  const code = x224Code(segment);
  if (code === connectionRequest) return true;
  if (code === connectionConfirm) return false;
  return sourcePort >= destinationPort;
};
