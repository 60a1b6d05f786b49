import { bytes, fixed, literal, pad, pdu, reserved, rest, u16, u32, u8, type Infer } from "@railvail/wire";
import { soundHeader, SoundMessageType } from "./sound-header.js";

/**
 * The first half of an audio block: its header and first 4 bytes. Its `bodySize` is that of the
 * two halves joined, 8 more than the bytes of audio, so it does not bound this message. The next
 * message on the channel is a {@link WaveData}. See `splitWave` and `joinWave`.
 */
export const WaveInfo = pdu(
  "SNDWAVINFO",
  "[MS-RDPEA] 2.2.3.3",
  {
    msgType: literal(u8, SoundMessageType.wave),
    bPad: reserved(u8),
    bodySize: u16,
    wTimeStamp: u16,
    wFormatNo: u16,
    cBlockNo: u8,
    bPad2: pad(3),
    data: bytes(fixed(4)),
  },
  { sentBy: "server" },
);
export type WaveInfo = Infer<typeof WaveInfo>;

/** The second half: zeros in place of the first 4 bytes, and the other bytes. It has no type. */
export const WaveData = pdu(
  "SNDWAV",
  "[MS-RDPEA] 2.2.3.4",
  { bPad: reserved(u32), data: bytes(rest) },
  { sentBy: "server" },
);
export type WaveData = Infer<typeof WaveData>;

/**
 * A whole audio block, for clients of version 8 and above. `wTimeStamp` and `dwAudioTimeStamp` are
 * in milliseconds; WSLg sends 0 in both.
 */
export const Wave2 = pdu(
  "SNDWAVE2",
  "[MS-RDPEA] 2.2.3.10",
  {
    ...soundHeader(SoundMessageType.wave2),
    wTimeStamp: u16,
    wFormatNo: u16,
    cBlockNo: u8,
    bPad2: pad(3),
    dwAudioTimeStamp: u32,
    data: bytes(rest),
  },
  { sentBy: "server" },
);
export type Wave2 = Infer<typeof Wave2>;
