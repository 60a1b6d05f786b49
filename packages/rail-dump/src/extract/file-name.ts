import type { Origin } from "./extract-report.js";

/**
 * The name of a file: what it is, connection and packet with which it began, and more parts, which
 * are safe: `icon-c0-p0000512-w5-big.png`. Files of one kind sort by packet.
 */
export function fileName(
  what: string,
  { connection, packet }: Pick<Origin, "connection" | "packet">,
  parts: readonly (string | undefined)[],
  extension: string,
): string {
  const place = `c${connection}-p${String(packet).padStart(7, "0")}`;
  const more = parts.filter((part) => part !== undefined && part !== "");
  return `${[what, place, ...more].join("-")}.${extension}`;
}
