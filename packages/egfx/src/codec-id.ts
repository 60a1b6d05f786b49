/**
 * How the bitmap data of a wire-to-surface command is encoded, [MS-RDPEGFX] 2.2.2.1 and 2.2.2.2.
 * Only `caProgressive` belongs to WIRE_TO_SURFACE_2.
 */
export const CodecId = {
  uncompressed: 0x00,
  caVideo: 0x03,
  clearCodec: 0x08,
  caProgressive: 0x09,
  planar: 0x0a,
  avc420: 0x0b,
  alpha: 0x0c,
  avc444: 0x0e,
  avc444v2: 0x0f,
} as const;

const names: ReadonlyMap<number, string> = new Map(
  Object.entries(CodecId).map(([name, id]) => [id, name.toUpperCase()]),
);

/** The specification's name of a codec without its prefix (`AVC420`); an unknown one in hex. */
export function codecName(codecId: number): string {
  return names.get(codecId) ?? `0x${codecId.toString(16)}`;
}
