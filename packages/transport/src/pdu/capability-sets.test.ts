import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { ClientCapabilitySet, ServerCapabilitySet } from "./capability-sets.js";

// Test data of another project, read as it is.
type Fields = Readonly<Record<string, unknown>>;
interface Vector {
  readonly name: string;
  readonly hex: string;
  readonly direction: string;
  readonly expect: Fields;
}
const folder = new URL("../../../../../shared/vectors/open/", import.meta.url);
const present = existsSync(folder);
const load = (area: string): Vector[] =>
  present ? (JSON.parse(readFileSync(new URL(`${area}.json`, folder), "utf8")) as Vector[]) : [];
const bytesOf = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, "hex"));
const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");

type Expected = (of: Fields) => Fields;
type Cell = Readonly<Record<"entries" | "max_cell_size", number>>;
const entry = (of: unknown): Fields => ({
  cacheEntries: (of as Cell).entries,
  cacheMaximumCellSize: (of as Cell).max_cell_size,
});
const entries = (list: unknown): unknown => (list as Cell[]).map(entry);
const general: Expected = (of) => ({
  type: "general",
  osMajorType: of["major_platform_type"],
  osMinorType: of["minor_platform_type"],
  protocolVersion: of["protocol_version"],
  extraFlags: of["extra_flags"],
  refreshRectSupport: Number(of["refresh_rect_support"]),
  suppressOutputSupport: Number(of["suppress_output_support"]),
});
const bitmap: Expected = (of) => ({
  type: "bitmap",
  preferredBitsPerPixel: of["pref_bits_per_pix"],
  desktopWidth: of["desktop_width"],
  desktopHeight: of["desktop_height"],
  desktopResizeFlag: Number(of["desktop_resize_flag"]),
  drawingFlags: of["drawing_flags"],
});
const order: Expected = (of) => ({
  type: "order",
  orderFlags: of["order_flags"],
  orderSupport: bytesOf((of["order_support"] as { hex: string }).hex),
  orderSupportExFlags: of["order_support_ex_flags"],
  desktopSaveSize: of["desktop_save_size"],
  textAnsiCodePage: of["text_ansi_code_page"],
});
const input: Expected = (of) => ({
  type: "input",
  inputFlags: of["input_flags"],
  keyboardLayout: of["keyboard_layout"],
  keyboardType: of["keyboard_type"],
  keyboardSubType: of["keyboard_subtype"],
  keyboardFunctionKey: of["keyboard_function_key"],
  imeFileName: of["keyboard_ime_filename"],
});
const glyphCache: Expected = (of) => ({
  type: "glyphCache",
  glyphCache: entries(of["glyph_cache"]),
  fragCache: entry(of["frag_cache"]),
  glyphSupportLevel: of["glyph_support_level"],
});
interface Codec {
  readonly id: number;
  readonly property: {
    readonly RemoteFx?: {
      ClientContainer: {
        capture_flags: number;
        caps_data: { flags: number; entropy_bits: number }[];
      };
    };
    readonly NsCodec?: {
      is_dynamic_fidelity_allowed: boolean;
      is_subsampling_allowed: boolean;
      color_loss_level: number;
    };
  };
}
const bitmapCodecs: Expected = (of) => ({
  type: "bitmapCodecs",
  bitmapCodecs: (of as unknown as readonly Codec[]).map(({ id, property: { NsCodec: ns, RemoteFx: rfx } }) => ({
    codecId: id,
    codecProperties:
      ns !== undefined
        ? {
            type: "nsCodec",
            fAllowDynamicFidelity: Number(ns.is_dynamic_fidelity_allowed),
            fAllowSubsampling: Number(ns.is_subsampling_allowed),
            colorLossLevel: ns.color_loss_level,
          }
        : {
            type: "remoteFx",
            captureFlags: rfx?.ClientContainer.capture_flags,
            capsData: {
              capsets: [
                {
                  icapsData: rfx?.ClientContainer.caps_data.map((each) => ({
                    flags: each.flags,
                    entropyBits: each.entropy_bits,
                  })),
                },
              ],
            },
          },
  })),
});
const only =
  (type: string, ...names: [ours: string, theirs: string][]): Expected =>
  (of) => ({ type, ...Object.fromEntries(names.map(([ours, theirs]) => [ours, of[theirs]])) });
const typed =
  (type: string, fields: Fields = {}): Expected =>
  () => ({ type, ...fields });

/** The type of the set and its fields in our words, for each vector that is the body of one. */
const bodies: Readonly<Record<string, readonly [number, Expected]>> = {
  "capsets.general": [1, general],
  "capsets.general-b": [1, general],
  "capsets.bitmap": [2, bitmap],
  "capsets.bitmap-b": [2, bitmap],
  "capsets.server-bitmap": [2, bitmap],
  "capsets.order": [3, order],
  "capsets.order-b": [3, order],
  "capsets.client-order": [3, order],
  "capsets.bitmap-cache-rev1": [4, (of) => ({ type: "bitmapCache", caches: entries(of["caches"]) })],
  "capsets.client-control": [5, typed("control", { controlInterest: 2, detachInterest: 2 })],
  "capsets.client-window-activation": [7, typed("windowActivation", { helpKeyFlag: 0 })],
  "capsets.pointer": [
    8,
    only("pointer", ["colorPointerCacheSize", "color_pointer_cache_size"], ["pointerCacheSize", "pointer_cache_size"]),
  ],
  "capsets.client-share": [9, typed("share", { nodeId: 0 })],
  "capsets.server-color-cache": [10, typed("colorCache", { colorTableCacheSize: 6 })],
  "capsets.sound": [12, only("sound", ["soundFlags", "flags"])],
  "capsets.input": [13, input],
  "capsets.input-b": [13, input],
  "capsets.client-font": [14, typed("font", { fontSupportFlags: 1 })],
  "capsets.brush": [15, only("brush", ["brushSupportLevel", "support_level"])],
  "capsets.glyph-cache": [16, glyphCache],
  "capsets.glyph-cache-b": [16, glyphCache],
  "capsets.offscreen-bitmap-cache": [
    17,
    (of) => ({
      type: "offscreen",
      offscreenSupportLevel: Number(of["is_supported"]),
      offscreenCacheSize: of["cache_size"],
      offscreenCacheEntries: of["cache_entries"],
    }),
  ],
  "capsets.server-bitmap-cache-host-support": [18, typed("bitmapCacheHostSupport", { cacheVersion: 1 })],
  "capsets.bitmap-cache-rev2": [
    19,
    (of) => ({
      type: "bitmapCacheRev2",
      cacheFlags: of["cache_flags"],
      numCellCaches: of["num_cell_caches"],
      cellInfos: (of["cache_cell_info"] as { num_entries: number; is_cache_persistent: boolean }[]).map((each) => ({
        numEntries: each.num_entries,
        persistent: Number(each.is_cache_persistent),
      })),
    }),
  ],
  "capsets.virtual-channel": [20, only("virtualChannel", ["flags", "flags"], ["vcChunkSize", "chunk_size"])],
  "capsets.virtual-channel-no-chunk-size": [20, only("virtualChannel", ["flags", "flags"])],
  "capsets.client-draw-nine-grid-cache": [
    21,
    typed("drawNineGrid", {
      drawNineGridSupportLevel: 2,
      drawNineGridCacheSize: 2560,
      drawNineGridCacheEntries: 256,
    }),
  ],
  "capsets.client-draw-gdi-plus": [22, typed("drawGdiPlus", { drawGdiPlusSupportLevel: 0 })],
  "capsets.rail": [23, only("rail", ["railSupportLevel", "support_level"])],
  "capsets.window-list": [
    24,
    only(
      "windowList",
      ["wndSupportLevel", "support_level"],
      ["numIconCaches", "num_icon_caches"],
      ["numIconCacheEntries", "num_icon_cache_entries"],
    ),
  ],
  "capsets.multifragment-update": [26, only("multifragmentUpdate", ["maxRequestSize", "max_request_size"])],
  "capsets.large-pointer": [27, only("largePointer", ["largePointerSupportFlags", "flags"])],
  "capsets.surface-commands": [28, only("surfaceCommands", ["cmdFlags", "flags"])],
  "capsets.bitmap-codecs": [29, bitmapCodecs],
  "capsets.bitmap-codecs-b": [29, bitmapCodecs],
  "capsets.frame-acknowledge": [
    30,
    only("frameAcknowledge", ["maxUnacknowledgedFrameCount", "max_unacknowledged_frame_count"]),
  ],
};

/** The capability header in front of a body. */
const framed = (type: number, hex: string): Uint8Array => {
  const size = 4 + hex.length / 2;
  return bytesOf(Buffer.from([type, 0, size & 0xff, size >> 8]).toString("hex") + hex);
};

describe.skipIf(!present)("capability sets against vectors (skipped without ../shared/vectors)", () => {
  const vectors = load("capsets");
  test.each(Object.keys(bodies))("%s", (name) => {
    const vector = vectors.find((each) => each.name === name);
    const [type, expected] = bodies[name] ?? [0, typed("")];
    const bytes = framed(type, vector?.hex ?? "");
    const Set = vector?.direction === "server-to-client" ? ServerCapabilitySet : ClientCapabilitySet;
    const value = Set.decode(bytes);
    expect(value.capability).toMatchObject(expected(vector?.expect ?? {}));
    expect(hexOf(Set.encode(value as never))).toBe(hexOf(bytes));
  });
});

describe("capability sets", () => {
  test("an unknown set is kept", () => {
    const bytes = bytesOf("06000800aabbccdd");
    const value = ClientCapabilitySet.decode(bytes);
    expect(value.capability).toEqual({ type: "unknown", tag: 6, data: bytesOf("aabbccdd") });
    expect(ClientCapabilitySet.encode(value)).toEqual(bytes);
  });

  test("a server's RemoteFX container is zero bytes, and its NSCodec too", () => {
    const bytes = bytesOf(
      "1d00" +
        "3300" +
        "02" +
        "b91b8dca0f004f15589fae2d1a87e2d6" +
        "01" +
        "0400" +
        "00000000" +
        "122f777672bd6344afb3b73c9c6f7886" +
        "03" +
        "0400" +
        "00000000",
    );
    const value = ServerCapabilitySet.decode(bytes);
    expect(value.capability).toMatchObject({
      bitmapCodecs: [
        { codecId: 1, codecProperties: { type: "nsCodec", colorLossLevel: 0 } },
        { codecId: 3, codecProperties: { type: "remoteFx", reserved: bytesOf("00000000") } },
      ],
    });
    expect(hexOf(ServerCapabilitySet.encode(value))).toBe(hexOf(bytes));
  });

  test("a codec of unknown GUID keeps its properties, and codecs after it are read", () => {
    const bytes = bytesOf(
      "1d00" +
        "2d00" +
        "02" +
        "e64caf1bed9e0c43869acb8b37b66237" +
        "04" +
        "0100" +
        "4b" +
        "a651439c3535ae42910ccdfce5760b58" +
        "05" +
        "0000",
    );
    bytes[2] = bytes.length;
    const value = ClientCapabilitySet.decode(bytes);
    expect(value.capability).toMatchObject({
      bitmapCodecs: [
        {
          guidTail: bytesOf("ed9e0c43869acb8b37b66237"),
          codecProperties: { type: "unknown", tag: 0x1baf4ce6, data: bytesOf("4b") },
        },
        { codecId: 5, codecProperties: { type: "ignore" } },
      ],
    });
    expect(hexOf(ClientCapabilitySet.encode(value))).toBe(hexOf(bytes));
  });
});
