import { isSelected, selectedEnvelopes } from "./channels.js";
import { exitCodeOf, type ExitCode } from "./exit-code.js";
import type { Job } from "./job.js";
import { readFiles } from "./read.js";

/** `-q`: decodes the messages that a listing would show, and lists none; those that cannot be read are findings. */
export async function runQuiet(job: Job): Promise<ExitCode> {
  const { args, open, keys, complaint, progress } = job;
  const { files, connections, selection, count } = args;
  const envelopes = selectedEnvelopes(selection);
  let messages = 0;
  let unread = 0;
  const outcome = await readFiles(
    { files, open, connections, keys, envelopes },
    {
      begin: (time) => selection.filter?.begin(time),
      record(record) {
        if (record.type === "gap" || messages >= count || !isSelected(record, selection)) return;
        messages++;
        if (record.trouble !== undefined) unread++;
      },
      complaint,
      batch: () => {
        progress.update(messages);
        return Promise.resolve(messages < count);
      },
    },
  );
  progress.clear();
  if (unread > 0) complaint(`${unread} of ${messages} messages cannot be read; without -q it is said which, and why`);
  return exitCodeOf(outcome, unread > 0);
}
