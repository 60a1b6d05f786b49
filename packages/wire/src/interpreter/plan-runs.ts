import { intName } from "../declaration/ints.js";
import { padSize, unit } from "../declaration/layout.js";
import type { Extent, PadNode, TextNode } from "../declaration/nodes.js";
import { findLineEnd, findNul, readText } from "../text.js";
import { Label, type FieldName } from "./label.js";
import { planInteger, type Frame } from "./plan-numbers.js";
import type { Read } from "./reading.js";
import type { Slots } from "./slots.js";
import { textDeviations } from "./text-deviations.js";

const isZero = (bytes: Uint8Array): boolean => bytes.every((byte) => byte === 0);

/** The bytes an extent covers, all there; reads a prefix, whose span stands beside the field's. */
export function planExtent(name: FieldName, extent: Extent, slots: Slots): Read<number> {
  switch (extent.by) {
    case "prefix": {
      const read = planInteger(extent.int, slots);
      const label = new Label(name, intName(extent.int), "Length");
      return (reading) => {
        const at = reading.offset;
        const raw = Number(read(reading));
        reading.leaf(label, at, reading.offset, raw);
        const size = (raw - extent.bias) * extent.unit;
        if (size < 0) reading.fail({ code: "length-mismatch", declared: raw, actual: extent.bias }, at);
        reading.need(size);
        return size;
      };
    }
    case "field": {
      const number = slots.number(extent.field);
      return (reading) => {
        const size = number(reading) ?? 0;
        reading.need(size);
        return size;
      };
    }
    case "fixed":
      return (reading) => {
        reading.need(extent.size);
        return extent.size;
      };
    default:
      return ({ left }) => left;
  }
}

export function planBytes(name: FieldName, extent: Extent, slots: Slots): Read<Uint8Array> {
  const sizeOf = planExtent(name, extent, slots);
  const label = new Label(name, "bytes");
  return (reading) => {
    const size = sizeOf(reading);
    const at = reading.offset;
    const bytes = reading.take(size);
    reading.leaf(label, at, reading.offset, bytes);
    return bytes;
  };
}

/** Padding; one that only fills up may be shorter than it should be. */
export function planPad(name: FieldName, node: PadNode, { start }: Frame): Read<undefined> {
  const label = new Label(name, "pad");
  return (reading) => {
    const at = reading.offset;
    const size = padSize(node, at - (reading.positions[start] ?? at));
    const bytes = reading.take(node.to === "size" ? size : Math.min(size, reading.left));
    if (bytes.length < size)
      reading.deviation("missing-pad", at, `${size - bytes.length} bytes of padding are missing`);
    if (reading.traced && !isZero(bytes)) reading.deviation("reserved-not-zero", at, "padding is not zero");
    reading.leaf(label, at, reading.offset, bytes);
    return undefined;
  };
}

/** Text of any extent; undefined for a line that is not there. */
export function planText(name: FieldName, node: TextNode, slots: Slots): Read<string | undefined> {
  if (node.extent.by === "line" || node.extent.by === "nul") return planEnded(name, node);
  const sizeOf = planExtent(name, node.extent, slots);
  const label = new Label(name, node.encoding);
  const terminator = new Label(name, "pad", "Terminator");
  return (reading) => {
    const size = sizeOf(reading);
    const at = reading.offset;
    const text = readText(reading.source, at, size, node.encoding, node.nul);
    reading.offset += size;
    reading.leaf(label, at, reading.offset, text);
    if (reading.traced) {
      for (const { rule, at: from, message } of textDeviations(reading.source, node, text, at, size))
        reading.deviation(rule, from, message);
    }
    if (node.nul === "after") {
      const stop = reading.offset;
      const nul = reading.take(unit(node));
      if (!isZero(nul)) reading.deviation("missing-terminator", stop, "no NUL after the text");
      reading.leaf(terminator, stop, reading.offset, nul);
    }
    return text;
  };
}

/** Text up to a NUL or up to the end of a line. */
function planEnded(name: FieldName, node: TextNode): Read<string | undefined> {
  const line = node.extent.by === "line";
  const label = new Label(name, node.encoding);
  return (reading) => {
    const { source, offset: at, end, left } = reading;
    const stop = line ? findLineEnd(source, at, end) : findNul(source, at, end, node.encoding === "utf16");
    if (stop < 0 && line) return undefined;
    if (stop < 0) reading.fail({ code: "not-enough-bytes", needed: left + unit(node), available: left });
    const text = readText(source, at, stop - at, node.encoding, "none");
    reading.take(stop - at + (line ? 2 : unit(node)));
    reading.leaf(label, at, reading.offset, text);
    return text;
  };
}
