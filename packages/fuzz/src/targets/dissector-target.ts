import { sessionTraffic } from "../generators/session-traffic.js";
import { dissectorLaws, type DissectorMade } from "../oracles/dissector-laws.js";
import type { Target } from "./target.js";

/** The dissector over both streams of whole sessions. */
export const dissectorTarget = (make?: DissectorMade): Target => ({
  name: "dissector",
  about: "the dissector of @railvail/dissect over both byte streams of a session",
  make: (choice) => sessionTraffic(choice).frames,
  check: (input) => dissectorLaws(input, make),
});
