import { ConduitError } from "@railvail/node";
import { expect, test } from "vitest";
import { adviceOn } from "./refusal.js";

const print = "0f".repeat(32);

test.each([
  [new ConduitError("unreachable", "there is no way to x:1", "ENOTFOUND"), ": the name was not found"],
  [new ConduitError("unreachable", "there is no way to x:1", "EHOSTUNREACH"), ""],
  [
    new ConduitError("certificate", `the certificate of x:1 is not the expected one but ${print}`),
    `; if this is the server that is meant: --trust ${print}, or --trust any`,
  ],
  [
    new ConduitError("certificate", "the certificate of x:1: self-signed certificate"),
    "; if this is the server that is meant: --trust and its SHA-256 fingerprint, or --trust any",
  ],
])("a failed connection comes with what can be done: $message", (error, advice) => {
  expect(adviceOn(error)).toBe(advice);
});
