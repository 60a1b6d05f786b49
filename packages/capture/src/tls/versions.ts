const ssl3 = 0x0300;
export const tls10 = 0x0301;
const tls11 = 0x0302;
export const tls12 = 0x0303;
export const tls13 = 0x0304;

const names: ReadonlyMap<number, string> = new Map([
  [0x0002, "SSL 2.0"],
  [ssl3, "SSL 3.0"],
  [tls10, "TLS 1.0"],
  [tls11, "TLS 1.1"],
  [tls12, "TLS 1.2"],
  [tls13, "TLS 1.3"],
]);

/** `TLS 1.2`; a draft of TLS 1.3 by its number; what is unknown in hexadecimal. */
export function versionName(version: number): string {
  const draft = version >> 8 === 0x7f ? `draft ${version & 0xff} of TLS 1.3` : undefined;
  return names.get(version) ?? draft ?? `TLS version 0x${version.toString(16).padStart(4, "0")}`;
}

export const supportedVersion = (version: number): boolean => version >= tls10 && version <= tls13;
