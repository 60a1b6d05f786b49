import { isIPv4, isIPv6 } from "node:net";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatAddress } from "./ip-address.js";

const word = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 0xffffffff }));

describe("formatAddress", () => {
  test("writes IPv6 as the URL standard does, which follows RFC 5952", () => {
    fc.assert(
      fc.property(word, word, word, word, (a, b, c, d) => {
        const address = formatAddress(6, a, b, c, d);
        expect(isIPv6(address)).toBe(true);
        expect(new URL(`http://[${address}]/`).hostname).toBe(`[${address}]`);
        const full = [a, b, c, d].map((w) => w.toString(16).padStart(8, "0")).join("");
        const groups = full.match(/.{4}/g)?.join(":");
        expect(new URL(`http://[${groups}]/`).hostname).toBe(`[${address}]`);
      }),
    );
  });

  test("writes IPv4 in dotted decimal", () => {
    expect(formatAddress(4, 0xc0a80001, 0, 0, 0)).toBe("192.168.0.1");
    fc.assert(
      fc.property(word, (a) => {
        const address = formatAddress(4, a, 0, 0, 0);
        expect(isIPv4(address)).toBe(true);
        expect(address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0)).toBe(a);
      }),
    );
  });
});
