import { bytes, count, counted, fixed, length, list, pdu, sized, struct, u32, utf16, type Infer } from "@railvail/wire";
import { licenseBlob, licenseHeader, LicenseMessageType, licenseTextBlob } from "./license-preamble.js";

/** The fields of PRODUCT_INFO; both lengths count a NUL. */
const productInfoFields = {
  version: u32,
  cbCompanyName: length(u32),
  companyName: utf16(sized("cbCompanyName"), { nul: "always" }),
  cbProductId: length(u32),
  productId: utf16(sized("cbProductId"), { nul: "always" }),
};

/**
 * The product that a licence is for. `version` holds the major version in its upper and the minor
 * one in its lower half. Part of {@link LicenseRequest}.
 */
export const ProductInfo = pdu("PRODUCT_INFO", "[MS-RDPELE] 2.2.2.1.1", productInfoFields, {
  sentBy: "server",
});
export type ProductInfo = Infer<typeof ProductInfo>;

/**
 * Starts licensing: the server's random number, what it needs a licence for, how keys are
 * exchanged, its certificate (a `ServerCertificate`, empty if the client has it from the
 * connection already), and who issues licences. Server to client.
 */
export const LicenseRequest = pdu(
  "SERVER_LICENSE_REQUEST",
  "[MS-RDPELE] 2.2.2.1",
  {
    ...licenseHeader(LicenseMessageType.LICENSE_REQUEST),
    serverRandom: bytes(fixed(32)),
    productInfo: struct(productInfoFields),
    keyExchangeList: licenseBlob,
    serverCertificate: licenseBlob,
    scopeCount: count(u32),
    scopes: list(licenseTextBlob, counted("scopeCount")),
  },
  { sentBy: "server" },
);
export type LicenseRequest = Infer<typeof LicenseRequest>;
