import { existsSync, statSync } from "node:fs";
import type { ExitCode, Surroundings } from "@railvail/command-line";
import { ConduitError, SharedSections } from "@railvail/node";
import { SectionError, type SectionStore } from "@railvail/session";
import type { Arguments } from "./arguments.js";
import { checkFile, OutputError, PictureFolder } from "./output-files.js";
import { adviceOn } from "./refusal.js";
import { Visit } from "./visit.js";

/** Does what the command line says. */
export async function run(args: Arguments, io: Surroundings): Promise<ExitCode> {
  try {
    const folder = args.png === undefined ? undefined : new PictureFolder(args.png);
    if (args.record !== undefined) checkFile(args.record);
    const sections = sectionsOf(args, io);
    try {
      const first = args.tls === "off" ? "rdp" : "tls";
      const { code, wantsPlain } = await new Visit({ args, security: first, sections, folder, io }).run();
      if (!wantsPlain) return code;
      io.complain("the server wants no TLS: connecting again without");
      return (await new Visit({ args, security: "rdp", sections, folder, io }).run()).code;
    } finally {
      sections?.close();
    }
  } catch (error) {
    if (error instanceof ConduitError || error instanceof OutputError || error instanceof SectionError) {
      io.complain(`${error.message}${error instanceof ConduitError ? adviceOn(error) : ""}`);
      return 2;
    }
    throw error;
  }
}

/** Shared memory is done without where it cannot be had, unless it was asked for. */
function sectionsOf(args: Arguments, io: Surroundings): (SectionStore & { close(): void }) | undefined {
  if (!args.vail || args.desktop) return undefined;
  if (args.sections !== undefined) checkSections(args.sections);
  try {
    return new SharedSections(args.sections === undefined ? {} : { directory: args.sections });
  } catch (error) {
    if (!(error instanceof SectionError) || args.sections !== undefined) throw error;
    io.complain(`no pixels in shared memory: ${error.message}`);
    return undefined;
  }
}

/** The server has made the folder: one that is not there is a wrong name, and is not made here. */
function checkSections(path: string): void {
  if (existsSync(path) && statSync(path).isDirectory()) return;
  const message = `there is no folder ${path}: give --sections the folder that the server has`;
  throw new SectionError("not-found", message);
}
