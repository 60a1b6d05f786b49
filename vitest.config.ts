import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  resolve: {
    // Tests run against the sources, so that nothing has to be built first.
    alias: [
      { find: /^@railvail\/wire\/(eval|emit)$/, replacement: here("packages/wire/src/$1.ts") },
      { find: /^@railvail\/([a-z-]+)$/, replacement: here("packages/$1/src/index.ts") },
    ],
  },
  test: {
    include: ["packages/*/src/**/*.test.ts", "test/**/*.test.ts"],
    setupFiles: [here("test/setup.ts")],
    testTimeout: 60_000,
  },
});
