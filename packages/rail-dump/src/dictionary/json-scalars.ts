import { JsonValueError } from "./json-value-error.js";

const largest = 2n ** 64n - 1n;

export function numberOfJson(json: unknown, path: string): number {
  if (typeof json === "number" && Number.isSafeInteger(json)) return json;
  throw new JsonValueError(path, "a whole number is expected");
}

/** A 64-bit number, of which JSON numbers would lose digits. */
export function wideOfJson(json: unknown, path: string): bigint {
  if (typeof json === "number" && Number.isSafeInteger(json)) return BigInt(json);
  if (typeof json === "string" && /^\d{1,20}$/.test(json) && BigInt(json) <= largest) return BigInt(json);
  throw new JsonValueError(path, "a 64-bit number is expected, as a string of decimal digits");
}

export function textOfJson(json: unknown, path: string): string {
  if (typeof json === "string") return json;
  throw new JsonValueError(path, "a string is expected");
}

export function bytesOfJson(json: unknown, path: string): Uint8Array {
  if (typeof json === "string" && json.length % 2 === 0 && /^[0-9a-f]*$/i.test(json)) {
    return new Uint8Array(Buffer.from(json, "hex"));
  }
  throw new JsonValueError(path, "bytes are expected, as a string of pairs of hexadecimal digits");
}
