import { ConnectInitial, ConnectResponse, dataTpduHeaderSize } from "@railvail/transport";
import { expect, test } from "vitest";
import { opening } from "../testing/session-bytes.js";
import { SessionState } from "./session-state.js";

const { c2s, s2c } = opening({ channelNames: ["RAIL", "cliprdr"], encryptionMethod: 1 });
const initial = ConnectInitial.decode(c2s.subarray(dataTpduHeaderSize));
const response = ConnectResponse.decode(s2c.subarray(dataTpduHeaderSize));

test("names and ids come together by their order", () => {
  const state = new SessionState();
  state.connectInitial(initial);
  expect(state.idsKnown).toBe(false);
  state.connectResponse(response);
  expect([...state.staticChannels]).toEqual([
    [1004, "rail"],
    [1005, "cliprdr"],
  ]);
  expect(state).toMatchObject({ ioChannel: 1003, messageChannel: 1099, encrypted: true, idsKnown: true });
  expect(state.guessed.size).toBe(0);
});

test("without the client's settings there are no names, and guesses are remembered as such", () => {
  const state = new SessionState();
  state.connectResponse(response);
  expect(state.staticChannels.size).toBe(0);
  state.guess(1004, "rail");
  expect(state.staticChannels.get(1004)).toBe("rail");
  expect([...state.guessed]).toEqual([1004]);
});
