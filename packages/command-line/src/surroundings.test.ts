import { expect, test } from "vitest";
import { processSurroundings } from "./surroundings.js";

const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

test.each(signals)("%s ends a program in order, until nobody listens for it", (signal) => {
  const before = process.listenerCount(signal);
  let count = 0;
  const ignore = processSurroundings.onInterrupt(() => count++);
  // A signal's listeners are called without the signal, which would reach the runner of tests.
  for (const listener of process.listeners(signal).slice(before)) listener(signal);
  expect(count).toBe(1);
  ignore();
  expect(process.listenerCount(signal)).toBe(before);
});
