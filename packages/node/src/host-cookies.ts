import { createHmac, randomBytes } from "node:crypto";
import type { CookieMaker } from "@railvail/session";

/** Makes the cookies with which clients come back to a compositor. */
export const hostCookies: CookieMaker = {
  // The protocol wants this hash; it guards random bytes that are used once.
  hmacMd5: (key, data) => new Uint8Array(createHmac("md5", key).update(data).digest()),
  randomBytes: (size) => new Uint8Array(randomBytes(size)),
};
