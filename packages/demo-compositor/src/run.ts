import { existsSync } from "node:fs";
import { escapeText, type ExitCode, type Surroundings } from "@railvail/command-line";
import {
  ConduitError,
  ownCertificate,
  serveCompositor,
  SharedSections,
  type CompositorServer,
  type OwnCertificate,
} from "@railvail/node";
import { Compositor, SectionError } from "@railvail/session";
import type { Arguments } from "./arguments.js";
import { Demo } from "./demo.js";
import { eventLine, noticeOf } from "./event-line.js";
import { toneFormats } from "./tone.js";

/** Milliseconds from one step of the animation to the next. */
const stepTime = 40;

/** Serves until it is told to end. */
export async function run(args: Arguments, io: Surroundings): Promise<ExitCode> {
  let sections: SharedSections | undefined;
  let certificate: OwnCertificate | undefined;
  let demo: Demo;
  let server: CompositorServer;
  try {
    if (args.vail !== undefined) sections = sectionsIn(args.vail, io);
    if (args.tls !== "off") certificate = await ownCertificate();
    const compositor = compositorOf(args, sections);
    demo = new Demo(compositor);
    server = await serve(compositor, demo, certificate, args, io);
  } catch (error) {
    sections?.close();
    if (!isExpected(error)) throw error;
    io.complain(reasonOf(error, args));
    return 2;
  }
  io.print(
    `listening on ${placeOf(server.address)}${certificate === undefined ? "" : `, certificate ${certificate.fingerprint}`}`,
  );
  const steps = setInterval(() => {
    demo.tick(server.now);
    server.update();
  }, stepTime);
  await ending(args, io);
  clearInterval(steps);
  // Clients are told first; memory that they share goes when they are gone.
  await server.close();
  sections?.close();
  io.print("ended");
  return 0;
}

const compositorOf = ({ tls, paths, takeOver }: Arguments, sections: SharedSections | undefined): Compositor =>
  new Compositor({
    connection: { security: tls === "auto" ? ["tls", "rdp"] : [tls === "only" ? "tls" : "rdp"] },
    pixelPaths: paths,
    sections,
    secondClient: takeOver ? "takeOver" : "refuse",
    audioOutput: { formats: toneFormats },
  });

async function serve(
  compositor: Compositor,
  demo: Demo,
  certificate: OwnCertificate | undefined,
  { host, port, log }: Arguments,
  io: Surroundings,
): Promise<CompositorServer> {
  const tls = certificate === undefined ? {} : { tls: certificate };
  const server = await serveCompositor(
    compositor,
    { host, port },
    {
      ...tls,
      told(event) {
        demo.heard(event, server.now);
        server.update();
        const line = log ? eventLine(event) : noticeOf(event);
        if (line !== undefined) io.print(line);
      },
      ended(_peer, error) {
        if (error !== undefined && log) io.print(`connection ended: ${error.message}`);
      },
    },
  );
  return server;
}

/** A folder that was mistyped is made too: that it is new tells so. */
function sectionsIn(directory: string, io: Surroundings): SharedSections {
  const isNew = !existsSync(directory);
  const sections = new SharedSections({ directory });
  if (isNew) io.print(`made the folder ${escapeText(directory)} for shared memory`);
  return sections;
}

/** Where clients connect to, as they write it. */
function placeOf(address: CompositorServer["address"]): string {
  if ("path" in address) return address.path;
  const { host, port } = address;
  return `${host.includes(":") ? `[${host}]` : host}:${port}`;
}

/** Resolves when the user, or the time that was given, says so. */
async function ending({ quitAfter }: Arguments, io: Surroundings): Promise<void> {
  let stop: (() => void) | undefined;
  let timer: NodeJS.Timeout | undefined;
  await new Promise<void>((resolve) => {
    stop = io.onInterrupt(resolve);
    if (quitAfter !== undefined) timer = setTimeout(resolve, quitAfter);
  });
  // A second interrupt ends the program at once: nobody listens for it.
  stop?.();
  clearTimeout(timer);
}

/** Of the network's errors those that come of a wrong `--host` are told as such. */
function reasonOf(error: Error, { host }: Arguments): string {
  const code = error instanceof ConduitError ? error.code : undefined;
  if (code === "EADDRNOTAVAIL") return `${host} is not an address of this machine: --host takes one that is`;
  if (code === "ENOTFOUND" || code === "EAI_AGAIN") return `the name ${host} was not found: --host takes an address`;
  return error.message;
}

/** Errors that say something to the user: of the network, of shared memory, of the file system. */
const isExpected = (error: unknown): error is Error =>
  error instanceof ConduitError ||
  error instanceof SectionError ||
  (error instanceof Error && "code" in error && "syscall" in error);
