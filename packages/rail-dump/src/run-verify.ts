import { escapeText } from "@railvail/command-line";
import { deviationRules, escapeJson } from "@railvail/wire";
import { exitCodeOf, type ExitCode } from "./exit-code.js";
import type { Job } from "./job.js";
import { readFiles } from "./read.js";
import { isClean, Verifier, type Tally, type Verification } from "./verify.js";

/** Findings of each kind that the text shows. */
const shownFindings = 10;

/** `rail-dump verify`: whether every byte is understood and every message encodes to its bytes. */
export async function runVerify(job: Job): Promise<ExitCode> {
  const { args, open, keys, complaint, progress } = job;
  const { files, connections } = args;
  const verifier = new Verifier();
  let messages = 0;
  const outcome = await readFiles(
    { files, open, connections, keys },
    {
      record(record) {
        messages++;
        verifier.record(record);
      },
      stream: (_connection, _direction, length) => verifier.stream(length),
      sealed: (connection, problem) => verifier.sealed(connection, problem),
      complaint,
      batch: () => {
        progress.update(messages);
        return Promise.resolve(true);
      },
    },
  );
  progress.clear();
  const result = verifier.result();
  if (args.json) job.printer.line(escapeJson(JSON.stringify(plainOf(result), null, 1)));
  else writeReport(job, result);
  return exitCodeOf(outcome, !isClean(result));
}

/** The result in what JSON has. */
const plainOf = (result: Verification): object => ({
  ...result,
  clean: isClean(result),
  troubles: Object.fromEntries(result.troubles),
  deviations: Object.fromEntries(result.deviations),
  gaps: { count: result.gaps.messages, bytes: result.gaps.bytes },
  findingCounts: Object.fromEntries(result.findingCounts),
});

/** A share in per cent, which is 100 only if nothing is missing. */
function share(part: number, whole: number): string {
  if (whole === 0 || part === whole) return "100%";
  return `${(Math.floor((part / whole) * 100_000) / 1000).toFixed(3)}%`;
}

function writeReport(job: Job, result: Verification): void {
  const { printer, palette } = job;
  const { decoded, exact, explained, streamBytes, unaccountedBytes } = result;
  const accounted = streamBytes - unaccountedBytes;
  const line = (label: string, text: string, good: boolean): void =>
    printer.line(`${label.padEnd(14)} ${good ? text : palette.bad(text)}`);
  const tally = ({ messages, bytes }: Tally): string => `${messages} (${bytes} bytes)`;
  line("messages", `${decoded.messages} decoded`, true);
  line(
    "bytes",
    `${accounted} of ${streamBytes} accounted for (${share(accounted, streamBytes)})`,
    unaccountedBytes === 0,
  );
  line(
    "byte-exact",
    `${share(exact.messages, decoded.messages)} of messages, ${share(exact.bytes, decoded.bytes)} of bytes`,
    exact.messages + explained.messages === decoded.messages,
  );
  if (explained.messages > 0) line("explained", `${tally(explained)} differ as a deviation says`, true);
  const deviations = [...result.deviations].toSorted(([a], [b]) => (a < b ? -1 : 1));
  line("deviations", deviations.length === 0 ? "none" : "", true);
  for (const [rule, count] of deviations) {
    printer.line(`  ${rule.padEnd(20)} ${String(count).padStart(7)}  ${palette.dim(deviationRules[rule].means)}`);
  }
  const troubles = [...result.troubles];
  line("not read", troubles.length === 0 ? "none" : "", true);
  for (const [trouble, count] of troubles) {
    printer.line(`  ${palette.bad(trouble.padEnd(20))} ${tally(count)}`);
  }
  if (result.unseenBytes > 0) line("not given", `${result.unseenBytes} bytes are in no message`, false);
  if (result.sealedBytes > 0) line("not decrypted", `${result.sealedBytes} bytes of TLS between messages`, false);
  const { gaps } = result;
  line(
    "gaps",
    gaps.messages === 0 ? "none" : `${gaps.messages} (${gaps.bytes} bytes not captured)`,
    gaps.messages === 0,
  );
  writeFindings(job, result);
  printer.line(isClean(result) ? palette.good("clean") : palette.bad("findings"));
}

function writeFindings({ printer, palette }: Job, { findings, findingCounts }: Verification): void {
  for (const [kind, count] of findingCounts) {
    printer.line(palette.bad(`${kind} (${count})`));
    const shown = findings.filter((finding) => finding.kind === kind).slice(0, shownFindings);
    for (const { packet, connection, direction, channel, name, length, detail } of shown) {
      const place = `packet ${packet} conn ${connection} ${direction} ${escapeText(channel)}`;
      printer.line(`  ${place}: ${escapeText(name)}, ${length} bytes: ${escapeText(detail)}`);
    }
    if (count > shown.length) printer.line(`  and ${count - shown.length} more`);
  }
}
