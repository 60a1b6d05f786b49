import { execFileSync, spawnSync } from "node:child_process";

/** Seconds that an installation may take. */
const patience = 180;

/** The first line of `tshark --version`; undefined if it cannot be run. */
function versionOf() {
  const { status, stdout } = spawnSync("tshark", ["--version"], { encoding: "utf8" });
  return status === 0 ? stdout.split("\n")[0] : undefined;
}

/** @param {readonly string[]} args */
function aptGet(args) {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  return spawnSync("apt-get", args, { env, stdio: "ignore", timeout: patience * 1000 }).status === 0;
}

/**
 * Looks for tshark, and installs it where that can be done without asking anybody.
 *
 * @returns {{ version: string } | { missing: string }}
 */
export function findTshark() {
  const found = versionOf();
  if (found !== undefined) return { version: found };
  const why = "tshark is not installed";
  if (process.getuid?.() !== 0) return { missing: `${why}, and only root can install it` };
  if (spawnSync("apt-get", ["--version"]).status !== 0) return { missing: `${why}, and there is no apt-get` };
  console.log(`${why}: installing it with apt-get`);
  const installed = aptGet(["update"]) && aptGet(["install", "--yes", "--no-install-recommends", "tshark"]);
  const version = installed ? versionOf() : undefined;
  return version === undefined ? { missing: `${why}, and apt-get did not install it` } : { version };
}

/** Frame and protocol: what tshark's own statistics call a frame is a packet. */
const protocolLine = /^( *)(\S+) +frames:(\d+) bytes:\d+$/gm;

/** Protocols in which tshark finds messages. */
const layers = ["tpkt", "t125", "rdp", "rdp_drdynvc", "rdp_egfx", "rdp_rail", "_ws.malformed"];

/**
 * In how many packets tshark found each layer.
 *
 * @param {string} path
 * @returns {string} `tpkt 58535, t125 58533, ...`
 */
export function packetsByLayer(path) {
  const output = execFileSync("tshark", ["-n", "-q", "-r", path, "-z", "io,phs"], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
  /** @type {Map<string, number>} */
  const packets = new Map();
  for (const [, , protocol, frames] of output.matchAll(protocolLine)) {
    // The first and outermost place of a protocol counts; deeper ones are packets within packets.
    packets.set(protocol, Math.max(packets.get(protocol) ?? 0, Number(frames)));
  }
  return layers.map((layer) => `${layer} ${packets.get(layer) ?? 0}`).join(", ");
}
