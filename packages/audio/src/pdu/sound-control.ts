import { pdu, reserved, u16, u32, u8, type Infer } from "@railvail/wire";
import { soundHeader, SoundMessageType } from "./sound-header.js";

/**
 * The client has consumed a block. `wTimeStamp` is the block's own plus the milliseconds since it
 * arrived. Real clients confirm a block twice: when it arrived, and when it was played.
 */
export const WaveConfirm = pdu(
  "SNDWAV_CONFIRM",
  "[MS-RDPEA] 2.2.3.8",
  {
    ...soundHeader(SoundMessageType.waveConfirm),
    wTimeStamp: u16,
    cConfirmedBlockNo: u8,
    bPad2: reserved(u8),
  },
  { sentBy: "client" },
);
export type WaveConfirm = Infer<typeof WaveConfirm>;

/** The server stops sending audio. */
export const SoundClose = pdu(
  "SNDCLOSE",
  "[MS-RDPEA] 2.2.3.9",
  { ...soundHeader(SoundMessageType.close) },
  { sentBy: "server" },
);
export type SoundClose = Infer<typeof SoundClose>;

/** Sets the volume of both channels: 0 is silence, 0xffff the loudest. */
export const SetVolume = pdu(
  "SNDVOL",
  "[MS-RDPEA] 2.2.4.1",
  { ...soundHeader(SoundMessageType.setVolume), volumeLeft: u16, volumeRight: u16 },
  { sentBy: "server" },
);
export type SetVolume = Infer<typeof SetVolume>;

/** Sets the pitch of the stream; the server may send it, and the client has to ignore it. */
export const SetPitch = pdu(
  "SNDPITCH",
  "[MS-RDPEA] 2.2.4.2",
  { ...soundHeader(SoundMessageType.setPitch), pitch: u32 },
  { sentBy: "server" },
);
export type SetPitch = Infer<typeof SetPitch>;
