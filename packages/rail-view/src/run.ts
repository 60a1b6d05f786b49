import type { ExitCode, Surroundings } from "@railvail/command-line";
import { ConduitError, SharedSections } from "@railvail/node";
import { SectionError, type SectionStore } from "@railvail/session";
import type { Arguments } from "./arguments.js";
import { OutputError, PictureFolder } from "./output-files.js";
import { Visit } from "./visit.js";

/** Does what the command line says. */
export async function run(args: Arguments, io: Surroundings): Promise<ExitCode> {
  try {
    const folder = args.png === undefined ? undefined : new PictureFolder(args.png);
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
      io.complain(error.message);
      return 2;
    }
    throw error;
  }
}

/** Shared memory is done without where it cannot be had, unless it was asked for. */
function sectionsOf(args: Arguments, io: Surroundings): (SectionStore & { close(): void }) | undefined {
  if (!args.vail || args.desktop) return undefined;
  try {
    return new SharedSections(args.sections === undefined ? {} : { directory: args.sections });
  } catch (error) {
    if (!(error instanceof SectionError) || args.sections !== undefined) throw error;
    io.complain(`no pixels in shared memory: ${error.message}`);
    return undefined;
  }
}
