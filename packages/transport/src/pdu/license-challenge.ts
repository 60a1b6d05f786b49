import { bytes, fixed, pdu, reserved, u32, type Infer } from "@railvail/wire";
import { licenseBlob, licenseHeader, LicenseMessageType } from "./license-preamble.js";

/**
 * Asks the client to prove what platform it is. Server to client. The blob is encrypted; `macData`
 * is over the plain challenge.
 */
export const PlatformChallenge = pdu(
  "SERVER_PLATFORM_CHALLENGE",
  "[MS-RDPELE] 2.2.2.4",
  {
    ...licenseHeader(LicenseMessageType.PLATFORM_CHALLENGE),
    connectFlags: reserved(u32),
    encryptedPlatformChallenge: licenseBlob,
    macData: bytes(fixed(16)),
  },
  { sentBy: "server" },
);
export type PlatformChallenge = Infer<typeof PlatformChallenge>;

/**
 * Answers {@link PlatformChallenge}. Client to server. The blobs hold, encrypted, a
 * `PlatformChallengeResponseData` and a `ClientHardwareId`.
 */
export const PlatformChallengeResponse = pdu(
  "CLIENT_PLATFORM_CHALLENGE_RESPONSE",
  "[MS-RDPELE] 2.2.2.5",
  {
    ...licenseHeader(LicenseMessageType.PLATFORM_CHALLENGE_RESPONSE),
    encryptedPlatformChallengeResponse: licenseBlob,
    encryptedHardwareId: licenseBlob,
    macData: bytes(fixed(16)),
  },
  { sentBy: "client" },
);
export type PlatformChallengeResponse = Infer<typeof PlatformChallengeResponse>;
