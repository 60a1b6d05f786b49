import { Family } from "@railvail/wire";
import { PlatformChallenge, PlatformChallengeResponse } from "./license-challenge.js";
import { LicenseInformation, NewLicenseRequest } from "./license-client.js";
import { LicenseErrorMessage } from "./license-error.js";
import { NewLicense, UpgradeLicense } from "./license-grant.js";
import { LicenseRequest } from "./license-request.js";

/** The licensing messages, with their security header, told apart by the preamble. */
export const licenseMessages = new Family("licensing", "messageType", [
  LicenseRequest,
  PlatformChallenge,
  NewLicense,
  UpgradeLicense,
  LicenseInformation,
  NewLicenseRequest,
  PlatformChallengeResponse,
  LicenseErrorMessage,
]);
