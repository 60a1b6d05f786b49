import {
  block,
  byteLength,
  bytes,
  count,
  counted,
  equals,
  fixed,
  flags,
  length,
  list,
  not,
  optional,
  prefixed,
  reserved,
  rest,
  sized,
  struct,
  tag,
  u16,
  u32,
  u8,
  union,
  when,
  within,
  type Shape,
} from "@railvail/wire";

/** The first four bytes of the codec GUIDs, [MS-RDPBCGR] 2.2.7.2.10.1.1. */
export const CodecGuid = {
  nsCodec: 0xca8d1bb9,
  remoteFx: 0x76772f12,
  imageRemoteFx: 0x2744ccd4,
  ignore: 0x9c4351a6,
} as const;

/** TS_NSCODEC_CAPABILITYSET, [MS-RDPNSC] 2.2.1. Servers send four zero bytes in its place. */
const nsCodecCapability = {
  fAllowDynamicFidelity: optional(u8),
  fAllowSubsampling: optional(u8),
  /** 1 (no loss of colour) to 7. */
  colorLossLevel: optional(u8),
};

/** TS_RFX_ICAP, [MS-RDPRFX] 2.2.1.1.1.1.1. `entropyBits` is 1 for RLGR1 and 4 for RLGR3. */
const icap = {
  version: u16,
  tileSize: u16,
  flags: flags(u8, { CODEC_MODE: 2 }),
  colConvBits: u8,
  transformBits: u8,
  entropyBits: u8,
};

/** TS_RFX_CLNT_CAPS_CONTAINER, [MS-RDPRFX] 2.2.1.1, with TS_RFX_CAPS and TS_RFX_CAPSET. */
const remoteFxClientCapability = {
  length: byteLength(u32, { lenient: true }),
  captureFlags: flags(u32, { CARDP_CAPS_CAPTURE_NON_CAC: 1 }),
  capsLength: length(u32),
  capsData: within(sized("capsLength"), {
    blockType: reserved(u16, 0xcbc0),
    blockLen: reserved(u32, 8),
    numCapsets: count(u16),
    capsets: list(
      block({
        blockType: reserved(u16, 0xcbc1),
        blockLen: byteLength(u32),
        codecId: u8,
        capsetType: reserved(u16, 0xcfc0),
        numIcaps: count(u16),
        icapLen: reserved(u16, 8),
        icapsData: list(struct(icap), counted("numIcaps")),
      }),
      counted("numCapsets"),
    ),
  }),
};

/** TS_RFX_SRVR_CAPS_CONTAINER, [MS-RDPRFX] 2.2.1.2: zero bytes, as many as the server likes. */
const remoteFxServerCapability = {
  reserved: bytes(rest),
};

/**
 * TS_BITMAPCODECS_CAPABILITYSET, [MS-RDPBCGR] 2.2.7.2.10. Codecs are told apart by the first
 * four bytes of their GUID; the other twelve follow from them where the codec is known and stand
 * in `guidTail` where it is not.
 */
const bitmapCodecs = <const R extends Shape>(remoteFx: R) => ({
  bitmapCodecCount: count(u8),
  bitmapCodecs: list(
    struct({
      codecGuid: tag(u32),
      nsCodecGuid2: when(equals("codecGuid", CodecGuid.nsCodec), reserved(u32, 0x154f000f)),
      nsCodecGuid3: when(equals("codecGuid", CodecGuid.nsCodec), reserved(u32, 0x2dae9f58)),
      nsCodecGuid4: when(equals("codecGuid", CodecGuid.nsCodec), reserved(u32, 0xd6e2871a)),
      remoteFxGuid2: when(equals("codecGuid", CodecGuid.remoteFx), reserved(u32, 0x4463bd72)),
      remoteFxGuid3: when(equals("codecGuid", CodecGuid.remoteFx), reserved(u32, 0x3cb7b3af)),
      remoteFxGuid4: when(equals("codecGuid", CodecGuid.remoteFx), reserved(u32, 0x86786f9c)),
      imageGuid2: when(equals("codecGuid", CodecGuid.imageRemoteFx), reserved(u32, 0x4e749d8a)),
      imageGuid3: when(equals("codecGuid", CodecGuid.imageRemoteFx), reserved(u32, 0xcb0e3c80)),
      imageGuid4: when(equals("codecGuid", CodecGuid.imageRemoteFx), reserved(u32, 0x549ca1ee)),
      ignoreGuid2: when(equals("codecGuid", CodecGuid.ignore), reserved(u32, 0x42ae3535)),
      ignoreGuid3: when(equals("codecGuid", CodecGuid.ignore), reserved(u32, 0xfccd0c91)),
      ignoreGuid4: when(equals("codecGuid", CodecGuid.ignore), reserved(u32, 0x580b76e5)),
      guidTail: when(not(equals("codecGuid", ...Object.values(CodecGuid))), bytes(fixed(12))),
      codecId: u8,
      codecProperties: union(
        "codecGuid",
        {
          nsCodec: [CodecGuid.nsCodec, nsCodecCapability],
          remoteFx: [CodecGuid.remoteFx, remoteFx],
          imageRemoteFx: [CodecGuid.imageRemoteFx, remoteFx],
          ignore: [CodecGuid.ignore, {}],
        },
        prefixed(u16),
      ),
    }),
    counted("bitmapCodecCount"),
  ),
});

/** Bitmap codecs as a client sends them. */
export const clientBitmapCodecsCapability = bitmapCodecs(remoteFxClientCapability);
/** Bitmap codecs as a server sends them. */
export const serverBitmapCodecsCapability = bitmapCodecs(remoteFxServerCapability);
