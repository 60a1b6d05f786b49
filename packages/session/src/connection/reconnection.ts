import { AutoReconnectClient } from "@railvail/transport";
import { DecodeError } from "@railvail/wire";

/** HMAC-MD5 (RFC 2104) of `data` under `key`: 16 bytes. It comes from the host, which has the hash function. */
export type HmacMd5 = (key: Uint8Array, data: Uint8Array) => Uint8Array;

/** With what a client comes back to its session: the session's id, and 16 random bytes of the server. */
export interface ReconnectionCookie {
  readonly logonId: number;
  readonly random: Uint8Array;
}

/** What a client needs to come back to a session. */
export interface ClientReconnection {
  readonly cookie: ReconnectionCookie;
  readonly hmacMd5: HmacMd5;
  /** What the server found out about the network before, so that it need not measure again. */
  readonly network?: KnownNetwork;
}

/** Kilobits per second, and milliseconds. */
export interface KnownNetwork {
  readonly bandwidth: number;
  readonly rtt: number;
}

/** What a server needs to take clients back. */
export interface ServerReconnection {
  readonly hmacMd5: HmacMd5;
  /** The 16 random bytes that a session's client was given last; undefined if there is no such session. */
  readonly randomOf: (logonId: number) => Uint8Array | undefined;
}

/** The client's random number: all zero where Standard RDP Security encrypts nothing. */
const clientRandom = new Uint8Array(32);

/** [MS-RDPBCGR] 5.5, 2.2.4.3: what a client shows instead of the cookie. */
export const reconnectionPacket = ({ cookie: { logonId, random }, hmacMd5 }: ClientReconnection): Uint8Array =>
  AutoReconnectClient.encode({ logonId, securityVerifier: hmacMd5(random, clientRandom) });

/** [MS-RDPBCGR] 5.5: the session that a client may come back to, or why it may not. */
export function verifiedLogon(
  packet: Uint8Array,
  { hmacMd5, randomOf }: ServerReconnection,
): { readonly logonId: number } | { readonly problem: string } {
  const shown = read(packet);
  if (shown === undefined) return { problem: `${packet.length} bytes are no cookie` };
  const { logonId, securityVerifier } = shown;
  const random = randomOf(logonId);
  if (random === undefined) return { problem: `there is no session ${logonId}` };
  const wanted = hmacMd5(random, clientRandom);
  return equal(wanted, securityVerifier) ? { logonId } : { problem: `of session ${logonId}` };
}

function read(packet: Uint8Array): AutoReconnectClient | undefined {
  try {
    return AutoReconnectClient.decode(packet);
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    return undefined;
  }
}

/** Takes the same time wherever the bytes differ. */
function equal(one: Uint8Array, other: Uint8Array): boolean {
  if (one.length !== other.length) return false;
  return one.reduce((sum, byte, index) => sum | (byte ^ (other[index] ?? 0)), 0) === 0;
}
