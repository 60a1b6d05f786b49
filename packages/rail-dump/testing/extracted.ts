import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Message } from "@railvail/dissect";
import type { Pdu } from "@railvail/wire";
import { ExtractReport } from "../src/extract/extract-report.js";
import type { ExtractContext, Extractor } from "../src/extract/extractor.js";
import { OutputFolder } from "../src/extract/output-folder.js";
import { messageOf } from "./messages.js";
import { run, type Run, type RunOptions } from "./run.js";

/** A line of the index. */
export interface Listed {
  readonly kind: string;
  readonly file?: string;
  readonly bytes?: number;
  readonly packet?: number;
  readonly left?: string;
  readonly [detail: string]: unknown;
}

export interface Extracted extends Run {
  /** Names of the files, the index not among them. */
  readonly files: readonly string[];
  readonly index: readonly Listed[];
  read(file: string | undefined): Buffer;
}

const folders: string[] = [];

/** An empty folder, which {@link removeFolders} removes. */
export function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "rail-dump-"));
  folders.push(folder);
  return folder;
}

export function removeFolders(): void {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
}

/** What the index in a folder lists. */
export const indexOf = (folder: string, name = "index.ndjson"): Listed[] =>
  readFileSync(join(folder, name), "utf8")
    .split("\n")
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Listed);

/** Runs `extract` into an empty folder. */
export async function extracted(argv: readonly string[], options?: RunOptions): Promise<Extracted> {
  const folder = emptyFolder();
  const ran = await run(["extract", "-o", folder, ...argv], options);
  return {
    ...ran,
    files: readdirSync(folder).filter((name) => !name.startsWith("index")),
    index: indexOf(folder),
    read: (file = "") => readFileSync(join(folder, file)),
  };
}

/** A message with this value, as an extractor gets it. */
export const carrying = <T>(pdu: Pdu<T>, value: T, over: Partial<Message> = {}): Message =>
  messageOf(pdu, pdu.encode(value), over);

export interface ExtractedBy {
  readonly files: readonly string[];
  readonly index: readonly Listed[];
  readonly report: ExtractReport;
  read(file: string | undefined): Buffer;
}

/** Hands messages to one extractor. */
export function extractedBy(
  make: (context: ExtractContext) => Extractor,
  messages: readonly (Message | "lost")[],
  limits = { maxFiles: 1000, maxBytes: 1e8 },
): ExtractedBy {
  const path = emptyFolder();
  const folder = new OutputFolder(path, limits);
  const report = new ExtractReport(folder);
  const extractor = make({ folder, report });
  for (const message of messages) {
    if (message === "lost") extractor.lost?.(0);
    else if (extractor.wants?.(message) !== false) extractor.message(message);
  }
  extractor.finish();
  report.finish();
  return {
    files: readdirSync(path).filter((name) => !name.startsWith("index")),
    index: indexOf(path),
    report,
    read: (file = "") => readFileSync(join(path, file)),
  };
}
