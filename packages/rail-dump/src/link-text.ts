import type { Link } from "@railvail/dissect";

/** Nanoseconds. */
const milli = 1e6;

/** A span of nanoseconds in milliseconds or seconds, with as many digits as one compares. */
export function delayText(nanoseconds: bigint): string {
  const exact = Number(nanoseconds);
  const size = Math.abs(exact);
  if (size >= 1000 * milli) return `${(Number(nanoseconds / 1000n) / 1e6).toFixed(3)} s`;
  return `${(exact / milli).toFixed(size < milli ? 3 : 1)} ms`;
}

/** A link in words: `answers packet 12 after 3.2 ms`, `refers to packet 137`. */
export function linkText({ relation, to, delay, nth }: Link): string {
  if (relation === "refers") return `refers to packet ${to.packet}`;
  return `answers packet ${to.packet}${nth === 1 ? "" : " again"} after ${delayText(delay)}`;
}

/**
 * A link as a member of an object in JSON: `"answers":{"packet":12,"name":"…","after":0.0032}`, with
 * seconds, and `"nth":2` for a repeated answer; `"refers":{"packet":137,"name":"…"}`.
 */
export function linkJson({ relation, to, delay, nth }: Link): string {
  const target = `"packet":${to.packet},"name":${JSON.stringify(to.name)}`;
  if (relation === "refers") return `"refers":{${target}}`;
  return `"answers":{${target},"after":${Number(delay) / 1e9}${nth === 1 ? "" : `,"nth":${nth}`}}`;
}
