import type { Source } from "@railvail/wire";
import type { ClipCaps } from "./pdu/clip-caps.js";
import { ClipboardGeneralFlags } from "./pdu/clip-caps.js";
import { ClipboardMessageFlags, headerSize } from "./pdu/header.js";

const shortEntry = 36;
const nameSize = 32;
const idSize = 4;

/** Whether both sides announced long format names; a side that sent no capabilities did not. */
export function negotiatedLongNames(server: ClipCaps | undefined, client: ClipCaps | undefined): boolean {
  return announcesLongNames(server) && announcesLongNames(client);
}

function announcesLongNames(caps: ClipCaps | undefined): boolean {
  return (
    caps?.capabilitySets.some(
      ({ capabilityData: set }) =>
        set.type === "general" && (set.generalFlags & ClipboardGeneralFlags.useLongFormatNames) !== 0,
    ) ?? false
  );
}

/**
 * Guesses the form of the format list from `offset` to `end` when the negotiation was not seen.
 * Only the long form can have a length that is not a multiple of 36, and only the short form says
 * `asciiNames`. Otherwise the form in which each format has an identifier other than 0, and the
 * list ends where its last format does, is taken; the zeros that fill a short name read as formats
 * 0 in the other form. If both are possible (each name takes exactly 32 bytes) it is the long one,
 * which peers of today negotiate and which then has the same names. Never reads beyond `end`.
 */
export function guessLongNames(source: Source, offset: number, end: number): boolean {
  if (end - offset < headerSize) return true;
  const flags = source.view.getUint16(offset + 2, true);
  if ((flags & ClipboardMessageFlags.asciiNames) !== 0) return false;
  const start = offset + headerSize;
  if ((end - start) % shortEntry !== 0) return true;
  return readsAsLong(source.view, start, end) || !readsAsShort(source.view, start, end);
}

function readsAsLong(view: DataView, start: number, end: number): boolean {
  let at = start;
  while (at < end) {
    if (end - at < idSize + 2 || view.getUint32(at, true) === 0) return false;
    at += idSize;
    while (at + 2 <= end && view.getUint16(at, true) !== 0) at += 2;
    at += 2;
  }
  return at === end;
}

function readsAsShort(view: DataView, start: number, end: number): boolean {
  for (let at = start; at < end; at += shortEntry) {
    if (view.getUint32(at, true) === 0) return false;
    let ended = false;
    for (let unit = at + idSize; unit < at + idSize + nameSize; unit += 2) {
      const code = view.getUint16(unit, true);
      if (ended && code !== 0) return false;
      ended ||= code === 0;
    }
  }
  return true;
}
