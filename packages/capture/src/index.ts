export { type CaptureLimits, type CaptureOptions } from "./capture-limits.js";
export { type CaptureProblem, type CaptureProblemKind } from "./capture-problem.js";
export { CaptureReader } from "./capture-reader.js";
export { HexText, type HexMistake } from "./hex-text.js";
export { CaptureOpenError, openCapture, type OpenOptions } from "./open-capture.js";
export { PacketFileReader, type RawPacket } from "./packet-file-reader.js";
export { PcapngWriter, type PcapngWriterOptions, type WrittenPacket } from "./pcapng-writer.js";
export { StreamRecorder, type RecordedEnds } from "./stream-recorder.js";
export { type RawStream } from "./raw-side.js";
export { readRawStreams } from "./raw-streams.js";
export { readCapture, readPackets } from "./read-capture.js";
export {
  tlsKeyLog,
  type CloseEvent,
  type CommentEvent,
  type Connection,
  type DataEvent,
  type Direction,
  type Endpoint,
  type GapEvent,
  type OpenEvent,
  type ProblemEvent,
  type SecretsEvent,
  type StreamEvent,
} from "./stream-event.js";
export { type HeldBytes, type SentRange, type TlsMoment } from "./tls/held-records.js";
export { KeyLog, type KeyLabel, type KeyLogCount } from "./tls/key-log.js";
export { KeyLogOpenError, loadKeyLog } from "./tls/key-log-file.js";
export { TlsDecryptor, type TlsDecryptorOptions, type TlsSession } from "./tls/tls-decryptor.js";
export { type TlsIssue, type TlsProblem, type TlsProblemKind } from "./tls/tls-problem.js";
