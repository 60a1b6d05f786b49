import { execFileSync, spawnSync } from "node:child_process";

/** Whether tshark can be run. */
export const hasTshark = spawnSync("tshark", ["--version"], { stdio: "ignore" }).status === 0;

/** For the titles of suites that need it. */
export const whyNoTshark = "skipped where tshark is not installed";

/** All values of a field, in the order of the packets, of what one side sent. */
export type Fields = (direction: "c2s" | "s2c", field: string) => readonly string[];

/** Values of one field in one packet are separated by what no value contains. */
const [between, within] = ["\t", "\u001f"];

export interface TsharkOptions {
  /** Of the server; tshark takes what is sent to it and from it for TPKT. */
  readonly port: number;
  readonly keyLog?: string;
}

/** What tshark makes of a capture: the fields asked for, of the packets that have a TPKT. */
export function tsharkFields(path: string, { port, keyLog }: TsharkOptions, names: readonly string[]): Fields {
  const layer = keyLog === undefined ? "tcp" : "tls";
  const keys = keyLog === undefined ? [] : ["-o", `tls.keylog_file:${keyLog}`];
  const shape = ["-T", "fields", "-E", "occurrence=a", "-E", `separator=/t`, "-E", `aggregator=${within}`];
  const fields = ["tcp.dstport", ...names].flatMap((name) => ["-e", name]);
  const output = execFileSync(
    "tshark",
    ["-n", "-r", path, "-d", `${layer}.port==${port},tpkt`, ...keys, "-Y", "tpkt || rdp", ...shape, ...fields],
    { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"], maxBuffer: 256 * 1024 * 1024 },
  );
  const values = { c2s: new Map<string, string[]>(), s2c: new Map<string, string[]>() };
  for (const line of output.split("\n").slice(0, -1)) {
    const [destination = "", ...columns] = line.split(between);
    const of = values[Number(destination) === port ? "c2s" : "s2c"];
    for (const [index, name] of names.entries()) {
      const column = columns[index] ?? "";
      if (column === "") continue;
      of.set(name, [...(of.get(name) ?? []), ...column.split(within)]);
    }
  }
  return (direction, field) => values[direction].get(field) ?? [];
}
