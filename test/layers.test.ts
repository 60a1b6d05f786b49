import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { layerViolations } from "../scripts/layers.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const script = join(root, "scripts/check-layers.mjs");
const trees: string[] = [];

afterAll(() => {
  for (const tree of trees) rmSync(tree, { recursive: true });
});

/** Contents by path; the value of a JSON file is written as JSON. */
type Files = Record<string, unknown>;

const manifest = (name: string, dependencies: readonly string[] = [], entries = ["."]): object => ({
  name: `@railvail/${name}`,
  version: "0.1.0",
  exports: Object.fromEntries(entries.map((entry) => [entry, "./dist/index.js"])),
  dependencies: Object.fromEntries(dependencies.map((dependency) => [dependency, "1.0.0"])),
});

const config = (references: readonly string[] = [], options: object = {}): object => ({
  extends: "../../tsconfig.base.json",
  compilerOptions: options,
  references: references.map((name) => ({ path: `../${name}` })),
});

/** Two packages that keep to the rules. */
const good: Files = {
  "tsconfig.base.json": { compilerOptions: { lib: ["ES2023"], types: [] } },
  "tsconfig.json": { references: ["wire", "rail", "node"].map((n) => ({ path: `packages/${n}` })) },
  "packages/wire/package.json": manifest("wire", [], [".", "./eval"]),
  "packages/wire/tsconfig.json": config(),
  "packages/wire/src/index.ts": "// process and Buffer are only named here\nexport const a = 1;\n",
  "packages/wire/src/eval.ts": "export const run = 1;\n",
  "packages/rail/package.json": manifest("rail", ["@railvail/wire", "ts-pattern"]),
  "packages/rail/tsconfig.json": config(["wire"]),
  "packages/rail/src/index.ts":
    'import { a } from "@railvail/wire";\nimport { match } from "ts-pattern";\n' +
    'import { b } from "./b.js";\nexport const c = { process: match(a + b) };\nexport { b };\n',
  "packages/rail/src/b.ts": "export const b = (process: number): number => process;\n",
  "packages/rail/src/b.test.ts":
    'import { readFileSync } from "node:fs";\nimport "vitest";\nimport "@railvail/wire/eval";\n' +
    "export const text = Buffer.from(readFileSync(process.argv[0] ?? ''));\n",
  "packages/node/package.json": manifest("node", ["@railvail/rail", "koffi"]),
  "packages/node/tsconfig.json": config(["rail"], { types: ["node"] }),
  "packages/node/src/index.ts":
    'import { connect } from "node:net";\nimport { c } from "@railvail/rail";\n' +
    "export const d = [connect, c, process, Buffer];\n",
  "test/cross.test.ts": 'import { c } from "@railvail/rail";\nimport "./setup.js";\nexport { c };\n',
};

/** A temporary tree: the good one, with some files added or replaced. */
function treeWith(changes: Files): string {
  const tree = mkdtempSync(join(tmpdir(), "railvail-layers-"));
  trees.push(tree);
  for (const [path, content] of Object.entries({ ...good, ...changes })) {
    mkdirSync(dirname(join(tree, path)), { recursive: true });
    const text = typeof content === "string" ? content : JSON.stringify(content, null, 2);
    writeFileSync(join(tree, path), text);
  }
  return tree;
}

function violationsWith(changes: Files): string[] {
  return layerViolations(treeWith(changes)).map((one) => `${one.file}:${one.line}: ${one.message}`);
}

/** Each case breaks one rule in an otherwise good tree. */
const cases: readonly (readonly [string, Files, string])[] = [
  [
    "a dependency on the same floor",
    {
      "packages/egfx/package.json": manifest("egfx", ["@railvail/rail"]),
      "packages/egfx/tsconfig.json": config(["rail"]),
      "tsconfig.json": {
        references: ["wire", "rail", "node", "egfx"].map((n) => ({ path: `packages/${n}` })),
      },
    },
    "packages/egfx/package.json:8: egfx (floor 1) depends on @railvail/rail (floor 1)",
  ],
  [
    "an external dependency of wire",
    { "packages/wire/package.json": manifest("wire", ["ts-pattern"], [".", "./eval"]) },
    "packages/wire/package.json:9: wire may not depend on ts-pattern",
  ],
  [
    "a package without a floor",
    {
      "packages/utils/package.json": manifest("utils"),
      "packages/utils/tsconfig.json": config(),
      "tsconfig.json": {
        references: ["wire", "rail", "node", "utils"].map((n) => ({ path: `packages/${n}` })),
      },
    },
    "packages/utils/package.json:2: utils has no floor in scripts/floors.mjs",
  ],
  [
    "a package that the root does not build",
    { "tsconfig.json": { references: [{ path: "packages/wire" }, { path: "packages/rail" }] } },
    "tsconfig.json:2: node is not listed",
  ],
  [
    "a missing reference",
    { "packages/rail/tsconfig.json": config() },
    "packages/rail/tsconfig.json:4: no reference to the dependency @railvail/wire",
  ],
  [
    "a reference without a dependency",
    { "packages/wire/tsconfig.json": config(["rail"]) },
    "packages/wire/tsconfig.json:6: a reference to rail, which is no dependency",
  ],
  [
    "Node's types on a floor that has no host",
    { "packages/wire/tsconfig.json": config([], { types: ["node"] }) },
    'packages/wire/tsconfig.json:4: floors 0 to 2 build with "types": []',
  ],
  [
    "another library on a floor that has no host",
    { "packages/wire/tsconfig.json": config([], { lib: ["ES2023", "DOM"] }) },
    'packages/wire/tsconfig.json:4: floors 0 to 2 build with "lib": ["ES2023"]',
  ],
];

const sourceCases: readonly (readonly [string, string, string])[] = [
  ["an undeclared dependency", 'import "fast-check";', "fast-check is not a dependency of @railvail/rail"],
  ["an import upwards", 'import "@railvail/node";', "rail (floor 1) imports @railvail/node (floor 3)"],
  [
    "an import that is not exported",
    'export { x } from "@railvail/wire/src/x.js";',
    "@railvail/wire does not export ./src/x.js",
  ],
  [
    "a relative import out of the package",
    'export { a } from "../../wire/src/index.js";',
    "../../wire/src/index.js leaves the package",
  ],
  ["code from text", 'import "@railvail/wire/eval";', "@railvail/wire/eval is for tests only"],
  ["Node by its prefix", 'import "node:fs";', "rail may not import node:fs"],
  ["Node without a prefix", 'const f = import("fs");', "rail may not import fs"],
  ["Node in a type", 'type S = import("node:net").Socket;', "rail may not import node:net"],
  ["Buffer", "export const b = Buffer.alloc(1);", "Buffer belongs to the host"],
  ["Buffer as a type", "export let b: Buffer;", "Buffer belongs to the host"],
  ["process", "export const b = { process };", "process belongs to the host"],
  ["a clock", "export const b = () => Date.now();", "Date belongs to the host"],
  ["randomness", "export const b = Math.random();", "Math.random belongs to the host"],
  ["a directive", '/// <reference types="node" />', "a reference to the types of node"],
];

describe("the fences between the layers", () => {
  test("this repository keeps to them", () => {
    expect(layerViolations(root)).toEqual([]);
  });

  test("a tree that keeps to them has no violations", () => {
    expect(violationsWith({})).toEqual([]);
  });

  test.each(cases)("%s is a violation", (_, changes, line) => {
    expect(violationsWith(changes)).toEqual([line]);
  });

  test.each(sourceCases)("%s is a violation", (_, statement, message) => {
    const text = `${statement}\nexport {};\n`;
    const line = `packages/rail/src/x.ts:1: ${message}`;
    expect(violationsWith({ "packages/rail/src/x.ts": text })).toEqual([line]);
  });

  test("a test that reaches into another package is a violation", () => {
    const text = '\nimport { b } from "../packages/rail/src/b.js";\nexport { b };\n';
    expect(violationsWith({ "test/deep.test.ts": text })).toEqual([
      "test/deep.test.ts:2: ../packages/rail/src/b.js reaches into a package; only its exports are public",
    ]);
  });

  test("the command prints violations and fails", () => {
    const tree = treeWith({ "packages/rail/src/x.ts": "\nexport const b = process.argv;\n" });
    const args = [script, "--root", tree];
    const { status, stdout } = spawnSync(process.execPath, args, { encoding: "utf8" });
    expect(stdout).toBe(
      "packages/rail/src/x.ts:2: process belongs to the host\n" + "3 packages, 1 violations of the layers\n",
    );
    expect(status).toBe(1);
  });
});
