import { describe, test } from "vitest";
import { holdsForPdu } from "../../../test/laws.js";
import { samples } from "../testing/samples.js";

describe("laws hold for every field kind", () => {
  test.each(samples.map((pdu) => [pdu.name, pdu] as const))("%s", (_, pdu) => holdsForPdu(pdu as never, 300));
});
