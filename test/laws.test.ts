import { describe, expect, test } from "vitest";
import { everyPdu } from "./every-pdu.js";
import { holdsForPdu } from "./laws.js";

/** Random values for each declaration; as many mutated messages are read. */
const runs = 60;

describe("what holds for every declaration", () => {
  test("the packages export declarations", () => expect(everyPdu.length).toBeGreaterThan(200));

  test.each(everyPdu.map(({ package: name, exported, pdu }) => [`${name} ${exported}`, pdu] as const))(
    "%s",
    (_name, pdu) => {
      holdsForPdu(pdu, runs);
    },
  );
});
