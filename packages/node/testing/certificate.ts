import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import { ownCertificate, type OwnCertificate } from "../src/index.js";

let directory: string | undefined;
let made: Promise<OwnCertificate> | undefined;

afterAll(() => {
  if (directory !== undefined) rmSync(directory, { recursive: true, force: true });
});

/** One certificate for all tests of a file: making a key takes time. */
export function testCertificate(): Promise<OwnCertificate> {
  directory ??= mkdtempSync(join(tmpdir(), "railvail-node-"));
  return (made ??= ownCertificate({ directory }));
}
