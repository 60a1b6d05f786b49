import { bytes, fixed, literal, pad, pdu, perLength, rest, u16, u8, type Infer } from "@railvail/wire";
import { soundHeader, SoundMessageType } from "./sound-header.js";

const encryptedBlock = {
  ...soundHeader(SoundMessageType.waveEncrypt),
  wTimeStamp: u16,
  wFormatNo: u16,
  cBlockNo: u8,
  bPad2: pad(3),
};

/** An encrypted audio block over UDP, signed: if both sides have version 5 or above. */
export const WaveEncrypt = pdu(
  "SNDWAVCRYPT",
  "[MS-RDPEA] 2.2.3.5",
  { ...encryptedBlock, signature: bytes(fixed(8)), data: bytes(rest) },
  { sentBy: "server" },
);
export type WaveEncrypt = Infer<typeof WaveEncrypt>;

/** The same without a signature, between older peers; the bytes do not tell which of the two. */
export const UnsignedWaveEncrypt = pdu(
  "SNDWAVCRYPT",
  "[MS-RDPEA] 2.2.3.5",
  { ...encryptedBlock, data: bytes(rest) },
  { sentBy: "server" },
);
export type UnsignedWaveEncrypt = Infer<typeof UnsignedWaveEncrypt>;

/** A fragment of a block over UDP. It has no length: it ends where the datagram does. */
export const UdpWave = pdu(
  "SNDUDPWAVE",
  "[MS-RDPEA] 2.2.3.6",
  {
    msgType: literal(u8, SoundMessageType.udpWave),
    cBlockNo: u8,
    cFragNo: perLength,
    data: bytes(rest),
  },
  { sentBy: "server" },
);
export type UdpWave = Infer<typeof UdpWave>;

/** The last fragment of a block over UDP; `wTotalSize` is in bytes, of all fragments. */
export const UdpWaveLast = pdu(
  "SNDUDPWAVELAST",
  "[MS-RDPEA] 2.2.3.7",
  {
    msgType: literal(u8, SoundMessageType.udpWaveLast),
    wTotalSize: u16,
    wTimeStamp: u16,
    wFormatNo: u16,
    cBlockNo: u8,
    bPad: pad(3),
    data: bytes(rest),
  },
  { sentBy: "server" },
);
export type UdpWaveLast = Infer<typeof UdpWaveLast>;
