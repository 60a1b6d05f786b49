/** Where somebody listens. */
export type Address =
  /** 0 as a port to listen at: any that is free. */
  { readonly host: string; readonly port: number } | { readonly path: string };

export const addressText = (address: Address): string =>
  "path" in address ? address.path : hostAndPort(address.host, address.port);

export const hostAndPort = (host: string, port: number): string => `${host.includes(":") ? `[${host}]` : host}:${port}`;
