import { ClientEarlyCapabilityFlags, ColorDepth, GeneralExtraFlags, SurfaceCommandFlags } from "@railvail/transport";
import { describe, expect, test } from "vitest";
import { withCapabilities, type ClientCapability } from "../connection/capability-list.js";
import { clientCapabilities } from "../connection/client-capabilities.js";
import { requestedDepth } from "../connection/color-depth.js";
import type { ClientBlock } from "../connection/server-state.js";
import { chooseUpdates } from "./update-choice.js";

const all = clientCapabilities({
  desktopWidth: 800,
  desktopHeight: 600,
  rail: false,
  keyboardLayout: 0,
  keyboardType: 4,
});
const without = (...types: readonly ClientCapability["type"][]) => all.filter(({ type }) => !types.includes(type));
const capability = <T extends ClientCapability["type"]>(type: T) =>
  all.find((each) => each.type === type) as Extract<ClientCapability, { type: T }>;
const depth = (preferredBitsPerPixel: number): ClientCapability => ({ ...capability("bitmap"), preferredBitsPerPixel });
const commands = (cmdFlags: number): ClientCapability => ({ type: "surfaceCommands", cmdFlags });
const { SURFCMDS_SETSURFACEBITS, SURFCMDS_STREAMSURFACEBITS, SURFCMDS_FRAMEMARKER } = SurfaceCommandFlags;

describe("the way of updates", () => {
  test("is surface commands with frames for a client that knows all", () => {
    expect(chooseUpdates(all)).toEqual({
      kind: "setSurfaceBits",
      bitsPerPixel: 32,
      maximumSize: 0x4_0000,
      frameMarkers: true,
      maximumFrames: 2,
      compressionHeader: false,
    });
  });

  test("is bitmap updates that need no fragments for a client that knows nothing", () => {
    const old = without("surfaceCommands", "multifragmentUpdate", "frameAcknowledge");
    expect(chooseUpdates(old)).toMatchObject({
      kind: "bitmap",
      maximumSize: 16_377,
      frameMarkers: false,
      maximumFrames: undefined,
    });
  });

  test.each([
    [SURFCMDS_SETSURFACEBITS | SURFCMDS_FRAMEMARKER, "setSurfaceBits", true],
    [SURFCMDS_STREAMSURFACEBITS | SURFCMDS_SETSURFACEBITS, "setSurfaceBits", false],
    [SURFCMDS_STREAMSURFACEBITS | SURFCMDS_FRAMEMARKER, "streamSurfaceBits", true],
    [SURFCMDS_FRAMEMARKER, "bitmap", false],
    [0, "bitmap", false],
  ])("follows the surface commands %i", (flags, kind, frameMarkers) => {
    const choice = chooseUpdates(withCapabilities(all, [commands(flags)]));
    expect(choice).toMatchObject({ kind, frameMarkers, maximumFrames: frameMarkers ? 2 : undefined });
  });

  test.each([15, 16, 24])("is bitmap updates in a session of %i bits, unless the caller wants it otherwise", (bits) => {
    const stated = withCapabilities(all, [depth(bits)]);
    expect(chooseUpdates(stated)).toMatchObject({ kind: "bitmap", bitsPerPixel: bits });
    const wanted = chooseUpdates(stated, { surfaceCommands: true });
    expect(wanted).toMatchObject({ kind: "setSurfaceBits", bitsPerPixel: bits });
    expect(chooseUpdates(stated, { bitsPerPixel: 32 })).toMatchObject({ kind: "setSurfaceBits", bitsPerPixel: 32 });
    expect(chooseUpdates(all, { surfaceCommands: false })).toMatchObject({ kind: "bitmap", bitsPerPixel: 32 });
  });

  test.each([
    [0, 16_377],
    [20_000, 20_000],
    [0xffff_ffff, 0x4_0000],
  ])("takes updates as large as the client does: %i", (maxRequestSize, maximumSize) => {
    const stated = withCapabilities(all, [{ type: "multifragmentUpdate", maxRequestSize }]);
    expect(chooseUpdates(stated)?.maximumSize).toBe(maximumSize);
  });

  test.each([
    [0, 2],
    [1, 1],
    [0xffff_ffff, 16],
  ])("takes the frames in flight that the client states, within bounds: %i", (stated, maximumFrames) => {
    const changed = withCapabilities(all, [{ type: "frameAcknowledge", maxUnacknowledgedFrameCount: stated }]);
    expect(chooseUpdates(changed)?.maximumFrames).toBe(maximumFrames);
  });

  test("is none for colours of a palette, and without fast-path output", () => {
    expect(chooseUpdates(withCapabilities(all, [depth(8)]))).toBeUndefined();
    expect(chooseUpdates([])).toBeUndefined();
    const slow = { ...capability("general"), extraFlags: GeneralExtraFlags.NO_BITMAP_COMPRESSION_HDR };
    expect(chooseUpdates(withCapabilities(all, [slow]))).toBeUndefined();
  });

  test("has headers of compressed tiles only where they were not declined", () => {
    const old = { ...capability("general"), extraFlags: GeneralExtraFlags.FASTPATH_OUTPUT_SUPPORTED };
    expect(chooseUpdates(withCapabilities(all, [old]))?.compressionHeader).toBe(true);
  });
});

describe("the depth that a client asks for", () => {
  const core = (fields: object): ClientBlock[] => [{ type: "core", ...fields } as ClientBlock];
  const old = { colorDepth: ColorDepth.RNS_UD_COLOR_8BPP };
  const newer = { ...old, postBeta2ColorDepth: ColorDepth.RNS_UD_COLOR_16BPP_565 };
  const high = { ...newer, highColorDepth: 24 };

  test.each([
    [core(old), 8],
    [core({ ...old, postBeta2ColorDepth: ColorDepth.RNS_UD_COLOR_16BPP_555 }), 15],
    [core(newer), 16],
    [core({ ...newer, highColorDepth: 15 }), 15],
    [core(high), 24],
    [core({ ...high, earlyCapabilityFlags: ClientEarlyCapabilityFlags.RNS_UD_CS_SUPPORT_ERRINFO_PDU }), 24],
    [core({ ...high, earlyCapabilityFlags: ClientEarlyCapabilityFlags.RNS_UD_CS_WANT_32BPP_SESSION }), 32],
    [core({ colorDepth: 1 }), 8],
    [[], 8],
  ])("is that of the newest field: %#", (blocks, expected) => {
    expect(requestedDepth(blocks)).toBe(expected);
  });
});
