import {
  count,
  counted,
  enumeration,
  flags,
  list,
  pdu,
  reserved,
  u16,
  u16be,
  u32,
  u8,
  type Infer,
} from "@railvail/wire";
import { audioFormat } from "./audio-format.js";
import { soundHeader, SoundMessageType } from "./sound-header.js";

/** Versions of the audio output protocol; from 6 on quality modes, from 8 on Wave2 messages. */
export const SoundVersion = { version2: 2, version5: 5, version6: 6, version8: 8 } as const;

/** What a client can do: [MS-RDPEA] 2.2.2.2. */
export const ClientSoundFlags = {
  /** The client takes audio data; without it the server sends none. */
  alive: 0x0000_0001,
  /** The volume message is honoured. */
  volume: 0x0000_0002,
  /** The pitch message is honoured. */
  pitch: 0x0000_0004,
} as const;

/** The server's version and formats. The first four fields mean nothing; Windows sends rubbish. */
export const ServerSoundFormats = pdu(
  "SERVER_AUDIO_VERSION_AND_FORMATS",
  "[MS-RDPEA] 2.2.2.1",
  {
    ...soundHeader(SoundMessageType.formats),
    dwFlags: u32,
    dwVolume: u32,
    dwPitch: u32,
    wDGramPort: u16,
    wNumberOfFormats: count(u16),
    cLastBlockConfirmed: u8,
    wVersion: enumeration(u16, SoundVersion),
    bPad2: reserved(u8),
    sndFormats: list(audioFormat, counted("wNumberOfFormats")),
  },
  { sentBy: "server" },
);
export type ServerSoundFormats = Infer<typeof ServerSoundFormats>;

/**
 * The client's answer: a subset of the server's formats. Audio data names a format by its index
 * in this list. Volumes are 0 to 0xffff; `dwPitch` is a factor with 16 fractional bits; the port
 * (0 for none) stands in network byte order.
 */
export const ClientSoundFormats = pdu(
  "CLIENT_AUDIO_VERSION_AND_FORMATS",
  "[MS-RDPEA] 2.2.2.2",
  {
    ...soundHeader(SoundMessageType.formats),
    dwFlags: flags(u32, ClientSoundFlags),
    volumeLeft: u16,
    volumeRight: u16,
    dwPitch: u32,
    wDGramPort: u16be,
    wNumberOfFormats: count(u16),
    cLastBlockConfirmed: u8,
    wVersion: enumeration(u16, SoundVersion),
    bPad2: reserved(u8),
    sndFormats: list(audioFormat, counted("wNumberOfFormats")),
  },
  { sentBy: "client" },
);
export type ClientSoundFormats = Infer<typeof ClientSoundFormats>;
