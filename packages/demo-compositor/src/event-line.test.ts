import type { CompositorPeer } from "@railvail/session";
import { expect, test } from "vitest";
import { noticeOf } from "./event-line.js";

test.each([
  ["peer", "it left"],
  ["local", "its session was ended here"],
  ["the connection was cut", "the connection was cut"],
])("why a client is gone is said in words: %s", (reason, words) => {
  const peer = {} as CompositorPeer;
  expect(noticeOf({ type: "clientGone", peer, reason })).toBe(`the client is gone: ${words}`);
});
