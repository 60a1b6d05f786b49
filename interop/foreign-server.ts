import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ownCertificate } from "@railvail/node";
import { Program, type ProgramName } from "./programs.js";
import { until } from "./until.js";

/** Milliseconds in which a server must listen. */
const patience = 20_000;

/** A server that other people made, on a port of the loopback, with a home that nobody else has. */
export class ForeignServer {
  readonly program: Program;
  readonly port: number;
  private readonly home: string;

  private constructor(program: Program, port: number, home: string) {
    this.program = program;
    this.port = port;
    this.home = home;
  }

  /** `plan` gives the arguments of the program. Rejects if it does not listen. */
  static async start(
    name: ProgramName,
    plan: (port: number, home: string) => readonly string[] | Promise<readonly string[]>,
    env: Readonly<Record<string, string>> = {},
  ): Promise<ForeignServer> {
    const home = mkdtempSync(join(tmpdir(), "railvail-server-"));
    let program: Program | undefined;
    try {
      const runtime = join(home, "runtime");
      mkdirSync(runtime, { mode: 0o700 });
      const port = await freePort();
      const own = { HOME: home, XDG_RUNTIME_DIR: runtime, XDG_CONFIG_HOME: join(home, "config") };
      program = new Program(name, await plan(port, home), { env: { ...env, ...own }, cwd: home });
      const started = program;
      await until(
        `${name} listens`,
        () => {
          if (!started.isRunning) throw new Error(`${name} ended too early: ${started.output}`);
          return listens(port);
        },
        { timeout: patience, detail: () => started.output },
      );
      return new ForeignServer(started, port, home);
    } catch (error) {
      await program?.stop();
      rmSync(home, { recursive: true, force: true });
      throw error;
    }
  }

  /** FreeRDP's shadow server: it shows what is on an X display. */
  static shadow(env: Readonly<Record<string, string>>, security: "rdp" | "tls"): Promise<ForeignServer> {
    const plan = (port: number): string[] => [`/port:${port}`, "/bind-address:127.0.0.1", `/sec:${security}`, "-auth"];
    return ForeignServer.start("freerdp-shadow-cli", plan, env);
  }

  /** xrdp as far as its login screen: nothing is there to log in to. */
  static xrdp(): Promise<ForeignServer> {
    return ForeignServer.start("xrdp", async (port, home) => {
      const { key, certificate } = await keyFiles(home);
      const config = join(home, "xrdp.ini");
      writeFileSync(config, xrdpConfig(port, key, certificate, join(home, "xrdp.log")));
      return ["--nodaemon", "--config", config];
    });
  }

  /** Weston: its desktop has no other screen than RDP. */
  static weston(): Promise<ForeignServer> {
    return ForeignServer.start("weston", async (port, home) => {
      const { key, certificate } = await keyFiles(home);
      const size = ["--width=800", "--height=600", "--no-clients-resize"];
      const tls = [`--rdp-tls-key=${key}`, `--rdp-tls-cert=${certificate}`];
      return ["--backend=rdp-backend.so", "--no-config", "--address=127.0.0.1", `--port=${port}`, ...size, ...tls];
    });
  }

  async stop(): Promise<void> {
    await this.program.stop();
    rmSync(this.home, { recursive: true, force: true });
  }
}

async function keyFiles(folder: string): Promise<{ readonly key: string; readonly certificate: string }> {
  const made = await ownCertificate({ directory: join(folder, "certificate") });
  const files = { key: join(folder, "key.pem"), certificate: join(folder, "certificate.pem") };
  writeFileSync(files.key, made.key, { mode: 0o600 });
  writeFileSync(files.certificate, made.certificate);
  return files;
}

/** One process for all connections, so that none is left when it ends. */
const xrdpConfig = (port: number, key: string, certificate: string, log: string): string => `[Globals]
ini_version=1
fork=false
port=tcp://127.0.0.1:${port}
security_layer=tls
certificate=${certificate}
key_file=${key}
ssl_protocols=TLSv1.2, TLSv1.3
allow_channels=true
bitmap_cache=true
bitmap_compression=true
max_bpp=32
use_fastpath=both
ls_title=railvail

[Logging]
LogFile=${log}
LogLevel=INFO
EnableSyslog=false
EnableConsole=true

[Xvnc]
name=Xvnc
lib=libvnc.so
username=ask
password=ask
ip=127.0.0.1
port=-1
`;

/** A port that nobody has now. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

/** Whether somebody listens on a port. To look is better than to connect: a server would take that for a client. */
function listens(port: number): boolean {
  const local = new RegExp(`^ *\\d+: [0-9A-F]+:${port.toString(16).toUpperCase().padStart(4, "0")} \\S+ 0A `, "m");
  return ["/proc/net/tcp", "/proc/net/tcp6"].some((table) => {
    try {
      return local.test(readFileSync(table, "latin1"));
    } catch {
      // A kernel without IPv6 has only one of them.
      return false;
    }
  });
}
