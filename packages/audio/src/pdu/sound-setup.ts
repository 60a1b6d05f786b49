import { bytes, enumeration, fixed, pdu, reserved, rest, u16, u32, type Infer } from "@railvail/wire";
import { soundHeader, SoundMessageType } from "./sound-header.js";

/** Qualities a client can ask for: [MS-RDPEA] 2.2.2.3. */
export const QualityMode = { dynamic: 0, medium: 1, high: 2 } as const;

/** The quality the client wants; sent after its formats if both sides have version 6 or above. */
export const SoundQualityMode = pdu(
  "QUALITY_MODE_PDU",
  "[MS-RDPEA] 2.2.2.3",
  {
    ...soundHeader(SoundMessageType.qualityMode),
    wQualityMode: enumeration(u16, QualityMode),
    reserved: reserved(u16),
  },
  { sentBy: "client" },
);
export type SoundQualityMode = Infer<typeof SoundQualityMode>;

/** The seed from which both sides derive the keys of encrypted audio over UDP. */
export const CryptKey = pdu(
  "SNDCRYPT",
  "[MS-RDPEA] 2.2.2.4",
  { ...soundHeader(SoundMessageType.cryptKey), reserved: reserved(u32), seed: bytes(fixed(32)) },
  { sentBy: "server" },
);
export type CryptKey = Infer<typeof CryptKey>;

/**
 * Measures the time and the throughput to the client. `wTimeStamp` is in milliseconds;
 * `wPackSize` is the size of the whole message in bytes, or 0 if `data` is empty.
 */
export const Training = pdu(
  "SNDTRAINING",
  "[MS-RDPEA] 2.2.3.1",
  { ...soundHeader(SoundMessageType.training), wTimeStamp: u16, wPackSize: u16, data: bytes(rest) },
  { sentBy: "server" },
);
export type Training = Infer<typeof Training>;

/** Answers a training message with its two numbers. */
export const TrainingConfirm = pdu(
  "SNDTRAININGCONFIRM",
  "[MS-RDPEA] 2.2.3.2",
  { ...soundHeader(SoundMessageType.training), wTimeStamp: u16, wPackSize: u16 },
  { sentBy: "client" },
);
export type TrainingConfirm = Infer<typeof TrainingConfirm>;
