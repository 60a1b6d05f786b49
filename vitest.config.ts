import { fileURLToPath } from "node:url";
import { configDefaults, defineConfig } from "vitest/config";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  // What vite keeps between runs stays out of node_modules, which belongs to pnpm.
  cacheDir: here(".cache/vite"),
  resolve: {
    // Tests run against the sources, so that what is built cannot be out of date.
    alias: [
      { find: /^@railvail\/wire\/(eval|emit)$/, replacement: here("packages/wire/src/$1.ts") },
      { find: /^@railvail\/([a-z-]+)$/, replacement: here("packages/$1/src/index.ts") },
    ],
  },
  test: {
    include: ["packages/*/{src,testing}/**/*.test.ts", "test/**/*.test.ts"],
    exclude: [...configDefaults.exclude, "**/dist/**"],
    setupFiles: [here("test/setup.ts")],
    testTimeout: 60_000,
    // The default leaves one processor idle, which is half of a small machine.
    maxWorkers: "100%",
    coverage: {
      provider: "v8",
      include: ["packages/*/src/**/*.ts"],
      exclude: ["**/*.test.ts", "**/*.d.ts"],
      reportsDirectory: here("coverage"),
    },
  },
});
