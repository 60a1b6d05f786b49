import { fastPathPrefixSize, FastPathInputCode } from "@railvail/transport";
import type { Source } from "@railvail/wire";

/** Bytes of fast-path input events, by their code. Of other codes the size is not known. */
export const eventSizes: Readonly<Record<number, number>> = {
  [FastPathInputCode.scancode]: 2,
  [FastPathInputCode.mouse]: 7,
  [FastPathInputCode.mouseX]: 7,
  [FastPathInputCode.sync]: 1,
  [FastPathInputCode.unicode]: 3,
  [FastPathInputCode.mouseRelative]: 7,
  [FastPathInputCode.qoeTimestamp]: 5,
};

/** Bytes of the header of a fast-path packet whose length stands at `offset + 1`. */
export const fastPathHeaderSize = ({ view }: Source, offset: number): number =>
  view.getUint8(offset + 1) < 0x80 ? fastPathPrefixSize - 1 : fastPathPrefixSize;

/** An event of unknown size that others follow, so that these cannot be found. */
interface StrangeEvent {
  readonly code: number;
  /** Counted from 1. */
  readonly number: number;
  /** How many events the packet has. */
  readonly count: number;
}

/** The first event of unknown size in the packet from `offset` to `end`, if it is not the last one. */
export function strangeEvent(source: Source, offset: number, end: number): StrangeEvent | undefined {
  const { view } = source;
  let at = offset + fastPathHeaderSize(source, offset);
  let count = (view.getUint8(offset) >> 2) & 0x0f;
  if (count === 0) {
    if (at >= end) return undefined;
    count = view.getUint8(at++);
  }
  for (let number = 1; number < count && at < end; number++) {
    const code = view.getUint8(at) >> 5;
    const size = eventSizes[code];
    if (size === undefined) return { code, number, count };
    at += size;
  }
  return undefined;
}
