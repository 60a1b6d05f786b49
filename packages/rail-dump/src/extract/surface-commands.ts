import {
  CacheToSurface,
  codecName,
  SolidFill,
  SurfaceToSurface,
  WireToSurface1,
  WireToSurface2,
  type CanvasTrouble,
} from "@railvail/egfx";
import type { Pdu } from "@railvail/wire";

/** The surface that a command draws on; undefined if it draws on none. */
export function surfaceDrawnOn(pdu: Pdu, value: unknown): number | undefined {
  switch (pdu) {
    case WireToSurface1 as Pdu:
    case WireToSurface2 as Pdu:
    case SolidFill as Pdu:
    case CacheToSurface as Pdu:
      return (value as SolidFill).surfaceId;
    case SurfaceToSurface as Pdu:
      return (value as SurfaceToSurface).surfaceIdDest;
    default:
      return undefined;
  }
}

/** The codec of a command's pixels; undefined if it has none. */
export const codecOf = (pdu: Pdu, value: unknown): string | undefined =>
  pdu === (WireToSurface1 as Pdu) || pdu === (WireToSurface2 as Pdu)
    ? codecName((value as WireToSurface1).codecId)
    : undefined;

const sentences: Readonly<Record<Exclude<CanvasTrouble, "codec-not-decoded">, string>> = {
  "unknown-surface": "commands for surfaces whose creation was not captured",
  "unknown-slot": "bitmaps of the cache that were not captured",
  "payload-refused": "pixels that are not what their codec asks for",
  "outside-surface": "pixels outside of their surface",
  "limit-exceeded": "surfaces that are too large, or too many, to be kept",
};

/** Why a command was not drawn, in words. */
export const troubleText = (trouble: CanvasTrouble, codec: string | undefined): string =>
  trouble === "codec-not-decoded"
    ? `pixels of the codec ${codec ?? "unknown"}, which is not drawn`
    : sentences[trouble];
