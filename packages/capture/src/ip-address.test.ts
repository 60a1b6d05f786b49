import { isIPv4, isIPv6 } from "node:net";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatAddress } from "./ip-address.js";
import { parseAddress } from "./parse-address.js";

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

describe("parseAddress", () => {
  test("reads what formatAddress writes", () => {
    fc.assert(
      fc.property(fc.constantFrom<4 | 6>(4, 6), word, word, word, word, (version, ...words) => {
        const bytes = parseAddress(formatAddress(version, ...words)) ?? new Uint8Array(0);
        const view = new DataView(bytes.buffer);
        const expected = version === 4 ? words.slice(0, 1) : words;
        expect(expected.map((_, index) => view.getUint32(4 * index))).toEqual(expected);
        expect(bytes.length).toBe(4 * expected.length);
      }),
    );
  });

  test("reads each form of IPv6, and nothing else", () => {
    expect(parseAddress("::ffff:1.2.3.4")).toEqual(
      Uint8Array.from([...Array<number>(10).fill(0), 255, 255, 1, 2, 3, 4]),
    );
    expect(parseAddress("1:2:3:4:5:6:7:8")).toEqual(
      Uint8Array.from([1, 2, 3, 4, 5, 6, 7, 8].flatMap((low) => [0, low])),
    );
    expect(parseAddress("::")).toEqual(new Uint8Array(16));
    for (const text of ["", "1.2.3", "1.2.3.256", ":::", "fe80::1%eth0", "host", "1::2::3"]) {
      expect(parseAddress(text)).toBeUndefined();
    }
  });
});
