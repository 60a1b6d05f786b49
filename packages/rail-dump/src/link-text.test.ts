import type { Link } from "@railvail/dissect";
import fc from "fast-check";
import { expect, test } from "vitest";
import { delayText, linkJson, linkText } from "./link-text.js";

const answer: Link = {
  relation: "answers",
  kind: "frame",
  to: { packet: 12, name: "RDPGFX_END_FRAME_PDU" },
  delay: 3_200_000n,
  nth: 1,
};

test("a link in words", () => {
  expect(linkText(answer)).toBe("answers packet 12 after 3.2 ms");
  expect(linkText({ ...answer, nth: 2 })).toBe("answers packet 12 again after 3.2 ms");
  expect(linkText({ ...answer, relation: "refers" })).toBe("refers to packet 12");
});

test("a link in JSON, in seconds", () => {
  expect(`{${linkJson(answer)}}`).toBe('{"answers":{"packet":12,"name":"RDPGFX_END_FRAME_PDU","after":0.0032}}');
  const nanoseconds = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n });
  fc.assert(
    fc.property(nanoseconds, fc.constantFrom("answers", "refers"), fc.integer({ min: 1 }), (delay, relation, nth) => {
      const link = { ...answer, delay, relation, nth } as Link;
      const { packet, name } = link.to;
      const json = JSON.parse(`{${linkJson(link)}}`) as Record<string, { readonly after?: number }>;
      expect(json[relation]).toMatchObject({ packet, name });
      if (relation === "answers") expect(json["answers"]?.after).toBeCloseTo(Number(delay) / 1e9, 6);
    }),
  );
});

test.each([
  [0n, "0.000 ms"],
  [1_500n, "0.002 ms"],
  [999_999n, "1.000 ms"],
  [1_000_000n, "1.0 ms"],
  [-3_250_000n, "-3.3 ms"],
  [999_940_000n, "999.9 ms"],
  [1_000_000_000n, "1.000 s"],
  [-90_061_000_000_000n, "-90061.000 s"],
])("%d ns are %s", (nanoseconds, text) => {
  expect(delayText(nanoseconds)).toBe(text);
});
