export { type CaptureLimits, type CaptureOptions } from "./capture-limits.js";
export { type CaptureProblem, type CaptureProblemKind } from "./capture-problem.js";
export { CaptureReader } from "./capture-reader.js";
export { CaptureOpenError, openCapture } from "./open-capture.js";
export { readCapture } from "./read-capture.js";
export {
  tlsKeyLog,
  type CloseEvent,
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
export { type HeldBytes, type TlsMoment } from "./tls/held-records.js";
export { KeyLog, type KeyLabel, type KeyLogCount } from "./tls/key-log.js";
export { KeyLogOpenError, loadKeyLog } from "./tls/key-log-file.js";
export { TlsDecryptor, type TlsDecryptorOptions, type TlsSession } from "./tls/tls-decryptor.js";
export { type TlsIssue, type TlsProblem, type TlsProblemKind } from "./tls/tls-problem.js";
