import { quoteText } from "@railvail/command-line";
import { escapeJson } from "@railvail/wire";
import { exitCodeOf, type ExitCode } from "./exit-code.js";
import { isoTime } from "./iso-time.js";
import type { Job } from "./job.js";
import { readFiles } from "./read.js";
import { TimeColumn } from "./time-format.js";
import { geometryText, windowName } from "./window-orders.js";
import type { When, WindowStories, WindowStory } from "./window-story.js";
import { WindowTracker } from "./windows.js";

/** `rail-dump windows`: what happened to the windows of the sessions, and how it ended. */
export async function runWindows(job: Job): Promise<ExitCode> {
  const { args, open, keys, complaint, progress, printer } = job;
  const { files, connections } = args;
  const tracker = new WindowTracker();
  const time = new TimeColumn(args.time);
  let messages = 0;
  const outcome = await readFiles(
    { files, open, connections, keys },
    {
      begin: (at) => time.begin(at),
      record(record) {
        messages++;
        tracker.record(record);
      },
      complaint,
      batch: () => {
        progress.update(messages);
        return Promise.resolve(true);
      },
    },
  );
  progress.clear();
  const all = tracker.finish();
  if (args.json) printer.line(escapeJson(JSON.stringify({ connections: all.map(plainOf) }, null, 1)));
  else for (const stories of all) writeStories(job, stories, time);
  return exitCodeOf(outcome);
}

const plainWhen = (when: When | undefined): object | undefined =>
  when && { time: isoTime(when.time), packet: when.packet };

const plainOf = ({ connection, events, stories, dropped }: WindowStories): object => ({
  connection,
  windows: stories.map(({ connection: _, ...story }) => ({
    ...story,
    created: plainWhen(story.created),
    deleted: plainWhen(story.deleted),
  })),
  events: events.map(({ windowId, what, detail, ...when }) => ({
    ...plainWhen(when),
    windowId,
    what,
    detail,
  })),
  dropped,
});

function writeStories({ printer, palette }: Job, told: WindowStories, time: TimeColumn): void {
  const { connection, events, stories, dropped } = told;
  printer.line(palette.name(`connection ${connection}: what happened`));
  for (const { windowId, what, detail, packet, time: at } of events) {
    const id = windowId === undefined ? "-" : windowName(windowId);
    const when = palette.dim(`${String(packet).padStart(7)} ${time.text(at)}`);
    printer.line(`${when} ${id.padStart(8)} ${palette.channel(what.padEnd(17))} ${detail}`.trimEnd());
  }
  if (dropped > 0) printer.line(palette.bad(`and ${dropped} more events, which were not kept`));
  printer.line();
  printer.line(palette.name(`connection ${connection}: ${stories.length} windows, as last seen`));
  const rows = stories.map((story) => cellsOf(story, time));
  const table = [titles, ...rows];
  const widths = titles.map((_, at) => Math.max(...table.map((row) => row[at]?.length ?? 0)));
  for (const [index, row] of table.entries()) {
    const text = row
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join("  ")
      .trimEnd();
    printer.line(index === 0 ? palette.dim(text) : text);
  }
}

const titles = [
  "window",
  "owner",
  "show",
  "z",
  "geometry",
  "surfaces",
  "frames",
  "buffers",
  "presents",
  "acks",
  "created",
  "deleted",
  "title",
];

/** Parts of a long list that the table shows. */
const shownParts = 6;

function partsText(parts: readonly (number | string)[]): string {
  if (parts.length === 0) return "-";
  const more = parts.length > shownParts ? ` +${parts.length - shownParts}` : "";
  return parts.slice(0, shownParts).join(",") + more;
}

function cellsOf(story: WindowStory, time: TimeColumn): string[] {
  const { windowId, ownerWindowId, showState, zOrder, geometry, title, created, deleted } = story;
  const vail = story.presents + story.presentAcks > 0;
  return [
    windowName(windowId),
    ownerWindowId === undefined ? "-" : windowName(ownerWindowId),
    showState ?? "-",
    zOrder === undefined ? "-" : String(zOrder),
    geometry === undefined ? "-" : geometryText(geometry),
    partsText(story.surfaceIds),
    String(story.frames),
    partsText(story.bufferIds),
    vail ? String(story.presents) : "-",
    vail ? String(story.presentAcks) : "-",
    created === undefined ? "before" : time.text(created.time).trim(),
    deleted === undefined ? "-" : time.text(deleted.time).trim(),
    title === undefined ? "-" : quoteText(title, 80),
  ];
}
