import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { Kept } from "../testing/run.js";
import { Progress } from "./progress.js";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

async function* chunks(count: number): AsyncGenerator<Uint8Array> {
  for (let chunk = 0; chunk < count; chunk++) yield Promise.resolve(new Uint8Array(1_000_000));
}

/** Reads for a number of seconds, with an update each tenth. */
async function shownAfter(seconds: number, enabled = true): Promise<Kept> {
  const output = new Kept({ isTerminal: true });
  const progress = new Progress(output, enabled);
  let read = 0;
  for await (const chunk of progress.counted(chunks(seconds * 10))) {
    read += chunk.length;
    vi.advanceTimersByTime(100);
    progress.update(7);
  }
  progress.clear();
  expect(read).toBe(seconds * 10_000_000);
  return output;
}

describe("progress", () => {
  test("is not shown for what is quick", async () => {
    expect((await shownAfter(0.9)).writes).toEqual([]);
  });

  test("is shown some times a second, in one line, and taken away at the end", async () => {
    const { writes } = await shownAfter(3);
    expect(writes.length).toBeLessThanOrEqual(3 * 4);
    expect(writes[0]).toBe("\r\u001b[K10.0 MB read, 7 messages, 1 s");
    expect(writes.at(-1)).toBe("\r\u001b[K");
    expect(writes.join("")).not.toContain("\n");
  });

  test("is not shown where it was not asked for", async () => {
    expect((await shownAfter(3, false)).writes).toEqual([]);
  });
});
