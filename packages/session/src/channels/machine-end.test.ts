import { EncodeError } from "@railvail/wire";
import { expect, test } from "vitest";
import { MachineEnd, type Machine } from "./machine-end.js";

type Output = { readonly type: "send"; readonly value: number } | { readonly type: "told"; readonly value: number };

/** Sends what it is given, and tells it. Values above 255 cannot be sent. */
const echo: Machine<number, number, Output> = {
  state: 0,
  step: (count, value) => ({
    state: count + 1,
    outputs: [
      { type: "told", value },
      { type: "send", value },
    ],
  }),
  opened: () => 0,
  received: ({ bytes }) => bytes,
  closed: () => 0,
  encode({ value }) {
    if (value > 0xff) throw new EncodeError("ECHO", "value", { code: "out-of-range", value, allowed: "0 to 255" });
    return [Uint8Array.of(value)];
  },
};

function opened() {
  const told: number[] = [];
  const sent: number[] = [];
  const end = new MachineEnd(echo, (event) => {
    if (event.type === "told") told.push(event.value);
  });
  end.opened(([byte = 0] = new Uint8Array(0)) => void sent.push(byte), 0);
  return { end, told, sent };
}

test("a command whose message cannot be encoded throws, and has changed nothing", () => {
  const { end, told, sent } = opened();
  const { state } = end;
  expect(() => end.command(256)).toThrow(EncodeError);
  expect([end.state, told, sent]).toEqual([state, [0], [0]]);
  end.command(7);
  end.received(Uint8Array.of(8), 0);
  expect(told).toEqual([0, 7, 8]);
  expect(sent).toEqual([0, 7, 8]);
});

test("a listener that throws is not told the rest, and the next command goes on as usual", () => {
  const sent: unknown[] = [];
  let isBroken = true;
  const end = new MachineEnd(echo, () => {
    if (isBroken) throw new Error("listener");
  });
  expect(() => end.opened((part) => void sent.push(part), 0)).toThrow("listener");
  isBroken = false;
  end.command(7);
  expect(sent).toEqual([Uint8Array.of(7)]);
});
