import { describe, expect, test } from "vitest";
import { Kept } from "../testing/run.js";
import { Printer } from "./printer.js";
import { ClosedOutputError } from "./terminal.js";

const long = "0123456789".repeat(10);

describe("writes are large", () => {
  test("a hundred thousand lines are few writes, and none is lost", async () => {
    const output = new Kept();
    const printer = new Printer(output);
    for (let line = 0; line < 100_000; line++) {
      printer.line(long);
      if (line % 1000 === 0) await printer.settle();
    }
    await printer.flush();
    expect(output.text).toBe(`${long}\n`.repeat(100_000));
    expect(output.writes.length).toBeLessThan(160);
  });

  test("on a terminal lines are shown after each batch", async () => {
    for (const [isTerminal, writes] of [
      [true, 1],
      [false, 0],
    ] as const) {
      const output = new Kept({ isTerminal });
      const printer = new Printer(output);
      printer.line("a");
      await printer.settle();
      expect(output.writes.length).toBe(writes);
    }
  });
});

test("a closed output is noticed at the next settling", async () => {
  const printer = new Printer(new Kept({ limit: 0 }));
  printer.line(long.repeat(1000));
  await expect(printer.settle()).rejects.toThrow(ClosedOutputError);
});
