import { CaptureOpenError, PcapngWriter, readPackets, tlsKeyLog } from "@railvail/capture";
import { isSelected } from "./channels.js";
import { exitCodeOf, type ExitCode } from "./exit-code.js";
import { inputPaths } from "./input-file.js";
import type { Job } from "./job.js";
import { PacketSet } from "./packet-set.js";
import { readFiles, type ReadOutcome, type RecordOrigin } from "./read.js";
import { systemReason } from "./system-reason.js";
import { InputError, type ByteOutput } from "./terminal.js";
import { version } from "./version.js";

/** What the first reading of the files finds. */
interface Wanted {
  readonly outcome: ReadOutcome;
  /** By path: the packets that carried messages that are asked for. */
  readonly packets: ReadonlyMap<string, PacketSet>;
  /** Lines of key logs, of the connections that these messages are from. */
  readonly secrets: string;
}

/**
 * `-w`: writes the packets that carried the messages asked for, as pcapng. Each file is read twice,
 * first to find the packets: a message is known when its last packet was read, and the first may be
 * far back.
 */
export async function runWrite(job: Job): Promise<ExitCode> {
  const { args, io, complaint, progress } = job;
  const { write: path = "-", files, withSecrets } = args;
  const paths = files.flatMap(inputPaths);
  if (io.create === undefined) throw new InputError(`${path}: cannot be written from here`);
  if (path !== "-" && (await io.sameFile?.(path, paths)) === true)
    throw new InputError(`${path}: is read and cannot be written`);
  const { outcome, packets, secrets } = await wantedPackets(job);
  progress.clear();
  const output = await io.create(path);
  const writer = new PcapngWriter({ application: `rail-dump ${version}` });
  await output.write([writer.start()]);
  if (withSecrets && secrets !== "") {
    await output.write([writer.secrets(tlsKeyLog, new TextEncoder().encode(secrets))]);
  }
  for (const [path, wanted] of packets) {
    const missing = await copyPackets(job, path, wanted, writer, output);
    if (missing === 0) continue;
    outcome.unreadable = true;
    complaint(`${path}: gave other packets when it was read again: ${missing} are missing`);
  }
  await output.close();
  return exitCodeOf(outcome);
}

async function wantedPackets(job: Job): Promise<Wanted> {
  const { args, keys, open, complaint, progress } = job;
  const { files, connections, selection, count } = args;
  const packets = new Map<string, PacketSet>();
  const secrets = new Set<string>();
  let current = new PacketSet();
  let left = count;
  let messages = 0;
  let forgotten = false;
  const take = (origin: RecordOrigin): void => {
    left--;
    for (const packet of origin.packets) current.add(packet);
    // Nothing of a session in TLS can be read again without its beginning.
    for (const packet of origin.openingPackets()) current.add(packet);
    forgotten ||= origin.packetsForgotten;
    if (args.withSecrets) secrets.add(origin.keyLogLines());
  };
  const outcome = await readFiles(
    { files, open, connections, keys, packets: true },
    {
      begin: (time) => selection.filter?.begin(time),
      file(input) {
        const [path = ""] = inputPaths(input);
        current = packets.get(path) ?? new PacketSet();
        packets.set(path, current);
      },
      record(record, origin) {
        messages++;
        if (left > 0 && record.type === "message" && isSelected(record, selection)) take(origin);
      },
      complaint,
      batch: () => {
        progress.update(messages);
        return Promise.resolve(left > 0);
      },
    },
  );
  if (forgotten) complaint("messages are so long that the first of their packets are left out");
  return { outcome, packets, secrets: [...secrets].join("") };
}

/** Copies packets of a file; returns how many were not found. */
async function copyPackets(
  { open, complaint }: Job,
  path: string,
  wanted: PacketSet,
  writer: PcapngWriter,
  output: ByteOutput,
): Promise<number> {
  let left = wanted.size;
  if (left === 0) return 0;
  try {
    for await (const batch of readPackets(open(path))) {
      const chosen = batch.filter(({ packet }) => wanted.has(packet));
      left -= chosen.length;
      if (chosen.length > 0) await output.write(chosen.flatMap((packet) => writer.packet(packet)));
      if (left === 0) break;
    }
  } catch (error) {
    if (!(error instanceof CaptureOpenError)) throw error;
    complaint(`${error.path}: ${systemReason(error)}`);
  }
  return left;
}
