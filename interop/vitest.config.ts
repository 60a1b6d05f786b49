import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import units from "../vitest.config.js";

export default defineConfig({
  cacheDir: fileURLToPath(new URL("../.cache/vite-interop", import.meta.url)),
  // Tests of other programs run against the sources, as unit tests do.
  resolve: units.resolve ?? {},
  test: {
    root: fileURLToPath(new URL("..", import.meta.url)),
    include: ["interop/**/*.test.ts"],
    globalSetup: [fileURLToPath(new URL("summary.ts", import.meta.url))],
    // Each starts programs of its own: one at a time is quickest on small machines.
    fileParallelism: false,
    testTimeout: 180_000,
    hookTimeout: 60_000,
  },
});
